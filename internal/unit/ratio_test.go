package unit

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// extremes are near zero, ordinary, and so large that two words do not hold
// what becomes of them.
func extremes() *rapid.Generator[Decimal] {
	coef := rapid.OneOf(rapid.Int64Range(-3, 3), rapid.Int64Range(-1e6, 1e6), rapid.Int64(), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, -math.MaxInt64}))
	return rapid.Custom(func(t *rapid.T) Decimal {
		return New(coef.Draw(t, "coef"), uint8(rapid.IntRange(0, MaxScale).Draw(t, "scale")))
	})
}

// A ratio computes as math/big does, whichever way it is kept.
func TestRatioAgainstBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Ratio{}
		want := new(big.Rat)
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			d := extremes().Draw(t, "operand")
			b, e := Exact(d), new(big.Rat).SetFrac64(d.coef, pow10[d.scale])
			switch rapid.IntRange(0, 4).Draw(t, "op") {
			case 0:
				a, want = a.Add(b), want.Add(want, e)
			case 1:
				a, want = a.Sub(b), want.Sub(want, e)
			case 2:
				a, want = a.Mul(b), want.Mul(want, e)
			case 3:
				q, err := a.Quo(b)
				if (e.Sign() == 0) != errors.Is(err, ErrZero) {
					t.Fatalf("%s ÷ %s: %v", a, b, err)
				}
				if err == nil {
					a, want = q, want.Quo(want, e)
				}
			case 4:
				if got := a.Cmp(b); got != want.Cmp(e) {
					t.Fatalf("Cmp(%s, %s) = %d", a, b, got)
				}
				a, want = a.Neg(), want.Neg(want)
			}
		}
		if a.String() != want.RatString() || a.Sign() != want.Sign() {
			t.Fatalf("%s (sign %d), want %s", a, a.Sign(), want.RatString())
		}
		sameAsBig(t, a, Ratio{r: want})
	})
}

// sameAsBig holds what is made of a ratio in two words to what big.Rat makes of it.
func sameAsBig(t *rapid.T, a, want Ratio) {
	d, ok := a.Decimal()
	if e, ok2 := want.Decimal(); ok != ok2 || (ok && d != e) {
		t.Fatalf("%s.Decimal() = %s, %t; want %s, %t", a, d, ok, e, ok2)
	}
	scale := uint8(rapid.IntRange(0, MaxScale).Draw(t, "places"))
	d, err := a.Round(scale)
	if e, err2 := want.Round(scale); d != e || !errors.Is(err, err2) {
		t.Fatalf("%s.Round(%d) = %s, %v; want %s, %v", a, scale, d, err, e, err2)
	}
}
