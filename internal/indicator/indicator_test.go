package indicator_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"

	"gongmai/internal/actor"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// refs lists the lineage of a figure.
func refs(t *testing.T, c *countytest.County, code, scope, p string) []string {
	t.Helper()
	r := c.Read(c.Ctx, p, record.AsOf{})
	f, err := r.Figure(c.Ctx, code, indicator.Scope(scope), period.MustParse(p))
	if err != nil {
		t.Fatal(err)
	}
	l, err := r.Lineage(c.Ctx, f, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range l.Facts {
		s := x.Value + " " + x.Ref.String()
		if x.Minus {
			s = "-" + s
		}
		out = append(out, s)
	}
	return out
}

func want(t *testing.T, f *indicator.Figure, text string, count int) {
	t.Helper()
	if got := f.Text(); got != text || f.Count != count {
		t.Errorf("%s %s %s = %q from %d facts (%s), want %q from %d", f.Indicator.Code, f.Scope, f.Period, got, f.Count, f.Why, text, count)
	}
}

// A register is counted on the day, with the memberships of the day.
func TestCountsFollowTheDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		if f := c.Figure("above_scale_enterprise_count", "county", "2025-06"); f.Known || f.Why == "" {
			t.Errorf("an empty register counts %q: %q; want missing, and why", f.Text(), f.Why)
		}
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品", "industry", "1515", "region", "620724101")
		c.Enterprise(3, "丙商贸", "status", "deregistered")
		c.AboveScale(a, "2024-01-01")
		c.AboveScale(b, "2025-07-01")
		want(t, c.Figure("industrial_enterprise_count", "county", "2025-06"), "2", 2)
		want(t, c.Figure("above_scale_enterprise_count", "county", "2025-06"), "1", 1)
		want(t, c.Figure("above_scale_enterprise_count", "county", "2025-07"), "2", 2)
		want(t, c.Figure("above_scale_enterprise_count", "industry:15", "2025-07"), "1", 1)
		want(t, c.Figure("above_scale_enterprise_count", "region:620724101", "2025-07"), "1", 1)
		want(t, c.Figure("above_scale_enterprise_count", "region:620724102", "2025-07"), "0", 0)
	})
}

// Sums over a form: month, cumulative, quarter, growth on comparable scope, and
// a correction that the past does not see.
func TestReturns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品", "industry", "1515")
		c.AboveScale(a, "2024-01-01")
		c.AboveScale(b, "2024-01-01")
		for m, ytd := range map[string][2]string{"2025-02": {"100000", "90000"}, "2025-03": {"160000", "150000"}, "2025-06": {"400000", "300000"}} {
			c.Copy("B204-1", m, a, "", "c02", ytd[0], "c04", ytd[1])
		}
		c.Copy("B204-1", "2025-06", b, "", "c01", "7000", "c02", "50000", "c04", "60000")
		f := c.Figure("gross_output", "county", "2025-01..06") // stated in 千元, printed in 万元 or 亿元
		before := c.Seq()
		wantValue(t, c, f, "450000000")
		if f.Coverage == nil || *f.Coverage != (indicator.Coverage{Have: 2, Want: 2}) {
			t.Errorf("coverage = %+v, want 2 of 2", f.Coverage)
		}
		wantValue(t, c, c.Figure("gross_output", "county", "2025Q2"), "240000000") // 400 − 160 of 甲; 乙 did not state 1—3月, so its quarter is missing
		wantValue(t, c, c.Figure("gross_output", "industry:15", "2025-06"), "7000000")
		want(t, c.Figure("gross_output_growth", "county", "2025-01..06"), "25.0", 0)
		got := refs(t, c, "gross_output", "industry:26", "2025Q2")
		if len(got) != 2 || got[0][:8] != "400000 s" || got[1][:8] != "-160000 " {
			t.Errorf("lineage of a quarter = %q", got)
		}

		c.Copy("B204-1", "2025-06", a, "企业更正", "c02", "410000", "c04", "300000")
		wantValue(t, c, c.Figure("gross_output", "county", "2025-01..06"), "460000000")
		wantValue(t, c, c.FigureAt("gross_output", "county", "2025-01..06", before), "450000000")
		again := c.FigureAt("gross_output", "county", "2025-01..06", before)
		if again.Digest != f.Digest {
			t.Error("the digest of the past has changed")
		}
		changes, err := indicator.Differences(c.Ctx, c.Read(c.Ctx, "2025-01..06", before), f, c.Read(c.Ctx, "2025-01..06", record.AsOf{}), c.Figure("gross_output", "county", "2025-01..06"))
		if err != nil || len(changes) != 1 || changes[0].Before.Value != "400000" || changes[0].After.Value != "410000" || changes[0].Reason != "企业更正" {
			t.Errorf("Differences() = %+v, %v; want the one correction", changes, err)
		}
	})
}

func wantValue(t *testing.T, c *countytest.County, f *indicator.Figure, yuan string) {
	t.Helper()
	v, err := c.Keeper.Now().Units.Convert(f.Value, f.Indicator.Unit, "元")
	if err != nil || !f.Known || v.Cmp(unit.Exact(unit.MustParse(yuan))) != 0 {
		t.Errorf("%s %s %s = %s元 (%s, %v), want %s", f.Indicator.Code, f.Scope, f.Period, v, f.Why, err, yuan)
	}
}

// A return that is being corrected does not move the total; a returned one
// leaves the accepted version in force.
func TestOnlyAcceptedCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		c.AboveScale(a, "2024-01-01")
		c.Copy("B204-1", "2025-03", a, "", "c02", "1000")
		p := period.MustParse("2025-03")
		if _, err := c.Survey.Decide(c.Ctx, "B204-1", p, a, 0, survey.SendBack, "与电量不符"); err != nil {
			t.Fatal(err)
		}
		wantValue(t, c, c.Figure("gross_output", "county", "2025-01..03"), "1000000")
	})
}

// Cases count when they happened, by distinct enterprise; amounts keep their unit.
func TestLedgersCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		if f := c.Figure("guarantee_case_count", "county", "2025"); f.Known {
			t.Errorf("an unused ledger counts %s, want missing", f.Text())
		}
		for i, x := range []struct{ who, on, amount string }{{a, "2025-03-01", "300"}, {a, "2025-08-01", "200.5"}, {b, "2024-12-31", "900"}} {
			c.Take("guarantee", "enter", "", "enterprise", x.who, "contract_no", string(rune('A'+i)), "contract_on", x.on, "amount", x.amount, "bank", "工商银行")
		}
		want(t, c.Figure("guarantee_case_count", "county", "2025"), "2", 2)
		wantValue(t, c, c.Figure("guarantee_amount", "county", "2025"), "5005000")
		want(t, c.Figure("guarantee_case_count", "enterprise:"+b, "2025"), "0", 0)
	})
}

// Given figures stand beside counted ones; the rule says which prints.
func TestGivenFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		c.State("above_scale_value_added", "2025-01..11", "18.60", "快报", "")
		before := c.Seq()
		c.State("above_scale_value_added", "2025-01..11", "18.52", "反馈", "")
		f := c.Figure("above_scale_value_added", "county", "2025-01..11")
		want(t, f, "18.52", 1)
		if f.Source != indicator.FromGiven || f.Given.Stage != "反馈" || f.Given.Ref.Version != 2 {
			t.Errorf("given = %+v from %s", f.Given, f.Source)
		}
		want(t, c.FigureAt("above_scale_value_added", "county", "2025-01..11", before), "18.60", 1)
		if f := c.Figure("above_scale_value_added", "county", "2025-01..10"); f.Known {
			t.Errorf("another period prints %s", f.Text())
		}
		// Records win where the rule says so, and the given one stays beside.
		a := c.Enterprise(1, "甲化工")
		c.State("guarantee_case_count", "2025", "40", "反馈", "")
		want(t, c.Figure("guarantee_case_count", "county", "2025"), "40", 1)
		c.Take("guarantee", "enter", "", "enterprise", a, "contract_no", "A", "contract_on", "2025-03-01", "amount", "1", "bank", "工商银行")
		g := c.Figure("guarantee_case_count", "county", "2025")
		want(t, g, "1", 1)
		if g.Given == nil || g.Given.Value.String() != "40" {
			t.Errorf("the given figure is not shown beside: %+v", g.Given)
		}
	})
}

// An indicator whose definition changes keeps its old figure at the old moment.
func TestEditions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		c.Enterprise(1, "甲化工")
		c.Enterprise(2, "乙食品", "status", "suspended")
		before := c.Seq()
		c.Own["mine.yaml"] = &fstest.MapFile{Data: []byte(`indicator: industrial_enterprise_count
name: 现有工业企业户数
unit: 户
kind: counted
accumulate: stock
span: end
caliber: 只计在业
count: {of: register:enterprise, where: "status == 'operating'"}
`)}
		c.Reload()
		want(t, c.Figure("industrial_enterprise_count", "county", "2025-06"), "1", 1)
		want(t, c.FigureAt("industrial_enterprise_count", "county", "2025-06", before), "2", 2)
	})
}

// A scope beyond one's reach is refused, not summed over what is visible.
func TestReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		for _, e := range []string{a, b} {
			c.AboveScale(e, "2024-01-01")
			c.Copy("B204-1", "2025-03", e, "", "c02", "1000")
		}
		one := actor.With(context.Background(), actor.Actor{ID: "r1", Reach: actor.Reach{Enterprises: []string{a}}})
		p := period.MustParse("2025-01..03")
		r := c.Read(one, "2025-01..03", record.AsOf{})
		for _, scope := range []indicator.Scope{"county", "industry:26", indicator.Scope("enterprise:" + b)} {
			if f, err := r.Figure(one, "gross_output", scope, p); !errors.Is(err, errs.Denied) {
				t.Errorf("%s: %v, %v; want denied", scope, f, err)
			}
		}
		f, err := r.Figure(one, "gross_output", indicator.Scope("enterprise:"+a), p)
		if err != nil {
			t.Fatal(err)
		}
		wantValue(t, c, f, "1000000")
		// An official without the right to unit data sees the total, not the units.
		office := actor.With(context.Background(), actor.Actor{ID: "o1", Reach: actor.Reach{County: true}})
		r = c.Read(office, "2025-01..03", record.AsOf{})
		if f, err = r.Figure(office, "gross_output", "county", p); err != nil {
			t.Fatal(err)
		}
		if l, err := r.Lineage(office, f, 0, 0); err != nil || len(l.Facts) != 0 || l.Hidden != 2 {
			t.Errorf("lineage of statistical data = %+v, %v; want 2 hidden", l, err)
		}
	})
}

// The digest of a figure is the same on both engines.
func TestDigestsAgree(t *testing.T) {
	digests := map[string]indicator.Digest{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		c.Copy("B204-1", "2025-03", a, "", "c02", "1000", "c04", "900")
		digests[d.Engine()] = c.Figure("gross_output_growth", "county", "2025-01..03").Digest
	})
	if digests["sqlite"] != digests["postgres"] {
		t.Errorf("digests differ: %v", digests)
	}
}
