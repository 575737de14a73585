package period

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPeriodNames(t *testing.T) {
	for in, want := range map[string][2]string{
		"2025": {"2025", "2025年"}, "2025-01..12": {"2025", "2025年"}, "2025H1": {"2025-01..06", "2025年1—6月"}, "2025H2": {"2025H2", "2025年7—12月"},
		"2025Q3": {"2025Q3", "2025年7—9月"}, "2025Q1": {"2025-01..03", "2025年1—3月"}, "2025-11": {"2025-11", "2025年11月"}, "2025-01..11": {"2025-01..11", "2025年1—11月"},
		"2025-01": {"2025-01", "2025年1月"},
	} {
		p, err := Parse(in)
		if err != nil || p.String() != want[0] || p.Chinese() != want[1] {
			t.Errorf("Parse(%q) = %s, %s, %v; want %v", in, p, p.Chinese(), err, want)
		}
	}
	for _, in := range []string{"", "25", "2025Q5", "2025H0", "2025-13", "2025-1", "2025-05..03", "2025-01..13", "2025x", "20a5"} {
		if p, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", in, p)
		}
	}
}

func TestNeighbours(t *testing.T) {
	for in, want := range map[string][2]string{
		"2025-01..11": {"2024-01..11", "2025-01..10"}, "2025-01..02": {"2024-01..02", "2025-01"}, "2025-03": {"2024-03", "2025-02"},
		"2025": {"2024", "2024"}, "2025Q1": {"2024-01..03", "2025-01..02"}, "2025Q2": {"2024Q2", "2025-01..03"},
	} {
		p := MustParse(in)
		if p.YearAgo().String() != want[0] || p.Previous().String() != want[1] {
			t.Errorf("%s: a year ago %s, before %s; want %v", in, p.YearAgo(), p.Previous(), want)
		}
	}
}

// A day begins in Beijing, whatever the zone of the instant.
func TestDayOf(t *testing.T) {
	if d := DayOf(time.Date(2025, 12, 31, 16, 0, 0, 0, time.UTC)); d.String() != "2026-01-01" {
		t.Errorf("DayOf = %s", d)
	}
	if d := MustDay("2026-01-01").Start().UTC(); !d.Equal(time.Date(2025, 12, 31, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("Start = %s", d)
	}
}

func TestDaysCountAsTimeDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := NewDay(rapid.IntRange(1990, 2050).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
		n := rapid.IntRange(-800, 800).Draw(t, "n")
		if got := a.Add(n).Sub(a); got != n {
			t.Fatalf("(%s + %d) − %s = %d", a, n, a, got)
		}
		if back, err := ParseDay(a.String()); err != nil || back != a {
			t.Fatalf("ParseDay(%s) = %s, %v", a, back, err)
		}
		m := a.MonthOf()
		if a < m.First() || a > m.Last() || (m+1).First() != m.Last().Add(1) {
			t.Fatalf("%s does not lie in %s", a, m)
		}
	})
}

func TestPeriodRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(1, 12).Draw(t, "from")
		p := Period{NewMonth(2025, from), NewMonth(2025, rapid.IntRange(from, 12).Draw(t, "to"))}
		if q, err := Parse(p.String()); err != nil || q != p {
			t.Fatalf("Parse(%s) = %s, %v", p, q, err)
		}
	})
}
