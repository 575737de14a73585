package record_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/unit"
)

const kind = fact.Kind("ledger:guarantee")

// clock steps a second each time it is read.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Second)
	return c.t
}

func setup(d *db.DB) (context.Context, *record.Store, *clock) {
	c := &clock{t: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	return actor.With(context.Background(), actor.System()), record.New(d, c.now), c
}

func draft(id string, based int32, amount string) record.Draft {
	return record.Draft{
		Kind: kind, Record: id, BasedOn: based, State: "signed", Subject: "E" + id, EffectiveOn: period.MustDay("2025-03-01"), Act: "sign",
		Body: fact.NewBody(fact.Field{Code: "amount", Value: fact.NumberOf(unit.MustParse(amount))}),
	}
}

func put(t *testing.T, ctx context.Context, s *record.Store, d record.Draft) error {
	t.Helper()
	return s.Write(ctx, func(tx *record.Tx) error { _, err := tx.Append(ctx, d); return err })
}

func total(t *testing.T, ctx context.Context, s *record.Store, as record.AsOf) string {
	t.Helper()
	m, err := s.At(ctx, as)
	if err != nil {
		t.Fatal(err)
	}
	sum := unit.Decimal{}
	err = m.Read(ctx, kind, func(v fact.View) error {
		for r := range v.Heads() {
			d, _ := r.Get("amount").Number()
			if sum, err = sum.Add(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum.String()
}

func TestKnownAtAndConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s, _ := setup(d)
		for i, a := range []string{"100", "200.5"} {
			if err := put(t, ctx, s, draft(fmt.Sprint(i), 0, a)); err != nil {
				t.Fatal(err)
			}
		}
		before, err := s.At(ctx, record.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		if err := put(t, ctx, s, draft("0", 1, "150")); err != nil {
			t.Fatal(err)
		}
		if err := put(t, ctx, s, draft("0", 1, "160")); !errors.Is(err, errs.Conflict) {
			t.Errorf("a draft on an old version: %v, want a conflict", err)
		}
		if err := put(t, ctx, s, draft("1", 0, "1")); !errors.Is(err, errs.Conflict) {
			t.Errorf("making a record twice: %v, want a conflict", err)
		}
		if got := total(t, ctx, s, record.AsOf{}); got != "350.5" {
			t.Errorf("now = %s, want 350.5", got)
		}
		if got := total(t, ctx, s, record.AsOf{Seq: before.Seq}); got != "300.5" {
			t.Errorf("as of seq = %s, want 300.5", got)
		}
		if got := total(t, ctx, s, record.AsOf{Time: before.At}); got != "300.5" {
			t.Errorf("as of time = %s, want 300.5", got)
		}
		// A second process sees the same, and follows.
		other := record.New(d, time.Now)
		if got := total(t, ctx, other, record.AsOf{}); got != "350.5" {
			t.Errorf("other = %s, want 350.5", got)
		}
		if err := put(t, ctx, s, draft("0", 2, "0")); err != nil {
			t.Fatal(err)
		}
		if got := total(t, ctx, other, record.AsOf{}); got != "200.5" {
			t.Errorf("other after a change = %s, want 200.5", got)
		}
		if r, err := s.Verify(ctx); err != nil || !r.OK || r.Versions != 4 {
			t.Errorf("Verify() = %+v, %v", r, err)
		}
	})
}

// Everything a moment showed stays so while others write.
func TestManyWriters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s, _ := setup(d)
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if err := put(t, ctx, s, draft(fmt.Sprint(i%150), 0, "1")); err != nil && !errors.Is(err, errs.Conflict) {
					t.Errorf("writing: %v", err)
				}
			}()
		}
		wg.Wait()
		s.Close()
		if got := total(t, ctx, s, record.AsOf{}); got != "150" {
			t.Errorf("total = %s, want 150: one of each pair conflicts, and only that one", got)
		}
		if r, err := s.Verify(ctx); err != nil || !r.OK || r.Entries != 150 {
			t.Errorf("Verify() = %+v, %v", r, err)
		}
	})
}

func TestVerifySeesTampering(t *testing.T) {
	for name, change := range map[string]string{
		"body":  `UPDATE version SET body = '{"amount":999}' WHERE seq = 1`,
		"audit": `UPDATE audit SET actor = 'nobody' WHERE seq = 1`,
		"head":  `UPDATE record_head SET state = 'x' WHERE record = '0'`,
		"tail":  `DELETE FROM audit WHERE seq = 2`,
		"gone":  `DELETE FROM version WHERE seq = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				ctx, s, _ := setup(d)
				for i := range 2 {
					if err := put(t, ctx, s, draft(fmt.Sprint(i), 0, "1")); err != nil {
						t.Fatal(err)
					}
				}
				err := d.Tx(ctx, func(tx *db.Tx) error { _, err := tx.ExecContext(ctx, change); return err })
				if err != nil {
					t.Fatal(err)
				}
				if r, err := s.Verify(ctx); err != nil || r.OK {
					t.Errorf("Verify() = %+v, %v; want a difference", r, err)
				}
			})
		})
	}
}

func TestReachHidesOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s, _ := setup(d)
		for i := range 3 {
			if err := put(t, ctx, s, draft(fmt.Sprint(i), 0, "1")); err != nil {
				t.Fatal(err)
			}
		}
		s.SetReach(func(_ context.Context, _ *record.Moment, who actor.Actor) (func(fact.Kind, string) bool, error) {
			return func(_ fact.Kind, subject string) bool { return subject == who.Reach.Enterprises[0] }, nil
		})
		one := actor.With(context.Background(), actor.Actor{ID: "r", Reach: actor.Reach{Enterprises: []string{"E1"}}})
		if got := total(t, one, s, record.AsOf{}); got != "1" {
			t.Errorf("a reporter sees %s, want 1", got)
		}
		m, err := s.At(one, record.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.History(one, kind, "0"); !errors.Is(err, errs.NotFound) {
			t.Errorf("history of another's record: %v, want not found", err)
		}
		if got := total(t, context.Background(), s, record.AsOf{}); got != "0" {
			t.Errorf("nobody sees %s, want 0", got)
		}
		if err := put(t, context.Background(), s, draft("9", 0, "1")); !errors.Is(err, errs.Denied) {
			t.Errorf("nobody writes: %v, want denied", err)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	d := dbtest.Open(b, "sqlite")
	ctx, s, _ := setup(d)
	b.SetParallelism(8)
	i := 0
	var mu sync.Mutex
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			i++
			id := fmt.Sprint(i)
			mu.Unlock()
			if err := s.Write(ctx, func(tx *record.Tx) error { _, err := tx.Append(ctx, draft(id, 0, "1")); return err }); err != nil {
				b.Fatal(err)
			}
		}
	})
}
