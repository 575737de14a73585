package unit

import (
	"errors"
	"math"
	"math/big"
	"math/bits"
)

// ErrZero is division by zero: such a quotient has no meaning and prints "—".
var ErrZero = errors.New("division by zero")

// Ratio is an exact rational number: what a quotient stays until it is printed.
// The zero value is 0.
//
// Nearly all fit two machine words, not always in lowest terms; what does not is
// kept as a big.Rat.
type Ratio struct {
	num int64 // never math.MinInt64
	den int64 // > 0; 0 means 1
	r   *big.Rat
}

func ratCmp(d, e Decimal) int { return Exact(d).rat().Cmp(Exact(e).rat()) }

// Exact returns d as a Ratio.
func Exact(d Decimal) Ratio {
	if d = d.Trim(); d.coef == math.MinInt64 {
		return Ratio{r: new(big.Rat).SetFrac64(d.coef, pow10[d.scale])}
	}
	return Ratio{num: d.coef, den: pow10[d.scale]}
}

// Quo returns d ÷ e.
func Quo(d, e Decimal) (Ratio, error) { return Exact(d).Quo(Exact(e)) }

func (a Ratio) rat() *big.Rat {
	if a.r != nil {
		return a.r
	}
	return new(big.Rat).SetFrac64(a.num, a.over())
}

// over is the denominator of a small ratio.
func (a Ratio) over() int64 { return max(a.den, 1) }

// shrink puts a big result back into two words where it fits.
func shrink(r *big.Rat) Ratio {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Ratio{num: r.Num().Int64(), den: r.Denom().Int64()}
	}
	return Ratio{r: r}
}

// small reports whether both are kept in two words.
func small(a, b Ratio) bool { return a.r == nil && b.r == nil }

// Add returns a + b.
func (a Ratio) Add(b Ratio) Ratio {
	if small(a, b) {
		x, ok := mul(a.num, b.over())
		y, ok2 := mul(b.num, a.over())
		den, ok3 := mul(a.over(), b.over())
		if a.over() == b.over() {
			x, y, den, ok, ok2, ok3 = a.num, b.num, a.over(), true, true, true
		}
		if s := x + y; ok && ok2 && ok3 && (s > x) == (y > 0) && s != math.MinInt64 {
			return Ratio{num: s, den: den}
		}
	}
	return shrink(new(big.Rat).Add(a.rat(), b.rat()))
}

// Sub returns a − b.
func (a Ratio) Sub(b Ratio) Ratio { return a.Add(b.Neg()) }

// Neg returns −a.
func (a Ratio) Neg() Ratio {
	if a.r == nil {
		return Ratio{num: -a.num, den: a.den}
	}
	return shrink(new(big.Rat).Neg(a.r))
}

// Mul returns a × b.
func (a Ratio) Mul(b Ratio) Ratio {
	if small(a, b) {
		num, ok := mul(a.num, b.num)
		den, ok2 := mul(a.over(), b.over())
		if ok && ok2 && num != math.MinInt64 {
			return Ratio{num: num, den: den}
		}
	}
	return shrink(new(big.Rat).Mul(a.rat(), b.rat()))
}

// Quo returns a ÷ b, or ErrZero.
func (a Ratio) Quo(b Ratio) (Ratio, error) {
	if b.Sign() == 0 {
		return Ratio{}, ErrZero
	}
	if b.r != nil {
		return shrink(new(big.Rat).Quo(a.rat(), b.r)), nil
	}
	if a.r == nil && a.over() == b.over() {
		a.den, b.den = 1, 1 // as two sums of one column have it
	}
	if b.num < 0 {
		return a.Mul(Ratio{num: -b.over(), den: -b.num}), nil
	}
	return a.Mul(Ratio{num: b.over(), den: b.num}), nil
}

// Cmp compares a with b.
func (a Ratio) Cmp(b Ratio) int { return a.Sub(b).Sign() }

// Sign is -1, 0 or 1.
func (a Ratio) Sign() int {
	if a.r != nil {
		return a.r.Sign()
	}
	return Int(a.num).Sign()
}

// Decimal returns a where it has at most MaxScale places, ok false otherwise.
func (a Ratio) Decimal() (d Decimal, ok bool) {
	n, m, fits := a.scaled(pow10[MaxScale])
	if !fits {
		return a.bigDecimal()
	}
	return Decimal{n, MaxScale}.Trim(), m == 0
}

// scaled is a × by without its fraction; m is not 0 where there is one.
func (a Ratio) scaled(by int64) (n int64, m uint64, fits bool) {
	if a.r != nil {
		return 0, 0, false
	}
	hi, lo := bits.Mul64(uint64(max(a.num, -a.num)), uint64(by))
	if hi >= uint64(a.over()) {
		return 0, 0, false
	}
	q, m := bits.Div64(hi, lo, uint64(a.over()))
	if q > math.MaxInt64 {
		return 0, 0, false
	}
	if a.num < 0 {
		return -int64(q), m, true
	}
	return int64(q), m, true
}

func (a Ratio) bigDecimal() (d Decimal, ok bool) {
	n := new(big.Int).Mul(a.rat().Num(), big.NewInt(pow10[MaxScale]))
	q, m := new(big.Int).QuoRem(n, a.rat().Denom(), new(big.Int))
	if m.Sign() != 0 || !q.IsInt64() {
		return Decimal{}, false
	}
	return Decimal{q.Int64(), MaxScale}.Trim(), true
}

// Round returns a with exactly scale places, half away from zero.
func (a Ratio) Round(scale uint8) (Decimal, error) {
	if n, m, fits := a.scaled(pow10[scale]); fits && n != math.MaxInt64 && n != -math.MaxInt64 {
		switch {
		case m < uint64(a.over())-m: // less than a half
		case a.num < 0:
			n--
		default:
			n++
		}
		return Decimal{n, scale}, nil
	}
	n := new(big.Int).Mul(a.rat().Num(), big.NewInt(2*pow10[scale]))
	d := a.rat().Denom()
	neg := n.Sign() < 0
	n.Abs(n).Add(n, d)
	q := n.Quo(n, new(big.Int).Lsh(d, 1))
	if !q.IsInt64() {
		return Decimal{}, ErrOverflow
	}
	c := q.Int64()
	if neg {
		c = -c
	}
	return Decimal{c, scale}, nil
}

// String prints numerator/denominator in lowest terms, as lineage shows it.
func (a Ratio) String() string { return a.rat().RatString() }
