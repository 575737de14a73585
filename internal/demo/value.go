package demo

import (
	"fmt"
	"math"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// scene is where a value is made: about whom, on what day, with what known.
type scene struct {
	firm   *firm
	day    period.Day
	body   fact.Body // fields made so far
	parent *kase     // of a spawned case
	event  fact.Body // what the case is about
	r      stream
	n      int // serial of the case
	of     func(code string) (*catalog.Field, bool)
	what   string // the ledger's name
	first  bool   // the record is being made
}

// find resolves a field, parent.X or event.X.
func (x *scene) find(name string) fact.Value {
	if code, ok := strings.CutPrefix(name, "parent."); ok && x.parent != nil {
		if code == "id" {
			return fact.TextOf(x.parent.id)
		}
		return x.parent.body.Get(code)
	}
	if code, ok := strings.CutPrefix(name, "event."); ok {
		return x.event.Get(code)
	}
	return x.body.Get(name)
}

// value makes the value of a field. Missing means the field stays empty.
func (c *county) value(g *Gen, f *catalog.Field, x *scene) (v fact.Value, err error) {
	if g.Chance > 0 && !x.r.chance(g.Chance) {
		return v, nil
	}
	switch {
	case g.Copy != "":
		return x.find(g.Copy), nil
	case g.Days != nil || g.Workdays != nil || g.MonthEnd != nil || g.Date != "":
		return c.date(g, x), nil
	case g.Number != nil || g.Median > 0 || len(g.Sum) > 0:
		return c.amount(g, f, x), nil
	case g.People != nil:
		return fact.ListOf(c.persons(g, x)...), nil
	case g.Files != nil:
		list, err := c.files(g.Files.whole(x.r), f, x)
		return fact.ListOf(list...), err
	case g.Ref != "":
		return c.reference(fact.Kind(g.Ref), x), nil
	case len(g.Pick.Keys) > 0:
		return c.parsed(f, g.Pick.draw(x.r))
	case len(g.Text) > 0:
		return c.parsed(f, c.fill(oneOf(x.r, g.Text), x))
	}
	return c.usual(f, x)
}

func (c *county) parsed(f *catalog.Field, text string) (fact.Value, error) {
	v, err := c.cat.ParseField(f, text)
	if err != nil {
		return v, fmt.Errorf("field %s: %w", f.Code, err)
	}
	return v, nil
}

// date makes a day some days after another one.
func (c *county) date(g *Gen, x *scene) fact.Value {
	from := x.day
	if g.From != "" {
		if from = x.find(g.From).Day(); from == 0 {
			return fact.Value{}
		}
	}
	switch {
	case g.MonthEnd != nil:
		return fact.DayOf((from.MonthOf() + period.Month(g.MonthEnd.whole(x.r))).Last())
	case g.Date != "":
		d, err := period.ParseDay(fmt.Sprintf("%04d-%s", from.Year(), g.Date))
		if err != nil {
			return fact.Value{}
		}
		return fact.DayOf(d)
	case g.Workdays != nil:
		return fact.DayOf(c.workday(from, g.Workdays.whole(x.r)))
	}
	return fact.DayOf(from.Add(g.Days.whole(x.r)))
}

// workday is the n-th workday after d, or before it.
func (c *county) workday(d period.Day, n int) period.Day {
	switch {
	case n < 0:
		return c.cal.SubWorkdays(d, -n)
	case n == 0:
		return c.cal.OnOrAfter(d)
	}
	return c.cal.AddWorkdays(d, n)
}

// amount makes a number, as precise as its field allows.
func (c *county) amount(g *Gen, f *catalog.Field, x *scene) fact.Value {
	n := 0.0
	switch {
	case len(g.Sum) > 0:
		for _, code := range g.Sum {
			d, _ := x.find(code).Number()
			n += d.Float64()
		}
	case g.Median > 0:
		n = x.r.around(g.Median, g.Spread)
	case g.Number.From == math.Trunc(g.Number.From) && g.Number.To == math.Trunc(g.Number.To) && g.Of == "":
		n = float64(g.Number.whole(x.r))
	default:
		n = x.r.between(g.Number.From, g.Number.To)
	}
	if g.Of != "" {
		d, ok := x.find(g.Of).Number()
		if !ok {
			return fact.Value{}
		}
		n *= d.Float64()
	}
	if g.Round > 0 {
		n = math.Round(n/g.Round) * g.Round
	}
	return fact.NumberOf(limited(n, f))
}

// limited rounds n to the field's places, within its limits. A share of a
// whole is rounded down, so that parts never exceed it.
func limited(n float64, f *catalog.Field) unit.Decimal {
	d := unit.New(int64(math.Floor(n*math.Pow10(f.Scale)+1e-6)), uint8(f.Scale))
	for _, m := range []struct {
		text *string
		sign int
	}{{f.Min, -1}, {f.Max, 1}} {
		if m.text == nil {
			continue
		}
		if limit, err := unit.Parse(*m.text); err == nil && d.Cmp(limit) == m.sign {
			d = limit
		}
	}
	return d.Trim()
}

// persons draws ids of persons: of the enterprise, or of a role of the bureau.
// fill puts what is known into {…} of a text.
