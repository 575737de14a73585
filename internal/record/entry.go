package record

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
)

// Entry says of one version who stated it, when and why, without its body.
type Entry struct {
	Ref     fact.Ref // of the whole version
	Seq     fact.Seq
	State   string
	Subject string
	Actor   string
	Act     string
	Reason  string
	At      time.Time
}

// perQuery is how many refs one query asks for; fewer are filled up with the
// last, so that there is one text to prepare.
const perQuery = 50

var entriesOf = func() string {
	var b strings.Builder
	b.WriteString(`SELECT v.kind, v.record, v.version, v.seq, v.state, v.subject, a.actor, a.act, a.reason, a.recorded_us
	FROM version v JOIN audit a ON a.seq = v.seq WHERE `)
	for i := range perQuery {
		if i > 0 {
			b.WriteString(" OR ")
		}
		fmt.Fprintf(&b, "(v.kind = $%d AND v.record = $%d AND v.version = $%d)", 3*i+1, 3*i+2, 3*i+3)
	}
	return b.String()
}()

// Entries finds who stated each version that refs name, by ref without a field.
// What is not known at the moment, or beyond the reader's reach, is not in it.
func (m *Moment) Entries(ctx context.Context, refs []fact.Ref) (out map[fact.Ref]Entry, err error) {
	defer errs.Wrap(&err, "finding who stated %d versions", len(refs))
	out = make(map[fact.Ref]Entry, len(refs))
	for len(refs) > 0 {
		n := min(perQuery, len(refs))
		if err := m.entries(ctx, refs[:n], out); err != nil {
			return nil, err
		}
		refs = refs[n:]
	}
	return out, nil
}

func (m *Moment) entries(ctx context.Context, refs []fact.Ref, out map[fact.Ref]Entry) (err error) {
	args := make([]any, 0, 3*perQuery)
	for i := range perQuery {
		r := refs[min(i, len(refs)-1)]
		args = append(args, string(r.Kind), r.Record, r.Version)
	}
	rows, err := m.store.db.QueryContext(ctx, entriesOf, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if e.Seq <= m.Seq && m.Sees(e.Ref.Kind, e.Subject) {
			out[e.Ref] = e
		}
	}
	return rows.Err()
}

func scanEntry(rows interface{ Scan(...any) error }) (e Entry, err error) {
	var us int64
	err = rows.Scan(&e.Ref.Kind, &e.Ref.Record, &e.Ref.Version, &e.Seq, &e.State, &e.Subject, &e.Actor, &e.Act, &e.Reason, &us)
	e.At = microTime(us)
	return e, err
}

const byActor = `SELECT v.kind, v.record, v.version, v.seq, v.state, v.subject, a.actor, a.act, a.reason, a.recorded_us
	FROM audit a JOIN version v ON v.seq = a.seq WHERE a.actor = $1 AND a.seq <= $2 ORDER BY a.seq DESC LIMIT $3`

// By returns what an actor stated last, newest first: at most n versions that
// the reader may see.
func (m *Moment) By(ctx context.Context, actor string, n int) (out []Entry, err error) {
	defer errs.Wrap(&err, "finding what %s stated last", actor)
	rows, err := m.store.db.QueryContext(ctx, byActor, actor, int64(m.Seq), n)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		if m.Sees(e.Ref.Kind, e.Subject) {
			out = append(out, e)
		}
	}
	return out, rows.Err()
}

const noted = `SELECT COUNT(*) FROM audit WHERE kind = $1 AND record = $2 AND act = $3 AND actor = $4`

// Noted reports whether an actor did something to a thing, by the audit trail.
func (s *Store) Noted(ctx context.Context, actor, act, kind, what string) (bool, error) {
	var n int
	if err := s.db.QueryRowContext(ctx, noted, kind, what, act, actor).Scan(&n); err != nil {
		return false, fmt.Errorf("looking for %s of %s %q: %w", act, kind, what, err)
	}
	return n > 0, nil
}
