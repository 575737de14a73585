package calendar

import (
	"testing"

	"pgregory.net/rapid"

	"gongmai/internal/period"
)

// National Day 2025 (国办发明电〔2024〕12号): off 1–8 October, worked 28 September and 11 October.
var national = func() *Calendar {
	var off []period.Day
	for d := 1; d <= 8; d++ {
		off = append(off, period.NewDay(2025, 10, d))
	}
	return New(off, []period.Day{period.NewDay(2025, 9, 28), period.NewDay(2025, 10, 11)})
}()

func TestWorkdays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-09-26", 1, "2025-09-28"}, // a worked Sunday
		{"2025-09-30", 1, "2025-10-09"},
		{"2025-10-10", 1, "2025-10-11"},
		{"2025-03-31", 10, "2025-04-14"},
	} {
		if got := national.AddWorkdays(period.MustDay(c.from), c.n); got.String() != c.want {
			t.Errorf("AddWorkdays(%s, %d) = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddAndCountAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := period.NewDay(2025, 9, rapid.IntRange(1, 60).Draw(t, "day"))
		n := rapid.IntRange(0, 40).Draw(t, "n")
		e := national.AddWorkdays(d, n)
		if got := national.Workdays(d, e); got != n {
			t.Fatalf("Workdays(%s, %s) = %d, want %d", d, e, got, n)
		}
	})
}
