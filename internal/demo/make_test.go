package demo_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/catalog"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/demo"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

func small(seed uint64) demo.Options { return demo.Options{Enterprises: 30, Years: 1, Seed: seed} }

// The same seed gives the same ids, times and values on both engines.
func TestSameOnBothEngines(t *testing.T) {
	digests := map[string]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := build(t, d, small(7))
		r, err := m.Records.Verify(m.ctx)
		if err != nil || !r.OK {
			t.Fatalf("Verify() = %+v, %v", r, err)
		}
		digests[d.Engine()] = r.Digest
		if r.Versions < 4000 {
			t.Errorf("only %d versions", r.Versions)
		}
		m.keepsTime(t, d)
	})
	if a, b := digests[db.SQLite], digests[db.Postgres]; b != "" && a != b {
		t.Errorf("SQLite made %s, PostgreSQL %s", a, b)
	}
}

// keepsTime asserts that nothing was recorded outside the demo's days.
func (m *made) keepsTime(t *testing.T, d *db.DB) {
	t.Helper()
	var first, last int64
	err := d.QueryRowContext(m.ctx, `SELECT MIN(recorded_us), MAX(recorded_us) FROM audit`).Scan(&first, &last)
	if err != nil {
		t.Fatal(err)
	}
	if begin, end := period.MustDay("2025-01-01").Start(), period.MustDay("2026-01-01").Start(); first < begin.UnixMicro() || last >= end.UnixMicro() {
		t.Errorf("recorded from %d to %d, want within 2025", first, last)
	}
}

func TestSeedDecides(t *testing.T) {
	a, b := build(t, dbtest.Open(t, db.SQLite), small(1)), build(t, dbtest.Open(t, db.SQLite), small(2))
	x, err := a.Records.Verify(a.ctx)
	if err != nil {
		t.Fatal(err)
	}
	y, err := b.Records.Verify(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if x.Digest == y.Digest {
		t.Error("two seeds made the same county")
	}
}

// TestCounty looks at one small county from all sides.
func TestCounty(t *testing.T) {
	m := build(t, dbtest.Open(t, db.SQLite), small(3))
	at, err := m.Records.At(m.ctx, record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("report", func(t *testing.T) { m.reports(t) })
	t.Run("returns", func(t *testing.T) { m.returns(t, at) })
	t.Run("ledgers", func(t *testing.T) { m.ledgers(t, at) })
	t.Run("registers", func(t *testing.T) { m.registers(t, at) })
	t.Run("past", func(t *testing.T) { m.past(t) })
}

// Nothing of the annual summary is missing, and its figures agree with each other.
func (m *made) reports(t *testing.T) {
	for _, outline := range []string{"annual", "monthly"} {
		rep, _, err := m.report.Make(m.ctx, report.Ask{Outline: outline, Year: 2025})
		if err != nil {
			t.Fatal(err)
		}
		if got := rep.Run.Stat.String(); got != "2025-01..11" {
			t.Errorf("%s: statistics of %s, want 2025-01..11", outline, got)
		}
		if len(rep.Missing)+len(rep.Warnings) > 0 {
			t.Errorf("%s: missing %v, warnings %v", outline, rep.Missing, rep.Warnings)
		}
		for _, f := range rep.Figures {
			if c := f.Figure.Indicator.Code; c == "robot_enterprise_count" && f.Text != "4" && f.Text != "嘉宝机械、旺达绿禾、方正建材、中湖盐" {
				t.Errorf("robots: %s", f.Text)
			}
		}
	}
}

// Every return that counts keeps the hard checks of its form.
func (m *made) returns(t *testing.T, at *record.Moment) {
	for code, f := range m.Catalogue().Forms {
		counted, open := 0, 0
		err := at.Read(m.ctx, f.Kind, func(v fact.View) error {
			for r := range v.Heads() {
				if !survey.Counts(r.State()) {
					open++
					continue
				}
				counted++
				for _, x := range survey.Run(f, r.Body(), v, r.Period(), r.Subject()) {
					if x.Level == catalog.Hard {
						t.Errorf("%s %s: %s", code, r.Record(), x.Message)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if counted == 0 {
			t.Errorf("%s: no return counts (%d are open)", code, open)
		}
	}
}

// Every ledger has cases; some are open, and a few of them late.
func (m *made) ledgers(t *testing.T, at *record.Moment) {
	cat := m.Catalogue()
	open, late := 0, 0
	for code, l := range cat.Ledgers {
		n := 0
		err := at.Read(m.ctx, l.Kind, func(v fact.View) error {
			for r := range v.Heads() {
				n++
				if s, _ := l.State(r.State()); s.Tone == "wait" || s.Tone == "work" {
					open++
				}
				if due, ok := ledger.DueOf(l, cat.Calendar(), r); ok && due.On < m.Records.Today() {
					late++
				}
				if f := cat.CheckBody(&l.Type, r.Body(), nil); len(f) > 0 {
					t.Errorf("%s %s: %v", code, r.Record(), f)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			t.Errorf("ledger %s is empty", code)
		}
	}
	if open < 20 || late < 3 {
		t.Errorf("%d cases are open and %d late; want some of both", open, late)
	}
}

func (m *made) registers(t *testing.T, at *record.Moment) {
	roll, err := m.Register.Roll(m.ctx, at, m.Records.Today())
	if err != nil {
		t.Fatal(err)
	}
	above, parks, noted := 0, map[string]int{}, 0
	for _, f := range roll.Firms {
		if f.On("above_scale") {
			above++
		}
		for _, p := range f.Parks {
			parks[p]++
		}
		if f.Body.Get("note").Text() != "" {
			noted++
		}
	}
	if n := len(roll.Firms); n != 30 || noted != n {
		t.Errorf("%d enterprises, %d marked as invented; want 30 and all", n, noted)
	}
	if above < 9 || above > 22 {
		t.Errorf("%d of 30 are above scale", above)
	}
	if diff := cmp.Diff([]bool{true, true}, []bool{parks["nanhua"] > 0, parks["yanchi"] > 0}); diff != "" {
		t.Errorf("parks %v", parks)
	}
}

// What was known in June knows nothing of July.
func (m *made) past(t *testing.T) {
	as, err := record.ParseAsOf("2025-06-30")
	if err != nil {
		t.Fatal(err)
	}
	rep, _, err := m.report.Make(m.ctx, report.Ask{Outline: "monthly", Year: 2025, AsOf: period.MustDay("2025-06-30"), Known: as})
	if err != nil {
		t.Fatal(err)
	}
	if got := rep.Run.Stat.String(); got != "2025-01..05" {
		t.Errorf("on 2025-06-30 the statistics reached %s, want 2025-01..05", got)
	}
}
