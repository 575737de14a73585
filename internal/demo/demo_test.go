package demo_test

import (
	"context"
	"io/fs"
	"testing"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/db"
	"gongmai/internal/demo"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/ledger"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

// made is a demo county on a database.
type made struct {
	demo.Rooms
	ctx    context.Context // of the system actor
	o      demo.Options
	report *report.Archive
	engine *indicator.Engine
}

// build makes a county on d.
func build(t testing.TB, d *db.DB, o demo.Options) *made {
	t.Helper()
	script, err := fs.Sub(content.FS, "demo")
	if err != nil {
		t.Fatal(err)
	}
	o.Script = script
	m := &made{ctx: actor.With(context.Background(), actor.System()), o: o}
	clock := demo.NewClock(o)
	ids := demo.IDs(o.Seed)
	rec := record.New(d, clock.Now)
	keeper := catalog.NewKeeper(rec, content.FS, func() fs.FS { return nil })
	if err := keeper.Load(m.ctx); err != nil {
		t.Fatal(err)
	}
	reg := register.New(rec, keeper.Now, ids)
	m.Rooms = demo.Rooms{
		Records: rec, Register: reg, Catalogue: keeper.Now,
		Ledger: ledger.New(rec, keeper.Now, ids), Survey: survey.New(rec, reg, keeper.Now), Given: given.New(rec, keeper.Now),
	}
	m.engine = indicator.New(rec, reg, keeper.At)
	m.report = report.NewArchive(rec, nil, m.engine, ids, "test")
	if err := demo.Make(m.ctx, m.Rooms, clock, o); err != nil {
		t.Fatal(err)
	}
	return m
}
