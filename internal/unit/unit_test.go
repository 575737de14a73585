package unit

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "-0.50": "-0.50", "+12": "12", "007": "7", "9223372036854775807": "9223372036854775807", "0.000000001": "0.000000001"} {
		if d, err := Parse(in); err != nil || d.String() != want {
			t.Errorf("Parse(%q) = %s, %v; want %s", in, d, err, want)
		}
	}
	for _, in := range []string{"", "-", ".5", "5.", "1,234", "1e3", "１２", "0.0000000001", " 1", "--1"} {
		if d, err := Parse(in); !errors.Is(err, ErrSyntax) {
			t.Errorf("Parse(%q) = %s, %v; want a syntax error", in, d, err)
		}
	}
	if _, err := Parse("9223372036854775808"); !errors.Is(err, ErrOverflow) {
		t.Errorf("too large: %v", err)
	}
}

func decimals() *rapid.Generator[Decimal] {
	return rapid.Custom(func(t *rapid.T) Decimal {
		return New(rapid.Int64Range(-1e15, 1e15).Draw(t, "coef"), uint8(rapid.IntRange(0, 6).Draw(t, "scale")))
	})
}

func rat(d Decimal) *big.Rat { return new(big.Rat).SetFrac64(d.coef, pow10[d.scale]) }

// + − × agree with big.Rat, or say that they overflow.
func TestArithmeticIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := decimals().Draw(t, "a"), decimals().Draw(t, "b")
		for name, op := range map[string]struct {
			dec func(Decimal, Decimal) (Decimal, error)
			rat func(z, x, y *big.Rat) *big.Rat
		}{"+": {Decimal.Add, (*big.Rat).Add}, "-": {Decimal.Sub, (*big.Rat).Sub}, "*": {Decimal.Mul, (*big.Rat).Mul}} {
			got, err := op.dec(a, b)
			want := op.rat(new(big.Rat), rat(a), rat(b))
			if err == nil && rat(got).Cmp(want) != 0 {
				t.Fatalf("%s %s %s = %s, want %s", a, name, b, got, want.FloatString(9))
			}
			if err != nil && !errors.Is(err, ErrOverflow) && !errors.Is(err, ErrSyntax) {
				t.Fatalf("%s %s %s: %v", a, name, b, err)
			}
		}
		if (a.Cmp(b) < 0) != (rat(a).Cmp(rat(b)) < 0) {
			t.Fatalf("Cmp(%s, %s) is wrong", a, b)
		}
		if back, err := Parse(a.String()); err != nil || back != a {
			t.Fatalf("Parse(String(%s)) = %s, %v", a, back, err)
		}
	})
}

func TestRoundHalfUp(t *testing.T) {
	for _, c := range []struct {
		in    string
		scale uint8
		want  string
	}{{"2.5", 0, "3"}, {"-2.5", 0, "-3"}, {"2.449", 1, "2.4"}, {"2.45", 1, "2.5"}, {"0.005", 2, "0.01"}, {"-0.004", 2, "0.00"}, {"7", 2, "7.00"}} {
		d, err := MustParse(c.in).Round(c.scale)
		if err != nil || d.String() != c.want {
			t.Errorf("%s to %d places = %s, %v; want %s", c.in, c.scale, d, err, c.want)
		}
		if r, err := Exact(MustParse(c.in)).Round(c.scale); err != nil || r.Cmp(d) != 0 {
			t.Errorf("as a ratio, %s to %d places = %s, %v; want %s", c.in, c.scale, r, err, c.want)
		}
	}
	third, err := Quo(Int(1), Int(3))
	if err != nil {
		t.Fatal(err)
	}
	if d, err := third.Round(4); err != nil || d.String() != "0.3333" {
		t.Errorf("1/3 = %s, %v", d, err)
	}
	if _, ok := third.Decimal(); ok {
		t.Error("1/3 has an exact decimal")
	}
}

func TestOverflowIsAnError(t *testing.T) {
	big := Int(math.MaxInt64)
	if _, err := big.Add(Int(1)); !errors.Is(err, ErrOverflow) {
		t.Errorf("max + 1: %v", err)
	}
	if _, err := big.Mul(Int(2)); !errors.Is(err, ErrOverflow) {
		t.Errorf("max × 2: %v", err)
	}
	if _, err := Quo(big, Int(0)); !errors.Is(err, ErrZero) {
		t.Errorf("÷ 0: %v", err)
	}
}

func TestConvert(t *testing.T) {
	table := Table{
		"千元": {"千元", "money", Int(1000)}, "亿元": {"亿元", "money", Int(1e8)}, "户": {"户", "enterprise", Int(1)},
	}
	v, err := table.Convert(Exact(MustParse("123456")), "千元", "亿元")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := v.Round(2); err != nil || d.String() != "1.23" {
		t.Errorf("123456千元 = %s亿元, %v", d, err)
	}
	if _, err := table.Convert(v, "亿元", "户"); err == nil {
		t.Error("money was converted to enterprises")
	}
	if _, err := table.Convert(v, "亿元", "吨"); err == nil {
		t.Error("an unknown unit was accepted")
	}
}
