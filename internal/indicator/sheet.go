package indicator

import (
	"sync"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/register"
)

// sheet is the accepted returns of one form and period, beside the enterprises
// that filed them: what every scope of that period is summed from.
type sheet struct {
	lines []line
	want  int // enterprises expected in the county

	mu     sync.Mutex
	rows   map[*division][][]fact.Row // [part of the division], in order of knowledge
	totals map[totalsKey][]total      // of what has been asked
}

type line struct {
	row  fact.Row
	firm *register.Firm
}

// sheetKey names a sheet by all that it is made of: it stays right until a
// return of its period, the register or the form's definition changes.
type sheetKey struct {
	form    *catalog.Form
	p       period.Period
	changed fact.Seq
	roll    *register.Roll
}

// sheetOf finds the accepted version of every return of a period. v must be
// the view of the form at the reading's moment, and the roll of its last day called.
func (r *Reading) sheetOf(form *catalog.Form, p period.Period, v fact.View) *sheet {
	roll := r.rolls[p.Last()]
	return r.shelf.sheets.get(sheetKey{form, p, v.ChangedIn(p), roll}, func() *sheet { return makeSheet(form, p, v, roll) })
}

func makeSheet(form *catalog.Form, p period.Period, v fact.View, roll *register.Roll) *sheet {
	s := &sheet{rows: map[*division][][]fact.Row{}, totals: map[totalsKey][]total{}}
	for row := range v.Of(p) {
		if row, ok := row.Pick(func(x fact.Row) bool { return counts(x.State()) }); ok {
			s.lines = append(s.lines, line{row, roll.Firm(row.Subject())})
		}
	}
	for _, firm := range roll.Firms {
		if form.Cond == nil {
			s.want++
		} else if ok, _ := form.Cond.Bool(firm.Value); ok {
			s.want++
		}
	}
	return s
}

func (s *sheet) coverage() *Coverage {
	return &Coverage{Have: len(s.lines), Want: max(s.want, len(s.lines))}
}

// parted gives the rows of each part of a division.
func (s *sheet) parted(d *division, c *catalog.Catalogue) [][]fact.Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	if rows := s.rows[d]; rows != nil {
		return rows
	}
	rows := make([][]fact.Row, len(d.scopes))
	for _, l := range s.lines {
		for _, k := range d.of(c, l.firm) {
			rows[k] = append(rows[k], l.row)
		}
	}
	s.rows[d] = rows
	return rows
}

// kept gives totals that another reading has made of the sheet, or makes them.
func (s *sheet) kept(k totalsKey, sum func() ([]total, error)) ([]total, error) {
	s.mu.Lock()
	ts := s.totals[k]
	s.mu.Unlock()
	if ts != nil {
		return ts, nil
	}
	ts, err := sum()
	if err == nil {
		s.mu.Lock()
		s.totals[k] = ts
		s.mu.Unlock()
	}
	return ts, err
}
