package indicator_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// monthly is a form that states months only, so that spans are added up.
const monthly = `form: M01
name: 月度表
purpose: operation
number: M01
authority: 测试
approval: 测试
valid_until: 2027-12-31
office: operation
every: month
who: "status == 'operating'"
due: {day: 8}
unit: 万元
items:
  - {code: sold, name: 销售, column: month, scale: 4}
  - {code: stock, name: 库存, column: end, scale: 2}
---
indicator: sold
name: 销售
unit: 亿元
digits: 2
kind: counted
accumulate: flow
span: stat
caliber: 各月之和
sum: {of: survey:M01, items: {month: sold}}
---
indicator: stocked
name: 库存
unit: 万元
kind: counted
accumulate: stock
span: end
caliber: 期末，缺报沿用
sum: {of: survey:M01, items: {end: stock}, carry: 2}
---
indicator: sold_growth
name: 销售同比
unit: "%"
digits: 1
kind: derived
accumulate: ratio
span: stat
caliber: 同比
derive: "growth(sold, last.sold)"
---
indicator: sellers
name: 有销售户数
unit: 户
kind: counted
accumulate: flow
span: stat
caliber: 当月有销售
count: {of: survey:M01, where: "sold > 0"}
`

// busy makes a county in which firms move between towns and parks, skip months,
// correct and withdraw, the same for the same seed.
func busy(t *testing.T, d *db.DB, seed uint64) *countytest.County {
	c := countytest.Open(t, d)
	c.Own["monthly.yaml"] = &fstest.MapFile{Data: []byte(monthly)}
	c.Reload()
	rnd := rand.New(rand.NewPCG(seed, 1))
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	towns := []string{"620724100", "620724101", "620724102", "620724"} // one is known only as of the county
	for _, id := range []string{"p1", "p2"} {
		c.Enter("park", "2020-01-01", "code", id, "name", "园区"+id)
	}
	var firms []string
	for n := range 9 {
		e := c.Enterprise(n+1, fmt.Sprintf("企业%d", n+1), "industry", pick("2614", "1515", "3011"), "region", pick(towns...))
		firms = append(firms, e)
		c.AboveScale(e, "2023-01-01")
		for range rnd.IntN(3) { // perhaps twice in the same park
			c.Enter("membership", "2023-01-01", "enterprise", e, "list", "park", "park", pick("p1", "p2"), "from_on", pick("2023-01-01", "2025-02-01"))
		}
	}
	moved := c.Fields(&c.Keeper.Now().Registers["enterprise"].Type, "credit_code", firms[0], "name", "企业1", "industry", "2614", "region", "620724103", "status", "operating")
	if _, err := c.Register.Put(c.Ctx, register.Entry{Type: "enterprise", BasedOn: 1, Values: moved, EffectiveOn: period.MustDay("2025-02-10")}); err != nil {
		t.Fatal(err)
	}
	amount := func() string { return fmt.Sprintf("%d.%d", rnd.IntN(90000), 10*rnd.IntN(10)) }
	for _, m := range []string{"2024-01", "2024-02", "2024-03", "2025-01", "2025-02", "2025-03"} {
		for _, e := range firms {
			if rnd.IntN(5) == 0 {
				continue // not in
			}
			file(c, m, e, "sold", amount(), "stock", amount())
			if m[5:] != "01" {
				c.Copy("B204-1", m, e, "", "c02", fmt.Sprint(rnd.IntN(90000)), "c04", fmt.Sprint(rnd.IntN(90000)))
			}
			if rnd.IntN(6) == 0 {
				file(c, m, e, "sold", amount())
			}
		}
	}
	file(c, "2025-03", firms[8], "sold", "77")
	if _, err := c.Survey.Decide(c.Ctx, "M01", period.MustParse("2025-03"), firms[8], 0, survey.SendBack, "请核对"); err != nil {
		t.Fatal(err)
	}
	c.Take("guarantee", "enter", "", "enterprise", firms[1], "contract_no", "A", "contract_on", "2025-03-01", "amount", "300", "bank", "工商银行")
	return c
}

// file files a return and accepts it.
func file(c *countytest.County, m, enterprise string, pairs ...string) {
	c.T.Helper()
	p := period.MustParse(m)
	out, err := c.Survey.Submit(c.Ctx, survey.Return{Form: "M01", Period: p, Enterprise: enterprise, Cells: countytest.Cells(pairs...), Reason: "测试"})
	if err != nil {
		c.T.Fatal(err)
	}
	if out[0].Version.State != survey.Submitted {
		return // a correction of what was accepted stays accepted
	}
	if _, err := c.Survey.Decide(c.Ctx, "M01", p, enterprise, 0, survey.Accept, ""); err != nil {
		c.T.Fatal(err)
	}
}

var sameFigure = []cmp.Option{
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b *catalog.Indicator) bool { return a == b }),
	cmp.Comparer(func(a, b unit.Ratio) bool { return a.Cmp(b) == 0 }),
	cmp.Comparer(func(a, b unit.Decimal) bool { return a.Cmp(b) == 0 }),
}

func TestBreakdown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := busy(t, d, 7)
		t.Run("is of figures", func(t *testing.T) { isOfFigures(t, c) })
		t.Run("keeps to reach", func(t *testing.T) { keepsToReach(t, c) })
		t.Run("knows its units", func(t *testing.T) { knowsItsUnits(t, c) })
		t.Run("spans list their facts", func(t *testing.T) { spansListTheirFacts(t, c) })
		t.Run("totals are of facts", func(t *testing.T) { totalsAreOfFacts(t, c) })
	})
}

// A breakdown gives every part the figure that the part's own scope has, of
// every indicator of the catalogue, digest and all.
func isOfFigures(t *testing.T, c *countytest.County) {
	known := 0
	for _, code := range slices.Sorted(maps.Keys(c.Keeper.Now().Indicators)) {
		for _, by := range []string{"industry", "region", "park"} {
			for _, name := range []string{"2025-01", "2025-02", "2025-01..03", "2025-02..03"} {
				known += sameAsFigures(t, c, code, by, period.MustParse(name))
			}
		}
	}
	if known < 500 {
		t.Errorf("only %d figures were known: the county is too quiet to show anything", known)
	}
}

func sameAsFigures(t *testing.T, c *countytest.County, code, by string, p period.Period) (known int) {
	t.Helper()
	got, err := c.Read(c.Ctx, p.String(), record.AsOf{}).Spread(c.Ctx, code, by, p)
	if err != nil {
		t.Fatalf("spreading %s by %s %s: %v", code, by, p, err)
	}
	fresh := c.Read(c.Ctx, p.String(), record.AsOf{})
	for n := range got {
		want, err := fresh.Figure(c.Ctx, code, got[n].Scope, p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, &got[n], sameFigure...); diff != "" {
			t.Errorf("%s %s %s by breakdown (-alone +in the breakdown):\n%s", code, got[n].Scope, p, diff)
		}
		if got[n].Known {
			known++
		}
	}
	return known
}

// The county's totals are what its facts come to one by one, now and as known before.
func totalsAreOfFacts(t *testing.T, c *countytest.County) {
	before := c.Seq()
	digests := map[string]indicator.Digest{}
	check := func(as record.AsOf, past bool) {
		for code, i := range c.Keeper.Now().Indicators {
			if i.Records() == nil {
				continue
			}
			for _, name := range []string{"2025-02", "2025-01..03", "2025-02..03"} {
				p := period.MustParse(name)
				sum, count, digest, err := c.Read(c.Ctx, name, as).Total(c.Ctx, code, p)
				sum1, count1, digest1, err1 := c.Read(c.Ctx, name, as).OneByOne(c.Ctx, code, indicator.County, p)
				if err != nil || err1 != nil {
					t.Fatal(err, err1)
				}
				if sum.Cmp(sum1) != 0 || count != count1 || digest != digest1 {
					t.Errorf("%s %s: %s from %d, one by one %s from %d; digests agree: %t", code, name, sum, count, sum1, count1, digest == digest1)
				}
				if then, ok := digests[code+name]; past && ok && then != digest {
					t.Errorf("the digest of %s %s has moved, though the past did not", code, name)
				}
				digests[code+name] = digest
			}
		}
	}
	check(before, false)
	file(c, "2025-02", countytest.Code(2), "sold", "1.2345") // more places than the column had
	c.Copy("B204-1", "2025-02", countytest.Code(3), "更正", "c02", "7")
	check(before, true)
}

// A span made of months lists every fact of its months.
func spansListTheirFacts(t *testing.T, c *countytest.County) {
	n := 0
	for _, m := range []string{"2025-01", "2025-02", "2025-03"} {
		n += len(refs(t, c, "sold", "county", m))
	}
	if got := len(refs(t, c, "sold", "county", "2025-01..03")); got != n || n == 0 {
		t.Errorf("the span lists %d facts, its months %d", got, n)
	}
	if f := c.Figure("sold", "county", "2025-01..03"); f.Count != n || f.Coverage == nil {
		t.Errorf("the span counts %d facts (coverage %+v), its months list %d", f.Count, f.Coverage, n)
	}
}

// What a reader of limited reach sees does not lie on the shelf of the others.
func keepsToReach(t *testing.T, c *countytest.County) {
	p := period.MustParse("2025-01..03")
	park := actor.With(context.Background(), actor.Actor{ID: "p", Reach: actor.Reach{Parks: []string{"p1"}}})
	all, err := c.Read(c.Ctx, p.String(), record.AsOf{}).Breakdown(c.Ctx, "sold", "park", p)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := c.Read(park, p.String(), record.AsOf{}).Breakdown(park, "sold", "park", p)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || len(mine) != 1 || mine[0].Scope != "park:p1" || mine[0].Figure.Count > all[0].Figure.Count {
		t.Errorf("the county sees %d parks, the park %d", len(all), len(mine))
	}
	if towns, err := c.Read(park, p.String(), record.AsOf{}).Breakdown(park, "sold", "region", p); err != nil || len(towns) != 0 {
		t.Errorf("a park sees %d towns, %v", len(towns), err)
	}
}

// What suppression is told of each part is what the lineage of its figure lists.
func knowsItsUnits(t *testing.T, c *countytest.County) {
	for _, code := range []string{"sold", "stocked", "sellers", "gross_output", "guarantee_amount"} {
		for _, name := range []string{"2025-02", "2025-01..03", "2025-02..03"} {
			p := period.MustParse(name)
			r := c.Read(c.Ctx, name, record.AsOf{})
			cells, figures, err := r.Cells(c.Ctx, code, "region", p)
			if err != nil {
				t.Fatal(err)
			}
			for n := range figures {
				l, err := r.Lineage(c.Ctx, &figures[n], 0, 0)
				if err != nil {
					t.Fatal(err)
				}
				want := cellOf(t, l.Facts)
				if got := cells[n]; got.Units != want.Units || got.Total.Cmp(want.Total) != 0 || got.Largest.Abs().Cmp(want.Largest.Abs()) != 0 {
					t.Errorf("%s %s %s is told as %+v, its facts say %+v", code, figures[n].Scope, p, got, want)
				}
			}
		}
	}
}

func cellOf(t *testing.T, facts []indicator.Fact) (c indicator.Cell) {
	units := map[string]unit.Decimal{}
	sum := func(a, b unit.Decimal) unit.Decimal {
		s, err := a.Add(b)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, x := range facts {
		v := unit.MustParse(x.Value)
		if x.Minus {
			v = v.Neg()
		}
		units[x.Enterprise], c.Total = sum(units[x.Enterprise], v), sum(c.Total, v)
	}
	c.Units = len(units)
	for _, v := range units {
		if v.Abs().Cmp(c.Largest.Abs()) > 0 {
			c.Largest = v
		}
	}
	return c
}
