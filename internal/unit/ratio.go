package unit

import (
	"errors"
	"math/big"
)

// ErrZero is division by zero: such a quotient has no meaning and prints "—".
var ErrZero = errors.New("division by zero")

// Ratio is an exact rational number: what a quotient stays until it is printed.
// The zero value is 0.
type Ratio struct{ r *big.Rat }

func rat(d Decimal) *big.Rat { return new(big.Rat).SetFrac64(d.coef, pow10[d.scale]) }

func ratCmp(d, e Decimal) int { return rat(d).Cmp(rat(e)) }

// Exact returns d as a Ratio.
func Exact(d Decimal) Ratio { return Ratio{rat(d)} }

// Quo returns d ÷ e.
func Quo(d, e Decimal) (Ratio, error) { return Exact(d).Quo(Exact(e)) }

func (a Ratio) rat() *big.Rat {
	if a.r == nil {
		return new(big.Rat)
	}
	return a.r
}

// Add returns a + b.
func (a Ratio) Add(b Ratio) Ratio { return Ratio{new(big.Rat).Add(a.rat(), b.rat())} }

// Sub returns a − b.
func (a Ratio) Sub(b Ratio) Ratio { return Ratio{new(big.Rat).Sub(a.rat(), b.rat())} }

// Mul returns a × b.
func (a Ratio) Mul(b Ratio) Ratio { return Ratio{new(big.Rat).Mul(a.rat(), b.rat())} }

// Quo returns a ÷ b, or ErrZero.
func (a Ratio) Quo(b Ratio) (Ratio, error) {
	if b.rat().Sign() == 0 {
		return Ratio{}, ErrZero
	}
	return Ratio{new(big.Rat).Quo(a.rat(), b.rat())}, nil
}

// Cmp compares a with b.
func (a Ratio) Cmp(b Ratio) int { return a.rat().Cmp(b.rat()) }

// Sign is -1, 0 or 1.
func (a Ratio) Sign() int { return a.rat().Sign() }

// Decimal returns a where it has at most MaxScale places, ok false otherwise.
func (a Ratio) Decimal() (d Decimal, ok bool) {
	n := new(big.Int).Mul(a.rat().Num(), big.NewInt(pow10[MaxScale]))
	q, m := new(big.Int).QuoRem(n, a.rat().Denom(), new(big.Int))
	if m.Sign() != 0 || !q.IsInt64() {
		return Decimal{}, false
	}
	return Decimal{q.Int64(), MaxScale}.Trim(), true
}

// Round returns a with exactly scale places, half away from zero.
func (a Ratio) Round(scale uint8) (Decimal, error) {
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

// String prints numerator/denominator, as lineage shows it.
func (a Ratio) String() string { return a.rat().RatString() }
