package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"gongmai/internal/db"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// Store writes versions and reads them through moments.
type Store struct {
	db      *db.DB
	now     func() time.Time
	edition atomic.Int64
	reach   Reacher

	mu      sync.Mutex
	queue   []*job
	leading bool
	busy    sync.WaitGroup
	tables  map[fact.Kind]*fact.Table
}

// New returns a Store on a migrated database. now is the clock of writing.
func New(d *db.DB, now func() time.Time) *Store {
	return &Store{db: d, now: now, tables: map[fact.Kind]*fact.Table{}}
}

// Close waits for what is being written.
func (s *Store) Close() { s.busy.Wait() }

// DB is the database below, for tables that are not versions.
func (s *Store) DB() *db.DB { return s.db }

// Now is the clock of writing.
func (s *Store) Now() time.Time { return s.now() }

// Today is the Beijing day of that clock.
func (s *Store) Today() period.Day { return period.DayOf(s.now()) }

// SetEdition says which edition of the catalogue fixes the meaning of what is
// written from here on.
func (s *Store) SetEdition(n int64) { s.edition.Store(n) }

// Edition is the edition in force for writing.
func (s *Store) Edition() int64 { return s.edition.Load() }

// SetReach says how an actor's reach becomes what may be seen. Until it is
// called only actors with the county's reach see anything.
func (s *Store) SetReach(r Reacher) { s.reach = r }

func microTime(us int64) time.Time { return time.UnixMicro(us).UTC() }

// Head is the newest seq and the hash of its audit entry.
func (s *Store) Head(ctx context.Context) (seq fact.Seq, at time.Time, hash string, err error) {
	var n, us int64
	err = s.db.QueryRowContext(ctx, `SELECT seq, recorded_us, hash FROM chain_head WHERE id = 1`).Scan(&n, &us, &hash)
	if err != nil {
		err = fmt.Errorf("reading the order of knowledge: %w", err)
	}
	return fact.Seq(n), microTime(us), hash, err
}

// table returns the table of a kind, up to date with seq.
func (s *Store) table(ctx context.Context, k fact.Kind, seq fact.Seq) (*fact.Table, error) {
	s.mu.Lock()
	t := s.tables[k]
	if t == nil {
		t = fact.NewTable(k)
		s.tables[k] = t
	}
	s.mu.Unlock()
	have := t.Seq()
	if have >= seq {
		return t, nil
	}
	pieces, err := s.versions(ctx, k, have, seq)
	if err != nil {
		return nil, err
	}
	for _, vs := range pieces { // after the rows are closed: a view may be waiting for their connection
		t.Follow(vs[len(vs)-1].Seq, vs)
	}
	t.Follow(seq, nil)
	return t, nil
}

const versionsAfter = `SELECT seq, record, version, edition, state, subject, period, effective_on, body
	FROM version WHERE kind = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`

// piece is how many versions go into a table at once. A kind may have a
// million; one slice of them all would be copied each time it grew.
const piece = 512

func (s *Store) versions(ctx context.Context, k fact.Kind, after, until fact.Seq) (pieces [][]fact.Version, err error) {
	rows, err := s.db.QueryContext(ctx, versionsAfter, string(k), int64(after), int64(until))
	if err != nil {
		return nil, fmt.Errorf("reading versions of %s: %w", k, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var out []fact.Version
	for rows.Next() {
		v, err := scanVersion(rows, k)
		if err != nil {
			return nil, err
		}
		if len(out) == cap(out) {
			if len(out) > 0 {
				pieces = append(pieces, out)
			}
			out = make([]fact.Version, 0, min(piece, 8+7*len(out))) // most calls bring a few
		}
		out = append(out, v)
	}
	if len(out) > 0 {
		pieces = append(pieces, out)
	}
	return pieces, rows.Err()
}

func scanVersion(rows *sql.Rows, k fact.Kind) (v fact.Version, err error) {
	v.Kind = k
	var p string
	var body sql.RawBytes
	if err := rows.Scan(&v.Seq, &v.Record, &v.Version, &v.Edition, &v.State, &v.Subject, &p, &v.EffectiveOn, &body); err != nil {
		return v, err
	}
	if v.Body, err = fact.Decode(body); err != nil {
		return v, fmt.Errorf("reading %s: %w", v.Ref(), err)
	}
	if p != "" {
		v.Period, err = period.Parse(p)
	}
	return v, err
}

// push hands what was just committed to the tables that are loaded and stand
// right before it; the others catch up when they are read.
func (s *Store) push(first, last fact.Seq, vs []fact.Version) {
	byKind := map[fact.Kind][]fact.Version{}
	for _, v := range vs {
		byKind[v.Kind] = append(byKind[v.Kind], v)
	}
	s.mu.Lock()
	tables := make([]*fact.Table, 0, len(s.tables))
	for _, t := range s.tables {
		tables = append(tables, t)
	}
	s.mu.Unlock() // a reader may hold a table and want another from the map
	for _, t := range tables {
		if t.Seq() >= first-1 {
			t.Follow(last, byKind[t.Kind()])
		}
	}
}
