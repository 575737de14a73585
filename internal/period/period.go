package period

import (
	"fmt"
	"strconv"
	"strings"
)

// Month is a month as year*12 + month-1; months subtract as integers.
type Month int32

// NewMonth returns the month of a year; month may run over either end.
func NewMonth(year, month int) Month { return Month(year*12 + month - 1) }

// Year and Month are the parts of m; Month is 1–12.
func (m Month) Year() int  { return int(m) / 12 }
func (m Month) Month() int { return int(m)%12 + 1 }

// First and Last are the first and last day of m.
func (m Month) First() Day { return NewDay(m.Year(), m.Month(), 1) }
func (m Month) Last() Day  { return (m + 1).First().Add(-1) }

// Period returns m as a Period.
func (m Month) Period() Period { return Period{m, m} }

func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year(), m.Month()) }

// Period is a span of months within one year, ends included.
//
// One span has one name: 2025-01..12 is 2025, and 2025-04..06 is 2025Q2, while
// spans from January keep their cumulative name (2025-01..06), because that is
// how they are published. The zero value is no period.
type Period struct{ From, To Month }

// Year returns the whole year.
func Year(y int) Period { return Period{NewMonth(y, 1), NewMonth(y, 12)} }

// YTD returns the cumulative span from January to m (1–N月).
func YTD(m Month) Period { return Period{NewMonth(m.Year(), 1), m} }

// Parse reads 2025, 2025H1, 2025Q3, 2025-11 or 2025-01..11.
func Parse(s string) (Period, error) {
	bad := fmt.Errorf("parsing period %q: want 2025, 2025H1, 2025Q3, 2025-11 or 2025-01..11", s)
	if len(s) < 4 {
		return Period{}, bad
	}
	y, err := strconv.Atoi(s[:4])
	if err != nil || y < 1949 || y > 2200 {
		return Period{}, bad
	}
	rest := s[4:]
	two := func(t string) int {
		n, err := strconv.Atoi(t)
		if err != nil || len(t) != 2 || n < 1 || n > 12 {
			return 0
		}
		return n
	}
	switch {
	case rest == "":
		return Year(y), nil
	case len(rest) == 2 && rest[0] == 'H' && (rest[1] == '1' || rest[1] == '2'):
		h := int(rest[1] - '1')
		return Period{NewMonth(y, h*6+1), NewMonth(y, h*6+6)}, nil
	case len(rest) == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4':
		q := int(rest[1] - '1')
		return Period{NewMonth(y, q*3+1), NewMonth(y, q*3+3)}, nil
	case rest[0] == '-':
		a, b, span := strings.Cut(rest[1:], "..")
		from := two(a)
		to := from
		if span {
			to = two(b)
		}
		if from == 0 || to < from {
			return Period{}, bad
		}
		return Period{NewMonth(y, from), NewMonth(y, to)}, nil
	}
	return Period{}, bad
}

// MustParse is Parse for constants.
func MustParse(s string) Period {
	p, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return p
}

func (p Period) String() string {
	if p == (Period{}) {
		return ""
	}
	y, f, t := p.From.Year(), p.From.Month(), p.To.Month()
	switch {
	case f == 1 && t == 12:
		return strconv.Itoa(y)
	case f == t:
		return p.From.String()
	case f == 7 && t == 12:
		return fmt.Sprintf("%dH2", y)
	case f > 1 && f%3 == 1 && t == f+2:
		return fmt.Sprintf("%dQ%d", y, f/3+1)
	}
	return fmt.Sprintf("%04d-%02d..%02d", y, f, t)
}

// Chinese prints p as a document does: 2025年, 2025年11月, 2025年1—11月.
func (p Period) Chinese() string {
	y, f, t := p.From.Year(), p.From.Month(), p.To.Month()
	switch {
	case f == 1 && t == 12:
		return fmt.Sprintf("%d年", y)
	case f == t:
		return fmt.Sprintf("%d年%d月", y, f)
	}
	return fmt.Sprintf("%d年%d—%d月", y, f, t)
}

// YearOf is the year of p.
func (p Period) YearOf() int { return p.From.Year() }

// First and Last are the first and last day of p.
func (p Period) First() Day { return p.From.First() }
func (p Period) Last() Day  { return p.To.Last() }

// Contains reports whether d lies in p.
func (p Period) Contains(d Day) bool { return d >= p.First() && d <= p.Last() }

// Months is the number of months in p.
func (p Period) Months() int { return int(p.To-p.From) + 1 }

// IsMonth reports whether p is a single month.
func (p Period) IsMonth() bool { return p.From == p.To }

// FromJanuary reports whether p is cumulative from January.
func (p Period) FromJanuary() bool { return p.From.Month() == 1 }

// YearAgo is the same span of the year before.
func (p Period) YearAgo() Period { return Period{p.From - 12, p.To - 12} }

// Previous is the span of the same length just before p, which for a
// cumulative span is the one that ends a month earlier.
func (p Period) Previous() Period {
	if p.FromJanuary() && p.Months() > 1 && p.Months() < 12 {
		return Period{p.From, p.To - 1}
	}
	n := Month(p.Months())
	return Period{p.From - n, p.To - n}
}

// MarshalText writes the name of p.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what Parse reads, or nothing.
func (p *Period) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	*p, err = Parse(string(b))
	return err
}
