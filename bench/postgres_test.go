package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
)

// rival is a PostgreSQL connection and its backend, which computes alone.
type rival struct {
	tb   testing.TB
	ctx  context.Context
	conn *pgx.Conn
	pid  int
}

// A normalised table of cells. The index holds all that the pages ask for, in
// the order in which they ask for it, so that the table itself is never read.
var schema = []string{
	`CREATE TABLE enterprise (id integer PRIMARY KEY, code text NOT NULL, division text NOT NULL, town text NOT NULL)`,
	`CREATE TABLE cell (enterprise integer NOT NULL, month integer NOT NULL, item smallint NOT NULL, value bigint NOT NULL)`,
}

var ready = []string{
	`CREATE UNIQUE INDEX cell_key ON cell (item, month, enterprise) INCLUDE (value)`,
	`CLUSTER cell USING cell_key`,
	`CHECKPOINT`, // else vacuum takes the pages of commits that are not flushed yet for invisible
	`VACUUM ANALYZE`,
	`SET random_page_cost = 1.1`,              // everything lies in memory
	`SET max_parallel_workers_per_gather = 0`, // CPU of others would not be seen; it saves no CPU
	`SET work_mem = '256MB'`,
}

func startRival(tb testing.TB, firms []firm) *rival {
	r := &rival{tb: tb, ctx: context.Background()}
	config := dbtest.Empty(tb, db.Postgres)
	var err error
	r.conn, err = pgx.Connect(r.ctx, config.URL)
	r.must(err)
	tb.Cleanup(func() { r.must(r.conn.Close(r.ctx)) })
	r.exec(schema)
	var cells [][]any
	enterprises := make([][]any, len(firms))
	for i := range firms {
		f := &firms[i]
		enterprises[i] = []any{int32(i), f.code, f.division, f.town}
		for m := range months {
			for n, v := range f.cells[m] {
				if v != none {
					cells = append(cells, []any{int32(i), int32(m), int16(n), v})
				}
			}
		}
	}
	_, err = r.conn.CopyFrom(r.ctx, pgx.Identifier{"enterprise"}, []string{"id", "code", "division", "town"}, pgx.CopyFromRows(enterprises))
	r.must(err)
	_, err = r.conn.CopyFrom(r.ctx, pgx.Identifier{"cell"}, []string{"enterprise", "month", "item", "value"}, pgx.CopyFromRows(cells))
	r.must(err)
	r.exec(ready)
	r.must(r.conn.QueryRow(r.ctx, `SELECT pg_backend_pid()`).Scan(&r.pid))
	var hidden int
	if r.must(r.conn.QueryRow(r.ctx, `SELECT relpages - relallvisible FROM pg_class WHERE relname = 'cell'`).Scan(&hidden)); hidden > 0 {
		tb.Fatalf("PostgreSQL would look at %d pages beside its index: not its best", hidden)
	}
	return r
}

func (r *rival) must(err error) {
	r.tb.Helper()
	if err != nil {
		r.tb.Fatal(err)
	}
}

func (r *rival) exec(statements []string) {
	for _, s := range statements {
		_, err := r.conn.Exec(r.ctx, s)
		r.must(err)
	}
}

// columns name the parts of a dimension.
var columns = map[string]string{"industry": "e.division", "region": "e.town"}

// statement is what a page sends. $1 is the item, $2 and $3 the first and last
// month.
func statement(p page) string {
	part, join, group := `''`, ``, ``
	if c := columns[p.by]; c != "" {
		part, join, group = c, `JOIN enterprise e ON e.id = c.enterprise`, `GROUP BY `+c
	}
	if p.measure != growth {
		return fmt.Sprintf(`SELECT %s, sum(c.value)::bigint, count(*) FROM cell c %s WHERE c.item = $1 AND c.month BETWEEN $2 AND $3 %s`, part, join, group)
	}
	return fmt.Sprintf(`SELECT part, (100 * (cur - base) / base)::float8, n FROM (
		SELECT %s AS part, sum(c.value) FILTER (WHERE c.month >= $2) AS cur, sum(c.value) FILTER (WHERE c.month < $2) AS base, count(*) AS n
		FROM cell c %s WHERE c.item = $1 AND (c.month BETWEEN $2 AND $3 OR c.month BETWEEN $2 - 12 AND $3 - 12) %s) x WHERE base > 0`, part, join, group)
}

// show sends a page's statement; pgx prepares each text once.
func (r *rival) show(p page, visit func(part string, v float64)) {
	from := p.m
	if p.measure != month {
		from -= p.m % 12
	}
	rows, err := r.conn.Query(r.ctx, statement(p), int16(p.item), int32(from), int32(p.m))
	r.must(err)
	var part string
	var sum, n int64
	var rate float64
	value := any(&sum)
	if p.measure == growth {
		value = &rate
	}
	for rows.Next() {
		r.must(rows.Scan(&part, value, &n))
		if p.measure != growth {
			rate = float64(sum)
		}
		visit(part, rate)
	}
	r.must(rows.Err())
}

// everything asks for all pages in one statement: one pass over the cells for
// all groupings, windows for the months from January and for a year before.
const everything = `
WITH m AS (
	SELECT c.item, c.month, e.division, e.town, sum(c.value) AS v
	FROM cell c JOIN enterprise e ON e.id = c.enterprise
	GROUP BY c.item, c.month, GROUPING SETS ((), (e.division), (e.town))
), y AS (
	SELECT *, sum(v) OVER (PARTITION BY item, division, town, month / 12 ORDER BY month) AS ytd FROM m
)
SELECT item, month, coalesce(division, ''), coalesce(town, ''), v::bigint, ytd::bigint, (100 * (ytd - base) / nullif(greatest(base, 0), 0))::float8
FROM (SELECT *, lag(ytd, 12) OVER (PARTITION BY item, division, town ORDER BY month) AS base FROM y) x`

func (r *rival) showEverything(visit func(k key, v float64)) {
	rows, err := r.conn.Query(r.ctx, everything)
	r.must(err)
	var n, m int32
	var division, town string
	var v, sum int64
	var rate *float64
	for rows.Next() {
		r.must(rows.Scan(&n, &m, &division, &town, &v, &sum, &rate))
		k := key{item: int(n), measure: month, by: "county", part: division + town, m: int(m)}
		switch {
		case division != "":
			k.by = "industry"
		case town != "":
			k.by = "region"
		}
		visit(k, float64(v))
		k.measure = ytd
		visit(k, float64(sum))
		if rate != nil {
			k.measure = growth
			visit(k, *rate)
		}
	}
	r.must(rows.Err())
}

// measure adds up our client's CPU and the backend's.
func (r *rival) measure(f func()) (c cost, backend time.Duration) {
	before, err := processCPU(r.pid)
	r.must(err)
	c = measure(r.tb, f)
	after, err := processCPU(r.pid)
	r.must(err)
	c.cpu += after - before
	return c, after - before
}

func (r *rival) version() (v string) {
	r.must(r.conn.QueryRow(r.ctx, `SHOW server_version`).Scan(&v))
	return "PostgreSQL " + v
}
