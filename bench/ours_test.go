package bench

import (
	"context"
	"io/fs"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// county is the rooms that a page needs, on SQLite.
type county struct {
	tb     testing.TB
	ctx    context.Context
	db     *db.DB
	rec    *record.Store
	keeper *catalog.Keeper
	reg    *register.Store
	survey *survey.Store
	engine *indicator.Engine
}

// open opens the rooms on a database, with nothing in memory yet.
func open(tb testing.TB, d *db.DB) *county {
	c := &county{tb: tb, ctx: actor.With(context.Background(), actor.System()), db: d}
	now := period.MustDay("2026-01-05").Start()
	rec := record.New(d, func() time.Time { now = now.Add(time.Millisecond); return now })
	own := fstest.MapFS{"bench.yaml": {Data: []byte(definitions())}}
	c.keeper = catalog.NewKeeper(rec, content.FS, func() fs.FS { return own })
	c.must(c.keeper.Load(c.ctx))
	c.reg = register.New(rec, c.keeper.Now, func() string { return "" })
	c.survey = survey.New(rec, c.reg, c.keeper.Now)
	c.rec = rec
	c.clear()
	return c
}

// clear takes a new engine, which has computed nothing yet; the tables stay.
func (c *county) clear() { c.engine = indicator.New(c.rec, c.reg, c.keeper.At) }

func (c *county) must(err error) {
	c.tb.Helper()
	if err != nil {
		c.tb.Fatal(err)
	}
}

// write enters the firms and their returns through the rooms.
func write(tb testing.TB, firms []firm) *county {
	c := open(tb, dbtest.Open(tb, db.SQLite))
	text := func(code, s string) fact.Field { return fact.Field{Code: code, Value: fact.TextOf(s)} }
	var entries []register.Entry
	for i := range firms {
		f := &firms[i]
		entries = append(entries, register.Entry{Type: "enterprise", EffectiveOn: period.MustDay("2020-01-01"), Values: fact.NewBody(
			text("credit_code", f.code), text("name", "企业"+f.code), text("industry", classOf(c.keeper.Now(), f.division)), text("region", f.town), text("status", "operating"))})
	}
	_, err := c.reg.Put(c.ctx, entries...)
	c.must(err)
	for m := range months {
		returns := make([]survey.Return, len(firms))
		for i := range firms {
			returns[i] = survey.Return{Form: "BENCH", Period: (first + period.Month(m)).Period(), Enterprise: firms[i].code, Cells: firms[i].body(m)}
		}
		_, err := c.survey.Submit(c.ctx, returns...)
		c.must(err)
	}
	return c
}

func (f *firm) body(m int) fact.Body {
	var fields []fact.Field
	for n, v := range f.cells[m] {
		if v != none {
			fields = append(fields, fact.Field{Code: item(n), Value: fact.NumberOf(unit.New(v, 2))})
		}
	}
	return fact.NewBody(fields...)
}

// classOf is some class of a division.
func classOf(c *catalog.Catalogue, division string) string {
	for _, class := range []string{"10", "11", "12", "20", "21", "31", "40"} {
		if c.Industries.Known(division + class) {
			return division + class
		}
	}
	return ""
}

func (c *county) read() *indicator.Reading {
	r, err := c.engine.Read(c.ctx, record.AsOf{}, indicator.RunOf(period.Year(2025)))
	c.must(err)
	return r
}

// show evaluates a page by the method that pages call.
func (c *county) show(r *indicator.Reading, p page, visit func(*indicator.Figure)) {
	m := first + period.Month(p.m)
	code, span := item(p.item), m.Period()
	switch p.measure {
	case ytd:
		span = period.YTD(m)
	case growth:
		code, span = code+"_growth", period.YTD(m)
	}
	if p.by == "county" {
		f, err := r.Figure(c.ctx, code, indicator.County, span)
		c.must(err)
		visit(f)
		return
	}
	parts, err := r.Breakdown(c.ctx, code, p.by, span)
	c.must(err)
	for _, x := range parts {
		visit(x.Figure)
	}
}

// round is what a page does with a figure.
func round(f *indicator.Figure) { f.Rounded() }

// answers reads every page in one reading.
func (c *county) answers() answers {
	out, r := answers{}, c.read()
	for _, p := range pages() {
		c.show(r, p, func(f *indicator.Figure) {
			places, part := uint8(6), "" // hundredths of 万元 are 10⁻⁶ 亿元
			if p.by != "county" {
				part = string(f.Scope)[len(p.by)+1:]
			}
			d, err := f.Value.Round(places)
			c.must(err)
			v := float64(d.Coef())
			if p.measure == growth {
				v /= 1e6
			}
			out[key{p.item, p.measure, p.by, part, p.m}] = v
		})
	}
	return out
}

// loading is what stands between an empty process and a warm page.
type loading struct {
	table, pages cost   // the returns from SQLite; then register, sheets and sums
	tableBytes   uint64 // of memory that stays
	pageBytes    uint64
}

// load reads everything from SQLite into empty rooms until a page is warm.
func (c *county) load() (again *county, l loading) {
	again = open(c.tb, c.db)
	r := again.read()
	empty := heap()
	l.table = measure(c.tb, func() {
		c.must(r.Moment.Read(c.ctx, "survey:BENCH", func(fact.View) error { return nil }))
	})
	full := heap()
	l.pages = measure(c.tb, func() {
		for m := range months {
			for _, by := range dimensions {
				again.show(r, page{0, month, by, m}, round)
			}
		}
	})
	l.tableBytes, l.pageBytes = full-empty, heap()-full
	runtime.KeepAlive(c) // its own tables are in all three
	return again, l
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
