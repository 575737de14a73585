package demo

import (
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func (c *county) planEvents(p *LedgerPlan, g *Group, n int) error {
	cond, err := c.condition(g.Who)
	if err != nil {
		return err
	}
	for _, f := range c.firms {
		for _, e := range c.events(f, g.Event) {
			on := e.Get("on").Day()
			if on < c.begin.Add(-365*g.Before) || on > c.until.Add(200) {
				continue
			}
			if cond != nil {
				if ok, _ := cond.Bool(c.namesOf(f, on)); !ok {
					continue
				}
			}
			r := c.stream("event", p.Code, n, f.code, on)
			c.start(p, g, &kase{ledger: c.cat.Ledgers[p.Code], firm: f, day: on, event: e}, r.Uint64())
		}
	}
	return nil
}

const (
	joined    = "joined"    // was approved for the list of above-scale industry, having grown
	completed = "completed" // the same, when commissioned
	left      = "left"      // left that list
	founded   = "founded"
	standing  = "stopped" // an above-scale plant stood still in a month
)

func (c *county) events(f *firm, kind string) (out []fact.Body) {
	day := func(code string, d period.Day) fact.Field { return fact.Field{Code: code, Value: fact.DayOf(d)} }
	for _, m := range f.above {
		switch {
		case kind == joined && !m.commission, kind == completed && m.commission:
			out = append(out, fact.NewBody(day("on", m.approved), day("from_on", m.from),
				fact.Field{Code: "batch", Value: fact.TextOf(m.batch)}, fact.Field{Code: "year", Value: fact.NumberOf(unit.Int(int64(m.counted)))}))
		case kind == left && m.until != 0:
			out = append(out, fact.NewBody(day("on", m.until.Add(-12)), day("until_on", m.until), fact.Field{Code: "reason", Value: fact.TextOf(m.reason)}))
		}
	}
	if kind == founded {
		out = append(out, fact.NewBody(day("on", f.founded)))
	}
	if kind == standing && len(f.above) > 0 {
		for i := range f.plant.months {
			m := f.plant.first + period.Month(i)
			if f.plant.months[i].state == stopped && (i == 0 || f.plant.months[i-1].state != stopped) && f.aboveAt(m.First()) && m.First() >= c.begin {
				out = append(out, fact.NewBody(day("on", c.cal.OnOrAfter(m.First().Add(6)))))
			}
		}
	}
	return out
}
