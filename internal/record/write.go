package record

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// Draft is a version somebody wants to append.
type Draft struct {
	Kind        fact.Kind
	Record      string
	BasedOn     int32 // the version it changes; 0 makes the record
	State       string
	Subject     string
	Period      period.Period
	EffectiveOn period.Day
	Body        fact.Body
	Act         string // the step, as the audit trail names it
	Reason      string
}

// Tx is one write. Its methods may be called only inside the function that
// Write calls, which may run more than once.
type Tx struct {
	*db.Tx
	store    *Store
	actor    actor.Actor
	seq      fact.Seq
	recorded int64 // µs
	hash     string
	versions []fact.Version
}

// batch is the most writers that share one transaction.
const batch = 64

type job struct {
	ctx  context.Context
	f    func(*Tx) error
	done chan error
}

// Write runs f in a transaction shared with others that wait. f must be
// re-runnable. When Write returns nil the data is synced.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	if actor.From(ctx).ID == "" {
		return errs.Say(errs.Denied, "未登录，不能写入")
	}
	j := &job{ctx: ctx, f: f, done: make(chan error, 1)}
	s.mu.Lock()
	s.queue = append(s.queue, j)
	if !s.leading {
		s.leading = true
		s.busy.Add(1)
		go s.lead()
	}
	s.mu.Unlock()
	return <-j.done
}

// lead serves the queue until it is empty.
func (s *Store) lead() {
	defer s.busy.Done()
	for {
		s.mu.Lock()
		n := min(len(s.queue), batch)
		jobs := s.queue[:n:n]
		s.queue = s.queue[n:]
		if n == 0 {
			s.leading = false
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
		s.serve(jobs)
	}
}

func (s *Store) serve(jobs []*job) {
	err := s.commit(jobs)
	if err == nil || len(jobs) == 1 {
		for _, j := range jobs {
			j.done <- err
		}
		return
	}
	for _, j := range jobs {
		j.done <- s.commit([]*job{j})
	}
}

// commit runs jobs in one transaction, all or none.
func (s *Store) commit(jobs []*job) error {
	ctx := context.WithoutCancel(jobs[0].ctx)
	var tx *Tx
	var first fact.Seq
	err := s.db.Tx(ctx, func(t *db.Tx) error {
		tx = &Tx{Tx: t, store: s}
		if err := tx.lock(ctx); err != nil {
			return err
		}
		first = tx.seq + 1
		for _, j := range jobs {
			if err := j.ctx.Err(); err != nil {
				return err
			}
			tx.actor = actor.From(j.ctx)
			if err := j.f(tx); err != nil {
				return err
			}
		}
		_, err := t.ExecContext(ctx, setHead, int64(tx.seq), tx.recorded, tx.hash)
		return err
	})
	if err == nil {
		s.push(first, tx.seq, tx.versions)
	}
	return err
}

const (
	lockHead = `UPDATE chain_head SET seq = seq WHERE id = 1 RETURNING seq, recorded_us, hash`
	setHead  = `UPDATE chain_head SET seq = $1, recorded_us = $2, hash = $3 WHERE id = 1`

	insertAudit = `INSERT INTO audit (seq, recorded_us, actor, act, kind, record, reason, body_hash, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	insertVersion = `INSERT INTO version (seq, kind, record, version, edition, state, subject, period, effective_on, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	// The head moves only from the version the draft was based on.
	moveHead = `INSERT INTO record_head (kind, record, version, seq, state, subject, period, effective_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (kind, record) DO UPDATE SET
			version = excluded.version, seq = excluded.seq, state = excluded.state, subject = excluded.subject,
			period = excluded.period, effective_on = excluded.effective_on
		WHERE record_head.version = excluded.version - 1`
	headVersion = `SELECT version FROM record_head WHERE kind = $1 AND record = $2`
)

func (t *Tx) lock(ctx context.Context) error {
	var seq, recorded int64
	if err := t.QueryRowContext(ctx, lockHead).Scan(&seq, &recorded, &t.hash); err != nil {
		return fmt.Errorf("locking the order of knowledge: %w", err)
	}
	t.seq, t.recorded = fact.Seq(seq), max(recorded, t.store.now().UnixMicro())
	return nil
}

// Append appends one version and its audit entry.
func (t *Tx) Append(ctx context.Context, d Draft) (fact.Version, error) {
	v := fact.Version{
		Kind: d.Kind, Record: d.Record, Version: d.BasedOn + 1, Edition: t.store.edition.Load(), State: d.State,
		Subject: d.Subject, Period: d.Period, EffectiveOn: d.EffectiveOn, Body: d.Body,
		Actor: t.actor.ID, Act: d.Act, Reason: d.Reason,
	}
	if v.EffectiveOn == 0 {
		return v, fmt.Errorf("appending %s: no effective day", v.Ref())
	}
	res, err := t.ExecContext(ctx, moveHead, string(v.Kind), v.Record, v.Version, int64(t.seq+1), v.State, v.Subject, v.Period.String(), int32(v.EffectiveOn))
	if err != nil {
		return v, fmt.Errorf("moving the head of %s: %w", v.Ref(), err)
	}
	if n, err := res.RowsAffected(); err != nil {
		return v, err
	} else if n != 1 {
		return v, t.conflict(ctx, &v)
	}
	body := v.Body.Encode()
	if err := t.note(ctx, d.Act, string(d.Kind), d.Record, d.Reason, bodyHash(&v, body)); err != nil {
		return v, err
	}
	v.Seq, v.RecordedAt = t.seq, microTime(t.recorded)
	_, err = t.ExecContext(ctx, insertVersion, int64(v.Seq), string(v.Kind), v.Record, v.Version, v.Edition, v.State, v.Subject, v.Period.String(), int32(v.EffectiveOn), string(body))
	if err != nil {
		return v, fmt.Errorf("appending %s: %w", v.Ref(), err)
	}
	t.versions = append(t.versions, v)
	return v, nil
}

func (t *Tx) conflict(ctx context.Context, v *fact.Version) error {
	var have int32
	err := t.QueryRowContext(ctx, headVersion, string(v.Kind), v.Record).Scan(&have)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		have = 0
	case err != nil:
		return err
	}
	if v.Version == 1 {
		return errs.Say(errs.Conflict, "%s/%s 已经存在，不能重复建立", v.Kind, v.Record)
	}
	return errs.Say(errs.Conflict, "%s/%s 已被别人修改：您依据的是第 %d 版，现为第 %d 版，请刷新后再改", v.Kind, v.Record, v.Version-1, have)
}

// Note writes an audit entry without a version: a sign-in, an export, a change
// to the one table that is updated in place. what names the thing done to.
func (t *Tx) Note(ctx context.Context, act, kind, what, reason string) error {
	return t.note(ctx, act, kind, what, reason, "")
}

func (t *Tx) note(ctx context.Context, act, kind, rec, reason, body string) error {
	t.seq++
	t.hash = chain(t.hash, t.seq, t.recorded, t.actor.ID, act, kind, rec, reason, body)
	_, err := t.ExecContext(ctx, insertAudit, int64(t.seq), t.recorded, t.actor.ID, act, kind, rec, reason, body, t.hash)
	if err != nil {
		return fmt.Errorf("writing the audit entry %d: %w", t.seq, err)
	}
	return nil
}

// chain is SHA-256 over the hash before and every part of the entry, each with its length.
func chain(prev string, seq fact.Seq, recorded int64, parts ...string) string {
	b := make([]byte, 0, 256)
	b = append(b, prev...)
	b = strconv.AppendInt(append(b, '|'), int64(seq), 10)
	b = strconv.AppendInt(append(b, '|'), recorded, 10)
	for _, p := range parts {
		b = strconv.AppendInt(append(b, '|'), int64(len(p)), 10)
		b = append(append(b, ':'), p...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// bodyHash covers everything a version states.
func bodyHash(v *fact.Version, body []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s|%d|%q|%q|%s|%d|", v.Ref(), v.Edition, v.State, v.Subject, v.Period, v.EffectiveOn)
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}
