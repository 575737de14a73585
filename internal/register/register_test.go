package register_test

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
	"gongmai/internal/register"
)

func roll(t *testing.T, c *countytest.County, day string) *register.Roll {
	t.Helper()
	m, err := c.Records.At(c.Ctx, record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Register.Roll(c.Ctx, m, period.MustDay(day))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The register is as it was on the day: names, states, parks, lists.
func TestRollFollowsTheDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a := c.Enterprise(1, "甲化工")
		c.Enter("park", "2020-01-01", "code", "nanhua", "name", "南华园区")
		c.Enter("membership", "2025-03-01", "enterprise", a, "list", "park", "park", "nanhua", "from_on", "2025-03-01", "until_on", "2025-06-01")
		_, err := c.Register.Put(c.Ctx, register.Entry{
			Type: "enterprise", BasedOn: 1, EffectiveOn: period.MustDay("2025-05-01"), Reason: "更名",
			Values: c.Fields(&c.Keeper.Now().Registers["enterprise"].Type, "credit_code", a, "name", "甲新材料", "former_names", "甲化工", "industry", "2614", "region", "620724100", "status", "operating"),
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			day, name string
			inPark    int
		}{{"2025-02-28", "甲化工", 0}, {"2025-03-01", "甲化工", 1}, {"2025-05-01", "甲新材料", 1}, {"2025-06-01", "甲新材料", 0}} {
			r := roll(t, c, x.day)
			if f := r.Firm(a); f == nil || f.Name != x.name || len(r.InPark("nanhua")) != x.inPark {
				t.Errorf("on %s: %+v, %d in the park; want %s, %d", x.day, f, len(r.InPark("nanhua")), x.name, x.inPark)
			}
		}
		if f := roll(t, c, "2019-12-31").Firm(a); f != nil {
			t.Errorf("before it was registered: %+v", f)
		}
	})
}

// A park officer sees the members of today and open registers, nothing else.
func TestReachOfAPark(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		a, b := c.Enterprise(1, "甲化工"), c.Enterprise(2, "乙食品")
		c.Enter("park", "2020-01-01", "code", "nanhua", "name", "南华园区")
		c.Enter("membership", "2024-01-01", "enterprise", a, "list", "park", "park", "nanhua", "from_on", "2024-01-01")
		c.Enter("membership", "2024-01-01", "enterprise", b, "list", "park", "park", "nanhua", "from_on", "2024-01-01", "until_on", "2024-06-01")
		park := actor.With(context.Background(), actor.Actor{ID: "p", Reach: actor.Reach{Parks: []string{"nanhua"}}})
		m, err := c.Records.At(park, record.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[fact.Kind][]string{}
		for _, k := range []fact.Kind{register.Enterprise, register.Park, register.Membership} {
			err := m.Read(park, k, func(v fact.View) error {
				for r := range v.Heads() {
					seen[k] = append(seen[k], r.Subject())
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := seen[register.Enterprise]; len(got) != 1 || got[0] != a {
			t.Errorf("enterprises seen: %v, want only %s", got, a)
		}
		if len(seen[register.Park]) != 1 || len(seen[register.Membership]) != 1 {
			t.Errorf("seen %v, want one park and one membership", seen)
		}
	})
}

// All faults of all entries come at once, nothing is stored, and nobody
// without the right writes.
func TestPutRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		before := c.Seq()
		number := fact.TextOf("91620724MA0000001X")
		entry := func(fs ...fact.Field) register.Entry {
			return register.Entry{Type: "enterprise", Values: fact.NewBody(fs...)}
		}
		_, err := c.Register.Put(c.Ctx,
			entry(fact.Field{Code: "credit_code", Value: number}, fact.Field{Code: "nickname", Value: number}, fact.Field{Code: "industry", Value: fact.TextOf("9999")}),
			register.Entry{Type: "enterprize"})
		for _, w := range []string{"校验位应为", "nickname：没有这个字段", "9999 不是 GB/T 4754", "企业名称：必须填写", "没有名录 enterprize"} {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("faults do not say %q:\n%v", w, err)
			}
		}
		if c.Seq() != before {
			t.Error("something was stored")
		}
		nobody := actor.With(context.Background(), actor.Actor{ID: "n", Reach: actor.Reach{County: true}})
		if _, err := c.Register.Put(nobody, entry()); !errors.Is(err, errs.Denied) {
			t.Errorf("without the right: %v", err)
		}
	})
}
