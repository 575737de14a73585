package indicator

import (
	"context"

	"gongmai/internal/catalog"
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/register"
	"gongmai/internal/unit"
)

// part is one thing that a figure counts, or one addend of its sum. It is valid
// inside the view it came from.
type part struct {
	row   fact.Row
	firm  *register.Firm // that it is about, in the register of the day
	field string         // the field or item it states; "" for a thing counted
	value unit.Decimal
	minus bool   // taken off: the cumulative value before the period
	group string // things of one group count once
	note  string
}

// nothing says why (a parameter that nobody set is missing, not zero) there is nothing to count.
func (r *Reading) nothing(c *catalog.Count) string {
	if t, ok := r.Cat.TypeOf(c.Of); ok {
		return t.Name + "尚无记录"
	}
	if form, ok := r.Cat.FormOf(c.Of); ok {
		return form.Name + "尚无本期已审核的数据"
	}
	return "尚无记录"
}

// unitOf is the unit in which the summed field or items are stated.
func (r *Reading) unitOf(c *catalog.Count) unit.Code {
	if form, ok := r.Cat.FormOf(c.Of); ok {
		for _, code := range []string{c.Items.YTD, c.Items.Month, c.Items.End} {
			if it, ok := form.Item(code); ok {
				return it.Unit
			}
		}
	}
	if t, ok := r.Cat.TypeOf(c.Of); ok {
		if fd, ok := t.Field(c.Field); ok {
			return fd.Unit
		}
	}
	return ""
}

// tally adds up parts and the bytes of their digest.
type tally struct {
	b []byte
	total
	visited bool
	seen    map[string]bool
}

func (t *tally) add(p part, summed bool) error {
	v := p.value
	if p.minus {
		v = v.Neg()
	}
	t.b, t.visited = p.row.Digest().AppendTo(t.b, v), true
	if p.note != "" {
		t.carried++
	}
	if p.group != "" {
		if t.seen[p.group] {
			return nil
		}
		t.seen[p.group] = true
	}
	t.count++
	if !summed {
		return nil
	}
	var err error
	t.sum, err = t.sum.Add(v)
	return err
}

// gather visits every part of a figure in order of knowledge. begun is false
// where there is nothing to count from: no record of the type, no accepted
// return of the period.
func (r *Reading) gather(ctx context.Context, f *Figure, visit func(part) error) (begun bool, err error) {
	def := f.Indicator.Records()
	if form, ok := r.Cat.FormOf(def.Of); ok {
		return r.fromReturns(ctx, f, form, visit)
	}
	roll, err := r.roll(ctx, r.until(f.Period))
	if err != nil {
		return false, err
	}
	if def.Of == register.Enterprise {
		return r.fromRoll(ctx, f, roll, visit)
	}
	err = r.Moment.Read(ctx, def.Of, func(v fact.View) error {
		begun = v.Changed() > 0
		w := &where{def: def, stock: f.Indicator.Accumulate == catalog.AtEnd, period: f.Period, until: r.until(f.Period)}
		for head := range v.Heads() {
			if f.Scope != County && !f.Scope.holds(r.Cat, roll.Firm(head.Subject())) {
				continue
			}
			row, ok := w.row(head)
			if !ok {
				continue
			}
			p := part{row: row, firm: roll.Firm(row.Subject()), field: def.Field, group: w.group(row)}
			if def.Field != "" {
				if p.value, ok = row.Get(def.Field).Number(); !ok {
					continue
				}
			}
			if err := visit(p); err != nil {
				return err
			}
		}
		return nil
	})
	return begun, err
}

// where decides which records belong to a period.
type where struct {
	def    *catalog.Count
	stock  bool // in force at the end of the period, not happened in it
	period period.Period
	until  period.Day
	now    fact.Row
}

// row returns the version of a record that counts, if any.
//
// A flow (on) counts what is known of it at the moment: a case that moved on
// later is still the same case. A stock (on … until, or a register) counts the
// version in force at the end of the period; a record that was entered late
// counts by its dates, with its oldest version.
func (w *where) row(head fact.Row) (fact.Row, bool) {
	row := head
	if w.stock {
		var ok bool
		if row, ok = head.On(w.until); !ok {
			if w.def.On == "" {
				return row, false
			}
			row = oldest(head)
		}
	}
	if w.def.On != "" {
		on, end := row.Get(w.def.On).Day(), period.Day(0)
		if w.def.Until != "" {
			end = row.Get(w.def.Until).Day()
		}
		if on == 0 || on > w.until || (!w.stock && on < w.period.First()) || (w.stock && end != 0 && end <= w.until) {
			return row, false
		}
	}
	if w.def.Cond == nil {
		return row, true
	}
	w.now = row
	ok, _ := w.def.Cond.Bool(w.value)
	return row, ok
}

func oldest(r fact.Row) fact.Row {
	for {
		p, ok := r.Back()
		if !ok {
			return r
		}
		r = p
	}
}

func (w *where) value(name string) fact.Value {
	switch name {
	case "state":
		return fact.TextOf(w.now.State())
	case "subject":
		return fact.TextOf(w.now.Subject())
	case "id":
		return fact.TextOf(w.now.Record())
	case "year":
		return fact.NumberOf(unit.Int(int64(w.period.YearOf())))
	case "month":
		return fact.NumberOf(unit.Int(int64(w.period.To.Month())))
	case "day":
		return fact.DayOf(w.until)
	}
	return w.now.Get(name)
}

func (w *where) group(row fact.Row) string {
	switch w.def.Distinct {
	case "":
		return ""
	case "subject":
		return row.Subject()
	}
	return row.Get(w.def.Distinct).String()
}

// fromRoll counts enterprises of the register on the last day of the period,
// with their memberships of that day.
func (r *Reading) fromRoll(ctx context.Context, f *Figure, roll *register.Roll, visit func(part) error) (begun bool, err error) {
	def := f.Indicator.Records()
	err = r.Moment.Read(ctx, register.Enterprise, func(v fact.View) error {
		begun = v.Changed() > 0
		for _, firm := range roll.Firms {
			if !f.Scope.holds(r.Cat, firm) {
				continue
			}
			if def.Cond != nil {
				if ok, _ := def.Cond.Bool(r.firmNames(firm, f.Period)); !ok {
					continue
				}
			}
			row, ok := v.Record(firm.Code)
			if !ok {
				continue // beyond the reader's reach
			}
			if row, ok = row.On(roll.Day); !ok {
				continue
			}
			if err := visit(part{row: row, firm: firm}); err != nil {
				return err
			}
		}
		return nil
	})
	return begun, err
}

func (r *Reading) firmNames(firm *register.Firm, p period.Period) expr.Names {
	return func(name string) fact.Value {
		switch name {
		case "year":
			return fact.NumberOf(unit.Int(int64(p.YearOf())))
		case "month":
			return fact.NumberOf(unit.Int(int64(p.To.Month())))
		case "day":
			return fact.DayOf(r.until(p))
		}
		return firm.Value(name)
	}
}
