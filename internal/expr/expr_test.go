package expr

import (
	"errors"
	"strings"
	"testing"

	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

var env = func() *Env {
	e, err := NewEnv([]Var{
		{"c05", fact.Number},
		{"c06", fact.Number},
		{"gone", fact.Number},
		{"prev.c05", fact.Number},
		{"trade", fact.Text},
		{"on", fact.Day},
		{"ok", fact.Bool},
		{"tags", fact.List},
		{"state", fact.Text},
	}, Func{Name: "section", Params: 1, Impl: func(a []string) fact.Value { return fact.TextOf(a[0][:1]) }})
	if err != nil {
		panic(err)
	}
	return e
}()

func names(n string) fact.Value {
	return map[string]fact.Value{
		"c05": fact.NumberOf(unit.MustParse("10.50")), "c06": fact.NumberOf(unit.MustParse("0.1")), "prev.c05": fact.NumberOf(unit.MustParse("8")),
		"trade": fact.TextOf("power"), "on": fact.DayOf(period.MustDay("2025-03-01")), "ok": fact.BoolOf(true), "tags": fact.ListOf("a", "b"), "state": fact.TextOf("open"),
	}[n]
}

func TestConditions(t *testing.T) {
	for _, c := range []struct {
		text        string
		ok, applies bool
	}{
		{"c05 == 10.5", true, true},
		{"c06 + c06 + c06 == 0.3", true, true},
		{"c05 - c06 > 10.4", false, true},
		{"c05 >= prev.c05", true, true},
		{"gone > 1", false, false},
		{"gone == 1", false, true},
		{"gone == null", true, true},
		{"!present(gone) && nz(gone) == 0", true, true},
		{"c05 > 5 || gone > 1", true, true},
		{"trade == 'power' && state != 'planned'", true, true},
		{"trade in ['telecom', 'power']", true, true},
		{"on >= '2025-01-01' && on < '2026-01-01'", true, true},
		{"ok && 'b' in tags", true, true},
		{"section(trade) == 'p'", true, true},
		{"near(c05, 10, 0)", true, true}, // 0.5 off is the rounding of the total itself
		{"near(c05, 9, 1)", false, true},
		{"c05 / 0 > 1", false, false},
		{"abs(c06 - 1) == 0.9", true, true},
	} {
		p, err := env.Condition(c.text)
		if err != nil {
			t.Errorf("Condition(%q): %v", c.text, err)
			continue
		}
		if ok, applies := p.Bool(names); ok != c.ok || applies != c.applies {
			t.Errorf("%q = %v, applies %v; want %v, %v", c.text, ok, applies, c.ok, c.applies)
		}
	}
}

func TestFormulas(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"c05 / 3 * 3", "21/2"},
		{"growth(c05, prev.c05)", "125/4"},
		{"1 - 0.9", "1/10"},
		{"1000000.5 * 2", "2000001"},
	} {
		p, err := env.Formula(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := p.Number(names); err != nil || r.String() != c.want {
			t.Errorf("%q = %v, %v; want %s", c.text, r, err, c.want)
		}
	}
	for text, want := range map[string]error{"gone + 1": ErrAbsent, "c05 / (c06 - 0.1)": unit.ErrZero, "growth(c05, 0)": unit.ErrZero} {
		p, err := env.Formula(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Number(names); !errors.Is(err, want) {
			t.Errorf("%q: err %v, want %v", text, err, want)
		}
	}
}

func TestFaultsNameTheNearestWord(t *testing.T) {
	_, err := env.Condition("trde == 'power'")
	if err == nil || !strings.Contains(err.Error(), "是否想写 trade") {
		t.Errorf("got %v", err)
	}
	if _, err := env.Condition("c05 + 1"); err == nil || !strings.Contains(err.Error(), "是或否") {
		t.Errorf("a number as condition: %v", err)
	}
	if _, err := env.Condition("trade > 1"); err == nil {
		t.Error("text compared with number was accepted")
	}
}

func TestUses(t *testing.T) {
	p, err := env.Formula("c05 + prev.c05 * nz(gone)")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Uses(), " "); got != "c05 gone prev.c05" {
		t.Errorf("Uses() = %s", got)
	}
}
