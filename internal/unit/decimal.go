package unit

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strings"
)

// MaxScale is the largest number of decimal places a Decimal keeps.
const MaxScale = 9

// Errors of decimal arithmetic. None is ever swallowed into a wrong figure.
var (
	ErrOverflow = errors.New("decimal overflow")
	ErrSyntax   = errors.New("not a decimal number")
)

// Decimal is an exact decimal number: coef × 10^-scale.
//
// The zero value is 0. + − × are exact or fail with ErrOverflow; a quotient
// is a Ratio until it is printed.
type Decimal struct {
	coef  int64
	scale uint8
}

var pow10 = [...]int64{1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// New returns coef × 10^-scale. scale is at most MaxScale.
func New(coef int64, scale uint8) Decimal { return Decimal{coef, scale} }

// Int returns n as a Decimal.
func Int(n int64) Decimal { return Decimal{coef: n} }

// Coef and Scale return the two parts as they were given.
func (d Decimal) Coef() int64  { return d.coef }
func (d Decimal) Scale() uint8 { return d.scale }

// Parse reads an optional sign, digits and at most MaxScale decimal places.
// It takes no thousands separators, spaces or exponents: cleaning is the
// reader's work, so that nothing is guessed here.
func Parse(s string) (Decimal, error) {
	t, neg := s, false
	if t != "" && (t[0] == '-' || t[0] == '+') {
		neg = t[0] == '-'
		t = t[1:]
	}
	whole, frac, dotted := strings.Cut(t, ".")
	if whole == "" || (dotted && frac == "") || len(frac) > MaxScale {
		return Decimal{}, fmt.Errorf("parsing %q: %w", s, ErrSyntax)
	}
	var c uint64
	for _, r := range whole + frac {
		if r < '0' || r > '9' {
			return Decimal{}, fmt.Errorf("parsing %q: %w", s, ErrSyntax)
		}
		hi, lo := bits.Mul64(c, 10)
		c = lo + uint64(r-'0')
		if hi != 0 || c > math.MaxInt64 {
			return Decimal{}, fmt.Errorf("parsing %q: %w", s, ErrOverflow)
		}
	}
	v := int64(c)
	if neg {
		v = -v
	}
	return Decimal{v, uint8(len(frac))}, nil
}

// MustParse is Parse for constants; it panics on a bad one.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String prints all decimal places that d has: 12.50 stays 12.50.
func (d Decimal) String() string { return string(d.Append(nil)) }

// Append appends String to b.
func (d Decimal) Append(b []byte) []byte {
	u := uint64(d.coef)
	if d.coef < 0 {
		b = append(b, '-')
		u = -u
	}
	var buf [24]byte
	i := len(buf)
	for n := 0; u > 0 || n <= int(d.scale); n++ {
		if n == int(d.scale) && n > 0 {
			i--
			buf[i] = '.'
		}
		i--
		buf[i] = byte('0' + u%10)
		u /= 10
	}
	return append(b, buf[i:]...)
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.coef < 0:
		return -1
	case d.coef > 0:
		return 1
	}
	return 0
}

// Neg returns -d.
func (d Decimal) Neg() Decimal { return Decimal{-d.coef, d.scale} }

// Abs returns |d|.
func (d Decimal) Abs() Decimal {
	if d.coef < 0 {
		return d.Neg()
	}
	return d
}

// Rescale returns d with exactly scale places. It fails where places that are
// not zero would be lost, or on overflow.
func (d Decimal) Rescale(scale uint8) (Decimal, error) {
	switch {
	case scale == d.scale:
		return d, nil
	case scale > d.scale:
		c, ok := mul(d.coef, pow10[scale-d.scale])
		if !ok {
			return d, ErrOverflow
		}
		return Decimal{c, scale}, nil
	}
	p := pow10[d.scale-scale]
	if d.coef%p != 0 {
		return d, fmt.Errorf("%s has more than %d decimal places: %w", d, scale, ErrSyntax)
	}
	return Decimal{d.coef / p, scale}, nil
}

// Trim drops trailing zero places: 12.50 becomes 12.5.
func (d Decimal) Trim() Decimal {
	for d.scale > 0 && d.coef%10 == 0 {
		d.coef /= 10
		d.scale--
	}
	return d
}

// Round returns d with exactly scale places, half away from zero (四舍五入).
func (d Decimal) Round(scale uint8) (Decimal, error) {
	if scale >= d.scale {
		return d.Rescale(scale)
	}
	p := pow10[d.scale-scale]
	q, r := d.coef/p, d.coef%p
	if r < 0 {
		r = -r
	}
	if r*2 >= p {
		if d.coef < 0 {
			q--
		} else {
			q++
		}
	}
	return Decimal{q, scale}, nil
}

func mul(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	c := a * b
	if c/b != a || (a == -1 && b == math.MinInt64) || (b == -1 && a == math.MinInt64) {
		return 0, false
	}
	return c, true
}

func align(a, b Decimal) (x, y Decimal, err error) {
	s := max(a.scale, b.scale)
	if x, err = a.Rescale(s); err != nil {
		return x, y, err
	}
	y, err = b.Rescale(s)
	return x, y, err
}

// Add returns d + e.
func (d Decimal) Add(e Decimal) (Decimal, error) {
	x, y, err := align(d, e)
	if err != nil {
		return Decimal{}, err
	}
	c := x.coef + y.coef
	if (c > x.coef) != (y.coef > 0) && y.coef != 0 {
		return Decimal{}, ErrOverflow
	}
	return Decimal{c, x.scale}, nil
}

// Sub returns d − e.
func (d Decimal) Sub(e Decimal) (Decimal, error) { return d.Add(e.Neg()) }

// Mul returns d × e. Places beyond MaxScale must be zero.
func (d Decimal) Mul(e Decimal) (Decimal, error) {
	d, e = d.Trim(), e.Trim()
	c, ok := mul(d.coef, e.coef)
	if !ok {
		return Decimal{}, ErrOverflow
	}
	r := Decimal{c, d.scale + e.scale}
	if r.scale > MaxScale {
		return r.Trim().Rescale(min(r.Trim().scale, MaxScale))
	}
	return r, nil
}

// Cmp compares the values: 1.50 and 1.5 are equal.
func (d Decimal) Cmp(e Decimal) int {
	x, y, err := align(d, e)
	if err != nil { // one of them is too large for the other's places
		return ratCmp(d, e)
	}
	switch {
	case x.coef < y.coef:
		return -1
	case x.coef > y.coef:
		return 1
	}
	return 0
}

// Float64 is for charts and statistics of plausibility only.
func (d Decimal) Float64() float64 { return float64(d.coef) / float64(pow10[d.scale]) }

// MarshalText makes JSON carry decimals as strings.
func (d Decimal) MarshalText() ([]byte, error) { return d.Append(nil), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Decimal) UnmarshalText(b []byte) (err error) {
	*d, err = Parse(string(b))
	return err
}
