package indicator

import (
	"context"

	"gongmai/internal/catalog"
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// counts says which states of a return figures read; it is survey's rule,
// repeated here because facts know no rooms (held equal by a test in app).
func counts(state string) bool { return state == "accepted" || state == "locked" }

// term is one column of one period that an indicator adds or takes off.
type term struct {
	item  string
	p     period.Period
	minus bool
}

// terms says which cells make an indicator's period.
//
//	month item          the month itself, or every month of a span
//	cumulative item     its value at the end, less its value before the beginning
//	end item            its value at the end
func terms(form *catalog.Form, items catalog.Items, p period.Period) []term {
	at := func(m period.Month) period.Period { return periodOf(form.Every, m) }
	switch {
	case items.End != "":
		return []term{{item: items.End, p: at(p.To)}}
	case items.Month != "" && p.IsMonth():
		return []term{{item: items.Month, p: at(p.To)}}
	case items.YTD != "":
		ts := []term{{item: items.YTD, p: at(p.To)}}
		if !p.FromJanuary() {
			ts = append(ts, term{item: items.YTD, p: at(p.From - 1), minus: true})
		}
		return ts
	}
	var ts []term
	for m := p.From; m <= p.To; m++ {
		ts = append(ts, term{item: items.Month, p: at(m)})
	}
	return ts
}

// periodOf is the return's period that ends with a month, or the last that ended before.
func periodOf(every string, m period.Month) period.Period {
	switch every {
	case "year":
		if m.Month() == 12 {
			return period.Year(m.Year())
		}
		return period.Year(m.Year() - 1)
	case "quarter":
		end := m - period.Month(m.Month()%3)
		return period.Period{From: end - 2, To: end}
	}
	return m.Period()
}

// fromReturns visits the cells that make an indicator over a form.
func (r *Reading) fromReturns(ctx context.Context, f *Figure, form *catalog.Form, visit func(part) error) (begun bool, err error) {
	def := f.Indicator.Records()
	if f.Indicator.Count != nil {
		return r.countReturns(ctx, f, form, visit)
	}
	ts := terms(form, def.Items, f.Period)
	earlier := carried(form, def.Carry, ts[0].p)
	if err := r.call(ctx, ts, earlier); err != nil {
		return false, err
	}
	err = r.Moment.Read(ctx, form.Kind, func(v fact.View) error {
		seen := map[string]bool{} // enterprises that stated the stock
		paired := r.paired(form, ts, v)
		for _, t := range ts {
			s := r.sheetOf(form, t.p, v)
			r.cover(f, s, t)
			col := v.Column(t.item)
			for _, l := range s.lines {
				if f.Scope != County && !f.Scope.holds(r.Cat, l.firm) {
					continue
				}
				d, ok := col.Number(l.row)
				if !ok || (paired != nil && !paired[l.row.Subject()]) {
					continue
				}
				begun = true
				if def.Carry > 0 {
					seen[l.row.Subject()] = true
				}
				if err := visit(part{row: l.row, firm: l.firm, field: t.item, value: d, minus: t.minus}); err != nil {
					return err
				}
			}
		}
		for _, p := range earlier {
			more, err := r.carry(f, r.sheetOf(form, p, v), v.Column(ts[0].item), part{field: ts[0].item, note: "沿用" + p.Chinese()}, seen, visit)
			begun = begun || more
			if err != nil {
				return err
			}
		}
		if f.Coverage != nil && def.Carry > 0 {
			f.Coverage.Have = len(seen)
		}
		return nil
	})
	return begun, err
}

// paired finds who stated both ends of a difference of cumulative values: where
// one is missing, the months between are missing too, not the whole. nil where
// nothing is taken off.
func (r *Reading) paired(form *catalog.Form, ts []term, v fact.View) map[string]bool {
	if len(ts) != 2 || !ts[1].minus {
		return nil
	}
	first := map[string]bool{}
	col := v.Column(ts[1].item)
	for _, l := range r.sheetOf(form, ts[1].p, v).lines {
		if _, ok := col.Number(l.row); ok {
			first[l.row.Subject()] = true
		}
	}
	both := map[string]bool{}
	col = v.Column(ts[0].item)
	for _, l := range r.sheetOf(form, ts[0].p, v).lines {
		if _, ok := col.Number(l.row); ok && first[l.row.Subject()] {
			both[l.row.Subject()] = true
		}
	}
	return both
}

// cover says how many of the expected returns stand behind a county figure.
func (r *Reading) cover(f *Figure, s *sheet, t term) {
	if f.Scope == County && !t.minus {
		f.Coverage = s.coverage()
	}
}

// call resolves the rolls of all periods before the form's table is read.
func (r *Reading) call(ctx context.Context, ts []term, earlier []period.Period) error {
	for _, t := range ts {
		earlier = append(earlier, t.p)
	}
	for _, p := range earlier {
		if _, err := r.roll(ctx, p.Last()); err != nil {
			return err
		}
	}
	return nil
}

// carried lists the periods, newest first, from which a stock may be brought forward.
func carried(form *catalog.Form, months int, last period.Period) (out []period.Period) {
	first := last.To - period.Month(months)
	for m := last.To - 1; m >= first; m-- {
		if p := periodOf(form.Every, m); p != last {
			out, last = append(out, p), p
		}
	}
	return out
}

// carry brings forward the value of enterprises that did not state the stock later.
func (r *Reading) carry(f *Figure, s *sheet, col fact.Column, p part, seen map[string]bool, visit func(part) error) (begun bool, err error) {
	for _, l := range s.lines {
		if seen[l.row.Subject()] || !f.Scope.holds(r.Cat, l.firm) {
			continue
		}
		d, ok := col.Number(l.row)
		if !ok {
			continue
		}
		seen[l.row.Subject()], begun = true, true
		p.row, p.firm, p.value = l.row, l.firm, d
		if err := visit(p); err != nil {
			return begun, err
		}
	}
	return begun, nil
}

// countReturns counts the returns of the period's last month that meet a condition.
func (r *Reading) countReturns(ctx context.Context, f *Figure, form *catalog.Form, visit func(part) error) (begun bool, err error) {
	def := f.Indicator.Count
	p := periodOf(form.Every, f.Period.To)
	if _, err := r.roll(ctx, p.Last()); err != nil {
		return false, err
	}
	err = r.Moment.Read(ctx, form.Kind, func(v fact.View) error {
		s := r.sheetOf(form, p, v)
		r.cover(f, s, term{p: p})
		begun = len(s.lines) > 0
		for _, l := range s.lines {
			if !f.Scope.holds(r.Cat, l.firm) {
				continue
			}
			if def.Cond != nil {
				if ok, _ := def.Cond.Bool(returnNames(l.row, v, p)); !ok {
					continue
				}
			}
			if err := visit(part{row: l.row, firm: l.firm}); err != nil {
				return err
			}
		}
		return nil
	})
	return begun, err
}

// returnNames resolves the items of a return, prev.X and last.X.
func returnNames(row fact.Row, v fact.View, p period.Period) expr.Names {
	other := func(q period.Period, code string) fact.Value {
		if x, ok := v.Record(q.String() + "/" + row.Subject()); ok {
			return x.Get(code)
		}
		return fact.Value{}
	}
	return func(name string) fact.Value {
		code, q := shift(name, p)
		switch {
		case q != p:
			return other(q, code)
		case name == "subject":
			return fact.TextOf(row.Subject())
		case name == "state":
			return fact.TextOf(row.State())
		case name == "year":
			return fact.NumberOf(unit.Int(int64(p.YearOf())))
		case name == "month":
			return fact.NumberOf(unit.Int(int64(p.To.Month())))
		case name == "day":
			return fact.DayOf(p.Last())
		}
		return row.Get(name)
	}
}
