package bench

import (
	"context"
	"io/fs"
	"testing"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/demo"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/ledger"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

// demoCounty makes the demo county, and opens it again with nothing in memory.
func demoCounty(b *testing.B) (*report.Archive, context.Context) {
	d := dbtest.Open(b, db.SQLite)
	ctx := actor.With(context.Background(), actor.System())
	script, err := fs.Sub(content.FS, "demo")
	if err != nil {
		b.Fatal(err)
	}
	o := demo.Options{Script: script}
	clock := demo.NewClock(o)
	rooms, _, ids := openDemo(b, ctx, d, clock)
	if err := demo.Make(ctx, rooms, clock, o); err != nil {
		b.Fatal(err)
	}
	again, engine, _ := openDemo(b, ctx, d, clock)
	return report.NewArchive(again.Records, nil, engine, ids, "bench"), ctx
}

func openDemo(b *testing.B, ctx context.Context, d *db.DB, clock *demo.Clock) (demo.Rooms, *indicator.Engine, func() string) {
	ids := demo.IDs(0)
	rec := record.New(d, clock.Now)
	keeper := catalog.NewKeeper(rec, content.FS, func() fs.FS { return nil })
	if err := keeper.Load(ctx); err != nil {
		b.Fatal(err)
	}
	reg := register.New(rec, keeper.Now, ids)
	rooms := demo.Rooms{
		Records: rec, Register: reg, Catalogue: keeper.Now,
		Ledger: ledger.New(rec, keeper.Now, ids), Survey: survey.New(rec, reg, keeper.Now), Given: given.New(rec, keeper.Now),
	}
	return rooms, indicator.New(rec, reg, keeper.At), ids
}
