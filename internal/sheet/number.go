package sheet

import (
	"errors"
	"strconv"
	"strings"

	"gongmai/internal/unit"
)

// figure reads what is no plain number in a number column.
func (c *Column) figure(r Raw, text string, base1904 bool) (Value, string) {
	switch r.Kind {
	case RawNumber: // shown as a date: typed 3/5, or formatted by mistake
		d, ok := fromSerial(text, base1904)
		if !ok {
			return c.number(text, parseNumber)
		}
		return Value{}, "应为数字，现为日期 " + d.String() + "，请把单元格格式改为“常规”后重填"
	case RawText:
		if plain, ok := typedNumber(text); ok {
			return c.number(plain, parseExact)
		}
	}
	return Value{}, "应为数字，现为“" + shown(text) + "”"
}

// number reads a stored or cleaned number and holds it to the column's places.
func (c *Column) number(text string, parse func(string) (unit.Decimal, error)) (Value, string) {
	scale := uint8(0)
	if c.Type == AsDecimal {
		scale = c.Scale
	}
	d, err := parse(text)
	if err == nil {
		var e error
		if d, e = d.Rescale(scale); e == nil {
			return Value{Kind: Number, Number: d}, ""
		} else if !errors.Is(e, unit.ErrOverflow) {
			if scale == 0 {
				return Value{}, "应为整数，现为 " + d.Trim().String()
			}
			return Value{}, "最多 " + strconv.Itoa(int(scale)) + " 位小数，现为 " + d.Trim().String()
		}
		err = unit.ErrOverflow
	}
	switch {
	case errors.Is(err, unit.ErrOverflow):
		return Value{}, "数字太大：" + shown(text)
	case errors.Is(err, errPlaces):
		return Value{}, "最多 " + strconv.Itoa(int(scale)) + " 位小数，现为 " + shown(text)
	}
	return Value{}, "应为数字，现为“" + shown(text) + "”"
}

// errPlaces is a number with more places than a Decimal keeps.
var errPlaces = errors.New("too many decimal places")

// parseExact reads a number that stood as text: every digit counts.
func parseExact(s string) (unit.Decimal, error) {
	if _, frac, _ := strings.Cut(s, "."); len(frac) > unit.MaxScale {
		return unit.Decimal{}, errPlaces
	}
	return unit.Parse(s)
}

// parseNumber reads a number as files store it. Programs store float64 in up
// to 17 digits (1234.5599999999999 for 1234.56) and show 15; so do we.
func parseNumber(s string) (unit.Decimal, error) {
	digits, coef, places, dot := 0, int64(0), 0, false
	i := 0
	if i < len(s) && s[i] == '-' {
		i++
	}
	start := i
	for ; i < len(s) && digits <= 15; i++ {
		switch ch := s[i]; {
		case ch >= '0' && ch <= '9':
			coef = coef*10 + int64(ch-'0')
			if coef > 0 {
				digits++
			}
			if dot {
				places++
			}
		case ch == '.' && !dot && i > start && i+1 < len(s):
			dot = true
		default:
			return parseFloat(s)
		}
	}
	if i < len(s) || i == start || digits > 15 || places > unit.MaxScale {
		return parseFloat(s)
	}
	if start > 0 {
		coef = -coef
	}
	return unit.New(coef, uint8(places)), nil
}

// parseFloat takes the numbers that need care: long ones and 7.0000000000000007E-2.
func parseFloat(s string) (unit.Decimal, error) {
	s = trim(s)
	if d, err := unit.Parse(s); err == nil && d.Scale() == 0 {
		return d, nil // a long whole number is exact as it stands
	}
	x, err := strconv.ParseFloat(s, 64)
	if errors.Is(err, strconv.ErrRange) {
		return unit.Decimal{}, unit.ErrOverflow
	}
	if err != nil || strings.ContainsAny(s, "xXpPnN_") { // Go's own forms of numbers: 0x1p3, Inf, NaN, 1_0
		return unit.Decimal{}, unit.ErrSyntax
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', 14, 64), "e")
	e, err := strconv.Atoi(exponent)
	if err != nil {
		return unit.Decimal{}, unit.ErrSyntax
	}
	neg := strings.HasPrefix(mantissa, "-")
	digits := strings.TrimRight(strings.Replace(strings.TrimPrefix(mantissa, "-"), ".", "", 1), "0")
	if digits == "" {
		return unit.Decimal{}, nil
	}
	places := len(digits) - 1 - e
	switch {
	case places < 0 && -places > 18:
		return unit.Decimal{}, unit.ErrOverflow
	case places < 0:
		digits += strings.Repeat("0", -places)
		places = 0
	case places > unit.MaxScale:
		return unit.Decimal{}, errPlaces
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return unit.Decimal{}, unit.ErrOverflow
	}
	if neg {
		n = -n
	}
	return unit.New(n, uint8(places)), nil
}

// typedNumber cleans a number that stands as text: full-width digits, spaces
// around it and thousands separators in their places. Nothing else.
func typedNumber(s string) (plain string, ok bool) {
	t := strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == '−':
			return '-'
		}
		return r
	}, s)
	sign := ""
	if strings.HasPrefix(t, "-") {
		sign, t = "-", t[1:]
	}
	whole, frac, dotted := strings.Cut(t, ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, g := range groups {
			if g == "" || len(g) > 3 || (i > 0 && len(g) != 3) {
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	if !allDigits(whole) || (dotted && !allDigits(frac)) {
		return "", false
	}
	if frac = strings.TrimRight(frac, "0"); frac != "" {
		return sign + whole + "." + frac, true
	}
	return sign + whole, true
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
