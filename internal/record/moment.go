package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// Reacher says which subjects an actor of limited reach may see in a kind.
// Access follows today's membership, so it is asked with the newest moment.
type Reacher func(ctx context.Context, m *Moment, who actor.Actor) (sees func(k fact.Kind, subject string) bool, err error)

// AsOf is a moment of knowledge. The zero AsOf is now.
type AsOf struct {
	Seq  fact.Seq
	Time time.Time
}

// ParseAsOf reads a seq, a Beijing day (its end), a Beijing time
// "2026-01-20 14:05", or an RFC 3339 instant; nothing is now.
func ParseAsOf(s string) (AsOf, error) {
	if s == "" {
		return AsOf{}, nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 {
		return AsOf{Seq: fact.Seq(n)}, nil
	}
	if d, err := period.ParseDay(s); err == nil {
		return AsOf{Time: d.Add(1).Start().Add(-time.Microsecond)}, nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, period.Beijing); err == nil {
			return AsOf{Time: t}, nil
		}
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return AsOf{Time: t}, nil
	}
	return AsOf{}, errs.Say(errs.Invalid, "“所知时刻”%q 应写作 2026-01-20、2026-01-20 14:05 或序号", s)
}

// Moment is what one reader may see of what was known at one seq.
type Moment struct {
	store *Store
	who   actor.Actor
	sees  func(k fact.Kind, subject string) bool // nil: everything
	Seq   fact.Seq
	At    time.Time // when the newest of it was recorded
	Hash  string    // of the audit entry at Seq
}

const (
	seqAt = `SELECT seq, recorded_us, hash FROM audit WHERE recorded_us <= $1 ORDER BY recorded_us DESC, seq DESC LIMIT 1`
	atSeq = `SELECT seq, recorded_us, hash FROM audit WHERE seq = $1`
)

// At pins a moment for the actor of ctx. Evaluate a whole page or report in one.
func (s *Store) At(ctx context.Context, as AsOf) (m *Moment, err error) {
	defer errs.Wrap(&err, "pinning a moment")
	m = &Moment{store: s, who: actor.From(ctx)}
	var n, us int64
	switch {
	case as.Seq > 0:
		err = s.db.QueryRowContext(ctx, atSeq, int64(as.Seq)).Scan(&n, &us, &m.Hash)
	case !as.Time.IsZero():
		err = s.db.QueryRowContext(ctx, seqAt, as.Time.UnixMicro()).Scan(&n, &us, &m.Hash)
	default:
		m.Seq, m.At, m.Hash, err = s.Head(ctx)
		n, us = int64(m.Seq), m.At.UnixMicro()
	}
	if errors.Is(err, sql.ErrNoRows) {
		n, us, err = 0, 0, nil // nothing was known yet
	}
	if err != nil {
		return nil, err
	}
	m.Seq, m.At = fact.Seq(n), microTime(us)
	return m, m.limit(ctx)
}

// limit resolves the reader's reach with today's memberships.
func (m *Moment) limit(ctx context.Context) error {
	if m.who.Reach.County {
		return nil
	}
	m.sees = func(fact.Kind, string) bool { return false }
	if m.store.reach == nil || m.who.ID == "" {
		return nil
	}
	now := &Moment{store: m.store, who: actor.System()}
	var err error
	if now.Seq, now.At, now.Hash, err = m.store.Head(ctx); err != nil {
		return err
	}
	m.sees, err = m.store.reach(ctx, now, m.who)
	return err
}

// Who is the reader.
func (m *Moment) Who() actor.Actor { return m.who }

// Read calls f with the table of a kind as known at the moment, only the rows
// that the reader may see. f must not call Read: a writer that waits between the
// two would stop both.
func (m *Moment) Read(ctx context.Context, k fact.Kind, f func(fact.View) error) error {
	t, err := m.store.table(ctx, k, m.Seq)
	if err != nil {
		return err
	}
	var sees func(string) bool
	if m.sees != nil {
		sees = func(subject string) bool { return m.sees(k, subject) }
	}
	return t.View(m.Seq, sees, f)
}

// Sees reports whether the reader may see records of k about subject.
func (m *Moment) Sees(k fact.Kind, subject string) bool { return m.sees == nil || m.sees(k, subject) }

const history = `SELECT v.seq, v.record, v.version, v.edition, v.state, v.subject, v.period, v.effective_on, v.body,
		a.recorded_us, a.actor, a.act, a.reason
	FROM version v JOIN audit a ON a.seq = v.seq
	WHERE v.kind = $1 AND v.record = $2 AND v.seq <= $3 ORDER BY v.version`

// History returns all versions of a record known at the moment, oldest first,
// with who stated each, when and why. NotFound where there is none to see.
func (m *Moment) History(ctx context.Context, k fact.Kind, id string) (out []fact.Version, err error) {
	defer errs.Wrap(&err, "reading the history of %s/%s", k, id)
	rows, err := m.store.db.QueryContext(ctx, history, string(k), id, int64(m.Seq))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v := fact.Version{Kind: k}
		var p, body string
		var us int64
		if err := rows.Scan(&v.Seq, &v.Record, &v.Version, &v.Edition, &v.State, &v.Subject, &p, &v.EffectiveOn, &body, &us, &v.Actor, &v.Act, &v.Reason); err != nil {
			return nil, err
		}
		if v.Body, err = fact.Decode([]byte(body)); err != nil {
			return nil, err
		}
		if p != "" {
			if v.Period, err = period.Parse(p); err != nil {
				return nil, err
			}
		}
		v.RecordedAt = microTime(us)
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(out) == 0 || !m.Sees(k, out[len(out)-1].Subject) {
		return nil, fmt.Errorf("%w", errs.NotFound)
	}
	return out, nil
}

// Unbounded is the same moment without the reader's limits. It serves rules
// that decide what a scope is; what it reads must not be shown.
func (m *Moment) Unbounded() *Moment {
	all := *m
	all.sees = nil
	return &all
}
