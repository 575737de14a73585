package survey

import (
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Fault is a relation that a return does not keep.
type Fault struct {
	Code    string   `json:"code"`
	Level   string   `json:"level"` // hard, or ask (请核实)
	Items   []string `json:"items"` // the items of this return that it names
	Message string   `json:"message"`
}

// Run holds a return against the checks of its form. v is where the returns of
// other periods are found. A check with an absent operand does not apply.
func Run(form *catalog.Form, cells fact.Body, v fact.View, p period.Period, enterprise string) []Fault {
	var out []Fault
	n := namesOf(cells, v, p, enterprise)
	for i := range form.Checks {
		c := &form.Checks[i]
		if ok, applies := c.Cond.Bool(n); ok || !applies {
			continue
		}
		f := Fault{Code: c.Code, Level: c.Level, Message: say(c.Say, n)}
		for _, u := range c.Cond.Uses() {
			if _, ok := form.Item(u); ok {
				f.Items = append(f.Items, u)
			}
		}
		out = append(out, f)
	}
	return out
}

// namesOf resolves items, prev.X (the period before, in the same year) and
// last.X (the same period a year before).
func namesOf(cells fact.Body, v fact.View, p period.Period, enterprise string) expr.Names {
	var prev, last *fact.Row
	find := func(at **fact.Row, q period.Period) *fact.Row {
		if *at == nil {
			r, _ := v.Record(Key(q, enterprise))
			*at = &r
		}
		return *at
	}
	return func(name string) fact.Value {
		if code, ok := strings.CutPrefix(name, "prev."); ok {
			before := period.Period{From: p.From - period.Month(p.Months()), To: p.To - period.Month(p.Months())}
			if before.YearOf() != p.YearOf() {
				return fact.Value{}
			}
			return valueIn(find(&prev, before), code)
		}
		if code, ok := strings.CutPrefix(name, "last."); ok {
			return valueIn(find(&last, p.YearAgo()), code)
		}
		switch name {
		case "subject":
			return fact.TextOf(enterprise)
		case "year":
			return fact.NumberOf(unit.Int(int64(p.YearOf())))
		case "month":
			return fact.NumberOf(unit.Int(int64(p.To.Month())))
		case "day":
			return fact.DayOf(p.Last())
		}
		return cells.Get(name)
	}
}

func valueIn(r *fact.Row, code string) fact.Value {
	if *r == (fact.Row{}) {
		return fact.Value{}
	}
	return r.Get(code)
}

// say fills {c05} and {prev.c05} into a sentence.
func say(text string, n expr.Names) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteString("{" + rest)
			return b.String()
		}
		if v := n(name); v.Type() == fact.Missing {
			b.WriteString("（空）")
		} else {
			b.WriteString(v.String())
		}
		text = after
	}
}
