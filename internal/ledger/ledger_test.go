package ledger_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gongmai/internal/actor"
	"gongmai/internal/calendar"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

func official(roles ...string) context.Context {
	return actor.With(context.Background(), actor.Actor{ID: "o", Roles: roles, Reach: actor.Reach{County: true}, Rights: []actor.Right{ledger.Write}})
}

func values(c *countytest.County, typ string, pairs ...string) fact.Body {
	return c.Fields(&c.Keeper.Now().Ledgers[typ].Type, pairs...)
}

// A demand from its raising to its reopening: numbers, roles, conditions, what
// a step needs and clears.
func TestDemand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		take := func(ctx context.Context, id, step, reason string, pairs ...string) (fact.Version, error) {
			vs, err := c.Ledger.Take(ctx, ledger.Move{Type: "demand", ID: id, Step: step, Reason: reason, Values: values(c, "demand", pairs...)})
			if err != nil {
				return fact.Version{}, err
			}
			return vs[0], nil
		}
		_, err := take(official("inspector"), "", "raise", "", "enterprise", a)
		for _, w := range []string{"“登记诉求”由企业填报人、业务科室、园区、领导办理", "诉求类别：必须填写", "诉求事项：必须填写"} {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("faults do not say %q:\n%v", w, err)
			}
		}
		off := official("official")
		v, err := take(off, "", "raise", "", "enterprise", a, "category", "资金周转", "title", "续贷", "raised_on", "2025-03-10")
		if err != nil || v.State != "raised" || v.Body.Get(ledger.NumberField).Text() != "诉求〔2025〕1号" || v.Subject != a {
			t.Fatalf("raising: %+v, %v", v, err)
		}
		id := v.Record
		if w, err := take(off, "", "raise", "", "enterprise", a, "category", "用工需求", "title", "招工", "raised_on", "2025-03-11"); err != nil || w.Body.Get(ledger.NumberField).Text() != "诉求〔2025〕2号" {
			t.Errorf("the second number: %v, %v", w.Body.Get(ledger.NumberField), err)
		}
		if _, err := take(off, id, "reply", "", "answer", "已协调", "replied_on", "2025-03-12"); err == nil || !strings.Contains(err.Error(), "现为“待受理”，不能“答复企业”") {
			t.Errorf("a step from the wrong state: %v", err)
		}
		if _, err := take(off, id, "accept", "", "accepted_on", "2025-03-01"); err == nil || !strings.Contains(err.Error(), "受理日期不得早于提出日期") {
			t.Errorf("a condition: %v", err)
		}
		for _, s := range [][]string{
			{"accept", "accepted_on", "2025-03-11"},
			{"assign", "handling_office", "service"},
			{"reply", "answer", "已协调", "replied_on", "2025-03-20"},
			{"close", "satisfaction", "满意", "closed_on", "2025-03-25"},
		} {
			if v, err = take(off, id, s[0], "", s[1:]...); err != nil {
				t.Fatalf("%s: %v", s[0], err)
			}
		}
		if v.State != "closed" || v.Version != 5 {
			t.Errorf("after closing: %+v", v)
		}
		if _, err := take(off, id, "reopen", ""); err == nil || !strings.Contains(err.Error(), "必须说明原因") {
			t.Errorf("reopening without a reason: %v", err)
		}
		if v, err = take(off, id, "reopen", "企业反映未解决"); err != nil || v.Body.Get("closed_on").Present() || !v.Body.Get("raised_on").Present() {
			t.Errorf("reopening: %v, %v", v.Body, err)
		}
	})
}

// Two people on one record: the second is told, nothing is overwritten. A
// correction keeps the day from which it holds.
func TestConflictAndCorrection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		id := c.Take("guarantee", "enter", "", "enterprise", a, "contract_no", "A", "contract_on", "2025-03-01", "amount", "100", "bank", "工商银行")
		c.Day("2025-09-01")
		v, err := c.Ledger.Correct(c.Ctx, "guarantee", id, 1, values(c, "guarantee", "amount", "120"), "抄错")
		if err != nil || v.EffectiveOn != period.MustDay("2025-01-02") || v.Act != "更正" {
			t.Fatalf("correcting: %+v, %v", v, err)
		}
		if _, err := c.Ledger.Correct(c.Ctx, "guarantee", id, 1, values(c, "guarantee", "amount", "130"), "抄错"); !errors.Is(err, errs.Conflict) {
			t.Errorf("correcting an old version: %v", err)
		}
		for name, f := range map[string]func() error{
			"without a reason": func() error {
				_, err := c.Ledger.Correct(c.Ctx, "guarantee", id, 2, values(c, "guarantee", "amount", "130"), " ")
				return err
			},
			"without a change": func() error {
				_, err := c.Ledger.Correct(c.Ctx, "guarantee", id, 2, values(c, "guarantee", "amount", "120"), "x")
				return err
			},
		} {
			if err := f(); !errors.Is(err, errs.Invalid) {
				t.Errorf("correcting %s: %v", name, err)
			}
		}
	})
}

// With the clock moved through a year, 12 civil-explosive and 4 + 4 telecom and
// power inspections are owed; a moved holiday moves the last workday.
func TestDuties(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲民爆")
		for _, on := range []string{"2025-01-10", "2025-01-20", "2025-03-05"} {
			c.Take("inspection", "record", "", "enterprise", a, "trade", "civil_explosives", "inspected_on", on, "inspectors", "p1、p2", "dangers", "0", "record_photo", "sm3:x")
		}
		m, err := c.Records.At(c.Ctx, record.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		owed, err := c.Ledger.Duties(c.Ctx, m, 2025, period.MustDay("2025-12-31"))
		if err != nil {
			t.Fatal(err)
		}
		spans, missing := map[string]int{}, map[string]int{}
		for _, o := range owed {
			if o.Ledger.Code != "inspection" {
				continue
			}
			spans[o.Duty.Code]++
			missing[o.Duty.Code] += o.Missing()
			if o.Duty.Code == "explosives_monthly" && o.Span.String() == "2025-09" && o.Due.String() != "2025-09-30" {
				t.Errorf("September is due on %s", o.Due)
			}
			if o.Duty.Code == "explosives_monthly" && o.Span.String() == "2025-05" && o.Due.String() != "2025-05-30" {
				t.Errorf("May, whose 31st is a holiday, is due on %s", o.Due)
			}
		}
		if spans["explosives_monthly"] != 12 || spans["telecom_quarterly"] != 4 || spans["power_quarterly"] != 4 || missing["explosives_monthly"] != 10 || missing["power_quarterly"] != 4 {
			t.Errorf("owed %v, missing %v", spans, missing)
		}
	})
}

// A clock runs from the day the state was entered, over workdays.
func TestClocks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		c.Day("2025-09-26")
		id := c.Take("demand", "raise", "", "enterprise", a, "category", "funds", "title", "续贷", "raised_on", "2025-09-26")
		l := c.Keeper.Now().Ledgers["demand"]
		due := func(cal *calendar.Calendar) period.Day {
			m, err := c.Records.At(c.Ctx, record.AsOf{})
			if err != nil {
				t.Fatal(err)
			}
			var on period.Day
			err = m.Read(c.Ctx, l.Kind, func(v fact.View) error {
				row, _ := v.Record(id)
				if x, ok := ledger.DueOf(l, cal, row); ok {
					on = x.On
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return on
		}
		if got := due(c.Keeper.Now().Calendar()); got.String() != "2025-09-28" { // a worked Sunday
			t.Errorf("due %s, want 2025-09-28", got)
		}
		if got := due(&calendar.Calendar{}); got.String() != "2025-09-29" {
			t.Errorf("without the holiday table due %s, want 2025-09-29", got)
		}
		c.Day("2025-09-30")
		c.Take("demand", "accept", id, "accepted_on", "2025-09-30")
		if got := due(c.Keeper.Now().Calendar()); got.String() != "2025-10-10" {
			t.Errorf("over National Day due %s, want 2025-10-10", got)
		}
	})
}

// Somebody of another enterprise neither sees nor moves a case.
func TestReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		id := c.Take("demand", "raise", "", "enterprise", a, "category", "funds", "title", "续贷", "raised_on", "2025-01-02")
		other := actor.With(context.Background(), actor.Actor{ID: "r", Roles: []string{"reporter"}, Reach: actor.Reach{Enterprises: []string{b}}})
		if _, err := c.Ledger.Take(other, ledger.Move{Type: "demand", ID: id, Step: "redo", Reason: "x"}); !errors.Is(err, errs.NotFound) {
			t.Errorf("moving another's case: %v", err)
		}
		if _, err := c.Ledger.Take(other, ledger.Move{Type: "demand", Step: "raise", Values: values(c, "demand", "enterprise", a, "category", "funds", "title", "x", "raised_on", "2025-01-02")}); !errors.Is(err, errs.Denied) {
			t.Errorf("raising for another: %v", err)
		}
	})
}
