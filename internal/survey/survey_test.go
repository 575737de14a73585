package survey_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gongmai/internal/actor"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

const form = "YX01"

var march = period.MustParse("2025-03")

// cells is a return that keeps every hard rule; pairs replace items.
func cells(c *countytest.County, pairs ...string) fact.Body {
	c.T.Helper()
	f := c.Keeper.Now().Forms[form]
	all := map[string]string{
		"working": "normal", "running_days": "31", "capacity_rate": "80", "power": "10", "power_ytd": "30", "orders_new": "100", "orders": "200",
		"output_next": "1000", "output_year": "12000", "employees_end": "50", "employees_short": "0",
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	var fs []fact.Field
	for code, text := range all {
		it, ok := f.Item(code)
		if !ok {
			c.T.Fatalf("no item %s", code)
		}
		v, err := c.Keeper.Now().ParseItem(it, text)
		if err != nil {
			c.T.Fatalf("%s: %v", code, err)
		}
		fs = append(fs, fact.Field{Code: code, Value: v})
	}
	return fact.NewBody(fs...)
}

func reporter(e string) context.Context {
	return actor.With(context.Background(), actor.Actor{ID: "rep", Reach: actor.Reach{Enterprises: []string{e}}, Rights: []actor.Right{survey.File}})
}

func reviewer() context.Context {
	return actor.With(context.Background(), actor.Actor{ID: "rev", Reach: actor.Reach{County: true}, Rights: []actor.Right{survey.Review, survey.FillFor}})
}

// A return's life: filed, sent back with a reason, filed again, accepted,
// corrected only with a reason, locked.
func TestLifeOfAReturn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		rep, rev := reporter(a), reviewer()
		file := func(ctx context.Context, reason string, pairs ...string) (survey.Outcome, error) {
			out, err := c.Survey.Submit(ctx, survey.Return{Form: form, Period: march, Enterprise: a, Cells: cells(c, pairs...), Reason: reason})
			if err != nil {
				return survey.Outcome{}, err
			}
			return out[0], nil
		}
		o, err := file(rep, "")
		if err != nil || o.Version.State != survey.Submitted || o.Version.Version != 1 {
			t.Fatalf("filing: %+v, %v", o, err)
		}
		if o, err := file(rep, ""); err != nil || !o.Same {
			t.Errorf("filing the same again: %+v, %v; want nothing written", o, err)
		}
		if _, err := c.Survey.Decide(rev, form, march, a, 1, survey.SendBack, ""); !errors.Is(err, errs.Invalid) {
			t.Errorf("sending back without a reason: %v", err)
		}
		if _, err := c.Survey.Decide(rep, form, march, a, 1, survey.Accept, ""); !errors.Is(err, errs.Denied) {
			t.Errorf("a reporter accepts: %v", err)
		}
		if _, err := c.Survey.Decide(rev, form, march, a, 1, survey.SendBack, "用电量请核实"); err != nil {
			t.Fatal(err)
		}
		if o, err = file(rep, "", "power", "11", "power_ytd", "31"); err != nil || o.Version.Version != 3 {
			t.Fatalf("filing again: %+v, %v", o, err)
		}
		if _, err := c.Survey.Decide(rev, form, march, a, 2, survey.Accept, ""); !errors.Is(err, errs.Conflict) {
			t.Errorf("accepting a version that is no longer the newest: %v", err)
		}
		if v, err := c.Survey.Decide(rev, form, march, a, 3, survey.Accept, ""); err != nil || v.State != survey.Accepted {
			t.Fatalf("accepting: %+v, %v", v, err)
		}
		if _, err := file(rep, "", "power", "12", "power_ytd", "32"); err == nil || !strings.Contains(err.Error(), "请联系审核人退回") {
			t.Errorf("changing an accepted return: %v", err)
		}
		if _, err := file(c.Ctx, "", "power", "12", "power_ytd", "32"); err == nil || !strings.Contains(err.Error(), "必须说明原因") {
			t.Errorf("correcting without a reason: %v", err)
		}
		if o, err = file(c.Ctx, "电话核实", "power", "12", "power_ytd", "32"); err != nil || o.Version.State != survey.Accepted || o.Version.Act != "更正" {
			t.Errorf("correcting: %+v, %v", o, err)
		}
		m, err := c.Records.At(c.Ctx, record.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		if vs, err := m.History(c.Ctx, "survey:"+form, survey.Key(march, a)); err != nil || len(vs) != 5 || vs[1].Reason != "用电量请核实" {
			t.Errorf("history = %d versions, %v", len(vs), err)
		}
	})
}

// Everything that is wrong is said at once, and nothing is stored.
func TestAllFaultsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		before := c.Seq()
		good := survey.Return{Form: form, Period: march, Enterprise: a, Cells: cells(c)}
		bad := survey.Return{Form: form, Period: march, Enterprise: b, Cells: cells(c, "power", "-1", "capacity_rate", "80").With(
			fact.Field{Code: "employees_end"}, fact.Field{Code: "nothing", Value: fact.TextOf("x")}, fact.Field{Code: "orders", Value: fact.NumberOf(unit.MustParse("1.123456"))})}
		unknown := survey.Return{Form: form, Period: march, Enterprise: countytest.Code(9), Cells: cells(c)}
		_, err := c.Survey.Submit(c.Ctx, good, bad, unknown)
		for _, w := range []string{"不应为负", "必须填写", "没有这一项", "位小数", "名录中没有这家企业"} {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("faults do not say %q:\n%v", w, err)
			}
		}
		if c.Seq() != before {
			t.Error("something was stored")
		}
	})
}

// A copy is never blocked, only flagged; January is not filed alone; an
// expired form is not filed at all.
func TestCopiesAndCalendars(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		o := c.Copy("B203", "2025-03", a, "", "c07", "100", "c10", "70", "c11", "20")
		if o.Version.State != survey.Accepted || len(o.Faults) == 0 {
			t.Errorf("an unbalanced copy: state %q, faults %+v; want accepted and flagged", o.Version.State, o.Faults)
		}
		_, err := c.Survey.Submit(c.Ctx, survey.Return{Form: "B203", Period: period.MustParse("2025-01"), Enterprise: a, Cells: countytest.Cells("c07", "1")})
		if err == nil || !strings.Contains(err.Error(), "1 月免报") {
			t.Errorf("January: %v", err)
		}
		late := survey.Return{Form: form, Period: period.MustParse("2035-03"), Enterprise: a, Cells: cells(c)}
		if _, err := c.Survey.Submit(c.Ctx, late); err == nil || !strings.Contains(err.Error(), "已过期") {
			t.Errorf("an expired form: %v", err)
		}
	})
}

// 代填 says who stated it and how; a reporter files for nobody else.
func TestFillingIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		r := survey.Return{Form: form, Period: march, Enterprise: b, Cells: cells(c)}
		if _, err := c.Survey.Submit(reporter(a), r); !errors.Is(err, errs.Denied) {
			t.Errorf("filing for another: %v", err)
		}
		if _, err := c.Survey.Submit(reviewer(), r); err == nil || !strings.Contains(err.Error(), "代填应写明") {
			t.Errorf("filling in without a source: %v", err)
		}
		r.Fill = &survey.Fill{Informant: "p1", How: "电话"}
		out, err := c.Survey.Submit(reviewer(), r)
		if err != nil || out[0].Version.Act != "代填上报" || out[0].Version.Body.Get(survey.How).Text() != "电话" {
			t.Errorf("filling in: %+v, %v", out, err)
		}
	})
}

// Who is late follows workdays, and a draft is private and no return.
func TestSheetAndDrafts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		c.AboveScale(a, "2024-01-01")
		c.AboveScale(b, "2024-01-01")
		c.Day("2025-06-30")
		if _, err := c.Survey.Submit(reporter(a), survey.Return{Form: form, Period: march, Enterprise: a, Cells: cells(c)}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Survey.SaveDraft(reporter(b), form, march, b, cells(c), 0); err != nil {
			t.Fatal(err)
		}
		if dr, err := c.Survey.Draft(reporter(b), form, march, b); err != nil || dr == nil || len(dr.Cells) == 0 {
			t.Errorf("my draft = %+v, %v", dr, err)
		}
		if dr, err := c.Survey.Draft(reviewer(), form, march, b); err != nil || dr != nil {
			t.Errorf("another's draft = %+v, %v; want none", dr, err)
		}
		f := c.Keeper.Now().Forms[form]
		m, err := c.Records.At(c.Ctx, record.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := c.Survey.Sheet(c.Ctx, m, f, march)
		if err != nil || len(lines) != 2 {
			t.Fatalf("Sheet() = %d lines, %v", len(lines), err)
		}
		due := survey.Due(f, c.Keeper.Now().Calendar(), march)
		if lines[0].Head == nil || lines[0].Late != period.MustDay("2025-06-30").Sub(due) || lines[1].Head != nil || lines[1].Late == 0 {
			t.Errorf("lines = %+v", lines)
		}
	})
}
