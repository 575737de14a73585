package demo_test

import (
	"context"
	"io/fs"
	"testing"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/demo"
	"gongmai/internal/given"
	"gongmai/internal/ledger"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
)

// county opens the rooms on a database, with the demo's clock and ids.
func county(t testing.TB, d *db.DB, o demo.Options) (demo.Rooms, *demo.Clock, demo.Options) {
	t.Helper()
	cat, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.Script, err = fs.Sub(content.FS, "demo"); err != nil {
		t.Fatal(err)
	}
	clock := demo.NewClock(o)
	rec := record.New(d, clock.Now)
	now := func() *catalog.Catalogue { return cat }
	ids := demo.IDs(o.Seed)
	reg := register.New(rec, now, ids)
	return demo.Rooms{
		Records: rec, Register: reg, Ledger: ledger.New(rec, now, ids), Survey: survey.New(rec, reg, now), Given: given.New(rec, now), Catalogue: now,
	}, clock, o
}

func TestSize(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	rooms, clock, o := county(t, d, demo.Options{Enterprises: 120, Years: 2, Seed: 1})
	start := time.Now()
	if err := demo.Make(context.Background(), rooms, clock, o); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
	ctx := actor.With(context.Background(), actor.System())
	r, err := rooms.Records.Verify(ctx)
	if err != nil || !r.OK {
		t.Fatal(r, err)
	}
	t.Log(r.Versions, r.Digest)
}
