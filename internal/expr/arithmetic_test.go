package expr

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"gongmai/internal/unit"
)

// formulas are random arithmetic over three names.
func formulas() *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{"c05", "prev.c05", "gone", "0", "2", "0.5", "100", "-3", "9000000000000000"})
	return rapid.Deferred(func() *rapid.Generator[string] {
		sub := rapid.OneOf(leaf, formulas())
		return rapid.OneOf(
			leaf,
			rapid.Custom(func(t *rapid.T) string {
				op := rapid.SampledFrom([]string{"+", "-", "*", "/"}).Draw(t, "op")
				return fmt.Sprintf("(%s %s %s)", sub.Draw(t, "left"), op, sub.Draw(t, "right"))
			}),
			rapid.Custom(func(t *rapid.T) string {
				f := rapid.SampledFrom([]string{"-(%s)", "nz(%s)", "abs(%s)", "nz(-(%s))"}).Draw(t, "function")
				return fmt.Sprintf(f, sub.Draw(t, "argument"))
			}),
			rapid.Custom(func(t *rapid.T) string {
				return fmt.Sprintf("growth(%s, %s)", sub.Draw(t, "cur"), sub.Draw(t, "base"))
			}),
		)
	})
}

// Arithmetic without CEL comes to what CEL comes to, absences and divisions by
// zero included.
func TestArithmeticAgainstCEL(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := formulas().Draw(t, "formula")
		p, err := env.Formula(text)
		if err != nil {
			t.Fatal(err)
		}
		if p.sum == nil {
			t.Fatalf("%s is arithmetic, but evaluated by CEL", text)
		}
		values := map[string]unit.Ratio{}
		for _, name := range []string{"c05", "prev.c05"} {
			if rapid.IntRange(0, 4).Draw(t, name+" is there") > 0 {
				values[name] = unit.Exact(unit.New(rapid.OneOf(rapid.Int64Range(-9, 9), rapid.Int64()).Draw(t, name), uint8(rapid.IntRange(0, 4).Draw(t, "scale"))))
			}
		}
		figures := Figures(func(name string) (unit.Ratio, bool) { v, ok := values[name]; return v, ok })
		got, err := p.Ratio(figures)
		want, wantErr := p.number(figures)
		if errors.Is(err, unit.ErrZero) != errors.Is(wantErr, unit.ErrZero) || errors.Is(err, ErrAbsent) != errors.Is(wantErr, ErrAbsent) || got.Cmp(want) != 0 {
			t.Fatalf("%s with %v = %s, %v; CEL says %s, %v", text, values, got, err, want, wantErr)
		}
	})
}

// What is more than arithmetic goes through CEL.
func TestChoicesAreLeftToCEL(t *testing.T) {
	p, err := env.Formula("c05 > 0 ? c05 : prev.c05")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := p.Number(names); p.sum != nil || err != nil || r.String() != "21/2" {
		t.Errorf("a choice came to %s, %v (without CEL: %t)", r, err, p.sum != nil)
	}
}
