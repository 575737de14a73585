package survey

import (
	"context"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// statistics is the purpose of forms whose returns are unit-level statistical data.
const statistics = "statistics"

// Known is January to the newest month for which every monthly statistical form
// that has been used has an accepted return. Which months are known is no secret,
// so the reader's reach does not limit it. Without any return it ends with the
// month before today.
func (s *Store) Known(ctx context.Context, m *record.Moment) (p period.Period, err error) {
	defer errs.Wrap(&err, "finding the months of the statistics")
	now := s.records.Today().MonthOf() - 1
	newest := now
	for _, f := range s.cat().Forms {
		if f.Purpose != statistics || f.Every != "month" {
			continue
		}
		err := m.Unbounded().Read(ctx, f.Kind, func(v fact.View) error {
			if month, ok := lastCounted(v, now); ok {
				newest = min(newest, month)
			}
			return nil
		})
		if err != nil {
			return p, err
		}
	}
	return period.YTD(newest), nil
}

// lookBack is how many months before now a form may have rested.
const lookBack = 24

func lastCounted(v fact.View, now period.Month) (period.Month, bool) {
	for m := now; m > now-lookBack; m-- {
		for r := range v.Of(m.Period()) {
			if Counts(r.State()) {
				return m, true
			}
		}
	}
	return 0, false
}

// Running is the newest period of a form that has ended by a day.
func Running(every string, skipJanuary bool, today period.Day) period.Period {
	last := today.MonthOf() - 1
	switch every {
	case "year":
		return period.Year(last.Year() - map[bool]int{true: 0, false: 1}[last.Month() == 12])
	case "quarter":
		end := last - period.Month(last.Month()%3)
		return period.Period{From: end - 2, To: end}
	}
	if skipJanuary && last.Month() == 1 {
		last--
	}
	return last.Period()
}

// Periods lists the newest n periods of a form that have ended by a day, newest first.
func Periods(every string, skipJanuary bool, today period.Day, n int) (out []period.Period) {
	for range n {
		p := Running(every, skipJanuary, today)
		out = append(out, p)
		today = p.Last()
	}
	return out
}
