package demo

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	content "gongmai/catalog"
	"gongmai/internal/catalog"
	"gongmai/internal/period"
)

func TestScriptRefusals(t *testing.T) {
	cat, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	people := "town: {people: [{login: a, name: 甲, role: official}, {login: b, name: 乙, role: reviewer}]}\n---\n"
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":      {"ledger: {code: demand, casess: []}", "casess"},
		"unknown gen key":  {"ledger: {code: demand, set: {title: {pik: [a]}}}", "pik"},
		"unknown ledger":   {"ledger: {code: demands, cases: []}", "没有台账 demands"},
		"unknown step":     {"ledger: {code: demand, cases: [{number: 1, paths: [{steps: [{step: rise}]}]}]}", "没有步骤 rise"},
		"unknown field":    {"ledger: {code: demand, set: {titel: x}}", "没有字段 titel"},
		"unknown option":   {"ledger: {code: demand, set: {category: fund}}", "fund"},
		"no path":          {"ledger: {code: demand, cases: [{number: 1}]}", "没有 paths"},
		"unknown form":     {"form: {code: B999}", "没有报表 B999"},
		"unknown item":     {"form: {code: B203, take: {c99: output}}", "没有项目 c99"},
		"unknown quantity": {"form: {code: B203, take: {c12: turnover}}", "没有数量 turnover"},
		"unknown figure":   {"given: {indicator: gdp}", "没有指标 gdp"},
		"bad span":         {"ledger: {code: demand, cases: [{number: 5..x}]}", "3..10"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := ReadScript(fstest.MapFS{"a.yaml": {Data: []byte(people + c.text)}})
			if err == nil {
				err = s.Check(cat)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestIDsAreShortAndInOrder(t *testing.T) {
	next, again := IDs(5), IDs(5)
	var ids []string
	for range 5000 {
		id := next()
		if len(id) != 8 || id != again() {
			t.Fatalf("id %q", id)
		}
		ids = append(ids, id)
	}
	if !slices.IsSorted(ids) || len(slices.Compact(ids)) != 5000 {
		t.Error("ids are not in the order of their making, or not unique")
	}
}

// The lines of a month's statement follow from each other to the last digit,
// whatever the plant and whatever a wrong return made of it.
func TestStatementsBalance(t *testing.T) {
	tree, err := fs.Sub(content.FS, "demo")
	if err != nil {
		t.Fatal(err)
	}
	script, err := ReadScript(tree)
	if err != nil {
		t.Fatal(err)
	}
	from := period.NewMonth(2024, 1)
	rapid.Check(t, func(t *rapid.T) {
		p := plant{
			prof: &script.Profiles[rapid.IntRange(0, len(script.Profiles)-1).Draw(t, "profile")], export: 0.2,
			scale: rapid.Float64Range(100, 60000).Draw(t, "scale"), growth: rapid.Float64Range(-0.2, 0.3).Draw(t, "growth"),
		}
		p.draw(streamOf(rapid.Uint64().Draw(t, "seed")), from, from+12, from+23, from-20, 0, []stop{{from: from + 5, to: from + 8, reason: "season"}})
		v, lat := p.at(from+period.Month(rapid.IntRange(0, 22).Draw(t, "month")), rapid.Float64Range(0.9, 1.1).Draw(t, "tilt"))
		if v[assets] != v[debt]+v[equity] || v[profit] != v[operatingProfit]+v[extraIncome]-v[extraExpense] {
			t.Errorf("the sheet does not balance: %v", v)
		}
		if v[currentAssets] < v[receivables]+v[inventory] || v[inventory] < v[finished] || v[assets] < v[currentAssets] ||
			v[debt] < v[currentDebt] || v[currentDebt] < v[payables] || v[fixedAssets] < v[depreciation] || v[sales] < v[export] {
			t.Errorf("a part is more than its whole: %v", v)
		}
		if lat.state == stopped && (v[output] != 0 || v[runningDays] != 0) {
			t.Errorf("a stopped plant made %d in %d days", v[output], v[runningDays])
		}
	})
}

func TestClockNeverRunsBack(t *testing.T) {
	c := NewClock(Options{Until: period.MustDay("2025-12-31"), Years: 1})
	begin := c.Now()
	if got := period.DayOf(begin); got != period.MustDay("2025-01-01") {
		t.Errorf("the clock begins on %s", got)
	}
	c.to(atMinute(period.MustDay("2025-03-01"), 600))
	c.to(atMinute(period.MustDay("2025-02-01"), 600))
	if got := period.DayOf(c.Now()); got != period.MustDay("2025-03-01") {
		t.Errorf("the clock ran back to %s", got)
	}
}
