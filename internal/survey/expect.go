package survey

import (
	"context"

	"gongmai/internal/calendar"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// Due is the last day for a form's returns of a period.
func Due(f *catalog.Form, cal *calendar.Calendar, p period.Period) period.Day {
	if f.Due.Day > 0 {
		return cal.OnOrAfter((p.To + 1).First().Add(f.Due.Day - 1))
	}
	return cal.AddWorkdays(p.Last(), f.Due.Workdays)
}

// Expected lists the enterprises that a form's rule asks for a period.
func (s *Store) Expected(ctx context.Context, m *record.Moment, f *catalog.Form, p period.Period) (out []*register.Firm, err error) {
	defer errs.Wrap(&err, "listing who files %s for %s", f.Code, p)
	roll, err := s.register.Roll(ctx, m, p.Last())
	if err != nil {
		return nil, err
	}
	for _, firm := range roll.Firms {
		if !m.Sees(f.Kind, firm.Code) {
			continue
		}
		if f.Cond != nil {
			if ok, _ := f.Cond.Bool(firm.Value); !ok {
				continue
			}
		}
		out = append(out, firm)
	}
	return out, nil
}

// Line is one enterprise in the list of a form and a period.
type Line struct {
	Firm     *register.Firm
	Expected bool
	Head     *fact.Version // nil: nothing filed
	Counted  *fact.Version // the version that figures read
	Late     int           // days after the due day; 0 in time
	Before   fact.Body     // cells of the period before
	LastYear fact.Body
	Faults   []Fault
}

// Sheet lists every enterprise that is expected or has filed.
func (s *Store) Sheet(ctx context.Context, m *record.Moment, f *catalog.Form, p period.Period) (lines []Line, err error) {
	defer errs.Wrap(&err, "listing returns of %s for %s", f.Code, p)
	firms, err := s.Expected(ctx, m, f, p)
	if err != nil {
		return nil, err
	}
	roll, err := s.register.Roll(ctx, m, p.Last())
	if err != nil {
		return nil, err
	}
	due := Due(f, s.cat().Calendar(), p)
	err = m.Read(ctx, f.Kind, func(v fact.View) error {
		seen := map[string]bool{}
		for _, firm := range firms {
			seen[firm.Code] = true
			lines = append(lines, s.line(f, p, v, firm, due, true))
		}
		for r := range v.Of(p) {
			if firm := roll.Firm(r.Subject()); firm != nil && !seen[firm.Code] {
				lines = append(lines, s.line(f, p, v, firm, due, false))
			}
		}
		return nil
	})
	return lines, err
}

func (s *Store) line(f *catalog.Form, p period.Period, v fact.View, firm *register.Firm, due period.Day, expected bool) Line {
	l := Line{Firm: firm, Expected: expected, Before: cellsAt(v, p.Previous(), firm.Code), LastYear: cellsAt(v, p.YearAgo(), firm.Code)}
	filed := s.records.Today()
	if r, ok := v.Record(Key(p, firm.Code)); ok {
		head := r.AsVersion()
		l.Head = &head
		if c, ok := r.Pick(func(r fact.Row) bool { return Counts(r.State()) }); ok {
			counted := c.AsVersion()
			l.Counted = &counted
		}
		l.Faults = Run(f, cellsOf(head.Body), v, p, firm.Code)
		filed = head.Body.Get(FiledOn).Day()
	}
	if filed > due && expected {
		l.Late = filed.Sub(due)
	}
	return l
}

func cellsAt(v fact.View, p period.Period, enterprise string) fact.Body {
	if r, ok := v.Record(Key(p, enterprise)); ok {
		return cellsOf(r.Body())
	}
	return nil
}
