package sheet

import (
	"strconv"
	"strings"

	"gongmai/internal/period"
)

// day reads a day: a serial number, or text in year, month, day order. What
// could be either day first or month first is refused.
func (c *Column) day(r Raw, text string, base1904 bool) (Value, string) {
	switch r.Kind {
	case RawNumber:
		if d, ok := compactDay(text); ok && !r.Dated {
			return OfDay(d), ""
		}
		if d, ok := fromSerial(text, base1904); ok {
			return OfDay(d), ""
		}
	case RawDay:
		if d, err := period.ParseDay(text[:min(len(text), 10)]); err == nil {
			return OfDay(d), ""
		}
	case RawText:
		if d, ok := typedDay(text); ok {
			return OfDay(d), ""
		}
	}
	return Value{}, "应为日期（如 2025-11-22），现为“" + shown(text) + "”"
}

// Days outside are surely typing errors.
var (
	earliest = period.MustDay("1900-03-01")
	latest   = period.MustDay("2199-12-31")
)

// fromSerial reads days since the epoch; a time of day is cut off. Numbers
// outside earliest to latest are no days.
func fromSerial(text string, base1904 bool) (period.Day, bool) {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || x < 0 || x > 200_000 {
		return 0, false
	}
	d := epoch.Add(int(x))
	if base1904 {
		d = d.Add(1462)
	}
	return d, d >= earliest && d <= latest
}

// compactDay reads 20251122.
func compactDay(s string) (period.Day, bool) {
	if len(s) != 8 || !allDigits(s) {
		return 0, false
	}
	return civil(s[:4], s[4:6], s[6:])
}

// typedDay reads 2025-11-22, 2025/1/2, 2025.1.2, 2025年1月2日, 20251122, with a time behind or not.
func typedDay(s string) (period.Day, bool) {
	s = narrow(s)
	if i := strings.IndexAny(s, " T"); i >= 8 {
		s = s[:i]
	}
	if d, ok := compactDay(s); ok {
		return d, true
	}
	for _, seps := range [][3]string{{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}} {
		y, rest, ok1 := strings.Cut(s, seps[0])
		m, d, ok2 := strings.Cut(rest, seps[1])
		if ok1 && ok2 && len(y) == 4 {
			return civil(y, strings.TrimSpace(m), strings.TrimSuffix(strings.TrimSpace(d), seps[2]))
		}
	}
	return 0, false
}

// civil returns the day, ok false where the calendar has none such.
func civil(y, m, d string) (period.Day, bool) {
	if !allDigits(y) || !allDigits(m) || !allDigits(d) || len(m) > 2 || len(d) > 2 {
		return 0, false
	}
	day, err := period.ParseDay(y + "-" + pad(m) + "-" + pad(d))
	return day, err == nil && day >= earliest && day <= latest
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// epoch is day 0 of spreadsheets; it makes 1900-03-01 day 61, before which
// they count a 29 February 1900 that never was.
var epoch = period.MustDay("1899-12-30")

func serial(d period.Day) int { return d.Sub(epoch) }
