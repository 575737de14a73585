package demo

import (
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// planWalks gives every ledger that the script does not know some cases that
// walk along its flow.
func (c *county) planWalks() error {
	var codes []string
	for code := range c.cat.Ledgers {
		if !slices.ContainsFunc(c.script.Ledgers, func(p LedgerPlan) bool { return p.Code == code }) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	w := &c.script.Walk
	for _, code := range codes {
		l := c.cat.Ledgers[code]
		for y := c.begin.Year() - w.Before; y <= c.until.Year(); y++ {
			r := c.stream("walk", code, y)
			pool, err := c.pool(&Group{}, y)
			if err != nil {
				return err
			}
			for range max(w.Least, r.number(w.Rate*float64(c.o.Enterprises)/100)) {
				c.walkOne(l, oneOf(r, pool), c.someDay(&Group{}, y, 0, r), r.Uint64())
			}
		}
	}
	return nil
}

func (c *county) walkOne(l *catalog.Ledger, f *firm, on period.Day, seed uint64) {
	if on > c.until || (f != nil && f.founded >= on) {
		return
	}
	k := &kase{ledger: l, firm: f, day: on, r: streamOf(seed, l.Code), i: -1}
	if l.Subject == "" && !k.r.chance(0.5) {
		k.firm = nil
	}
	c.serial[l.Code]++
	k.n = c.serial[l.Code]
	if k.step = c.choose(k); k.step != nil {
		c.put1(k)
	}
}

// follow lets a walk that must refer to a record be about that record's enterprise.
func (c *county) follow(k *kase, x *scene) {
	for i := range k.ledger.Fields {
		f := &k.ledger.Fields[i]
		if list := c.records[f.To]; f.Need && f.Type == catalog.TypeRef && len(list) > 0 {
			to := oneOf(k.r, list)
			if x.body = x.body.With(fact.Field{Code: f.Code, Value: fact.TextOf(to.id)}); to.firm != nil {
				k.firm, x.firm = to.firm, to.firm
			}
		}
	}
}

// wander goes on along the flow, or rests where it is.
func (c *county) wander(k *kase) {
	w := &c.script.Walk
	if k.taken > 8 || !k.r.chance(w.On) {
		return
	}
	if k.step = c.choose(k); k.step == nil {
		return
	}
	k.day = c.workday(k.day, w.After.whole(k.r))
	c.put1(k)
}

// choose draws a step that leads on from where the case is; steps back are rare.
func (c *county) choose(k *kase) *catalog.Step {
	var can []*catalog.Step
	var weights []float64
	for i := range k.ledger.Steps {
		s := &k.ledger.Steps[i]
		starts := len(s.From) == 0 && k.state == ""
		if !starts && !slices.Contains(s.From, k.state) {
			continue
		}
		weight := 4.0
		switch {
		case s.Back:
			weight = 0.2
		case s.To == k.state:
			weight = 1
		}
		can, weights = append(can, s), append(weights, weight)
	}
	if len(can) == 0 {
		return nil
	}
	return can[k.r.weighted(weights)]
}

// planEvents begins a case for each thing of a kind that happens to an enterprise.
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

// Events that groups may wait for.
const (
	joined    = "joined"    // was approved for the list of above-scale industry, having grown
	completed = "completed" // the same, when commissioned
	left      = "left"      // left that list
	founded   = "founded"
	standing  = "stopped" // an above-scale plant stood still in a month
)

// events lists what happened to an enterprise; each has at least its day in on.
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
