package ledger

import (
	"context"

	"gongmai/internal/calendar"
	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// Due is a limit that runs for a record.
type Due struct {
	Clock *catalog.Clock
	On    period.Day
	Warn  period.Day // from this day on it is shown as near
}

// DueOf derives when a record must leave its state; ok is false where no clock
// runs. entered is the day from which the state holds.
func DueOf(l *catalog.Ledger, cal *calendar.Calendar, r fact.Row) (d Due, ok bool) {
	for i := range l.Clocks {
		c := &l.Clocks[i]
		if c.State != r.State() {
			continue
		}
		from := Entered(r)
		if c.From != "" {
			if from = r.Get(c.From).Day(); from == 0 {
				return Due{}, false
			}
		}
		d = Due{Clock: c, On: add(cal, from, c.Due, 1)}
		if d.Warn = d.On; c.Warn != "" {
			d.Warn = add(cal, d.On, c.Warn, -1)
		}
		return d, true
	}
	return Due{}, false
}

// Entered is the day from which r's record has been in its state without a break.
func Entered(r fact.Row) period.Day {
	for {
		p, ok := r.Back()
		if !ok || p.State() != r.State() {
			return r.Effective()
		}
		r = p
	}
}

func add(cal *calendar.Calendar, d period.Day, text string, sign int) period.Day {
	span, err := catalog.ParseSpan(text)
	if err != nil {
		return d // refused when the catalogue was checked
	}
	switch {
	case !span.Workdays:
		return d.Add(sign * span.N)
	case sign > 0:
		return cal.AddWorkdays(d, span.N)
	}
	return cal.SubWorkdays(d, span.N)
}

// Owed is one duty in one span of time: what is asked and what was done.
type Owed struct {
	Ledger *catalog.Ledger
	Duty   *catalog.Duty
	Span   period.Period
	Done   int
	Due    period.Day // last workday of the span
}

// Missing is how many are still owed.
func (o Owed) Missing() int { return max(0, o.Duty.AtLeast-o.Done) }

// Duties derives what each duty asked in every span of a year up to day.
func (s *Store) Duties(ctx context.Context, m *record.Moment, year int, until period.Day) (out []Owed, err error) {
	cat := s.cat()
	cal := cat.Calendar()
	for _, l := range cat.Ledgers {
		for i := range l.Duties {
			for _, span := range spans(l.Duties[i].Every, year) {
				if span.First() > until {
					break
				}
				o := Owed{Ledger: l, Duty: &l.Duties[i], Span: span, Due: lastWorkday(cal, span)}
				err := m.Read(ctx, l.Kind, func(v fact.View) error {
					for r := range v.Heads() {
						on := r.Get(o.Duty.On).Day()
						if !span.Contains(on) {
							continue
						}
						b := r.Body()
						if ok, _ := o.Duty.Cond.Bool(names(b, r.State(), r.Subject(), on)); ok {
							o.Done++
						}
					}
					return nil
				})
				if err != nil {
					return nil, err
				}
				out = append(out, o)
			}
		}
	}
	return out, nil
}

func lastWorkday(cal *calendar.Calendar, p period.Period) period.Day {
	return cal.SubWorkdays(p.Last().Add(1), 1)
}

func spans(every string, year int) []period.Period {
	n := map[string]int{"month": 1, "quarter": 3, "year": 12}[every]
	var out []period.Period
	for m := 1; m <= 12; m += n {
		out = append(out, period.Period{From: period.NewMonth(year, m), To: period.NewMonth(year, m+n-1)})
	}
	return out
}
