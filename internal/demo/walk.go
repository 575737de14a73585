package demo

import (
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
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
		c.enter(k)
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

// recent is how many days before the end a walk may still be on its way.
const recent = 45

// wander goes on along the flow until the case has ended; one that began
// lately may rest where it is.
func (c *county) wander(k *kase) {
	now, _ := k.ledger.State(k.state)
	ended := now.Tone == "done" || now.Tone == "stop"
	stay := 1 - c.script.Walk.On
	switch {
	case ended:
		stay = 0.9
	case c.until.Sub(k.day) > recent:
		stay = 0
	}
	if k.taken > 12 || k.r.chance(stay) {
		return
	}
	if k.step = c.choose(k); k.step == nil {
		return
	}
	k.day = c.workday(k.day, c.script.Walk.After.whole(k.r))
	c.enter(k)
}

// choose draws a step that leads on from where the case is. Steps back are
// rare, and nobody goes back from where nothing leads on.
func (c *county) choose(k *kase) *catalog.Step {
	var can []*catalog.Step
	var weights []float64
	leads := false
	for i := range k.ledger.Steps {
		s := &k.ledger.Steps[i]
		starts := len(s.From) == 0 && k.state == ""
		if !starts && !slices.Contains(s.From, k.state) {
			continue
		}
		weight := 4.0
		switch {
		case s.Back:
			weight = 0.15
		case s.To == k.state:
			weight = 1
		}
		leads = leads || !s.Back
		can, weights = append(can, s), append(weights, weight)
	}
	if !leads {
		return nil
	}
	return can[k.r.weighted(weights)]
}

// planEvents begins a case for each thing of a kind that happens to an enterprise.
// Events that groups may wait for.
// events lists what happened to an enterprise; each has at least its day in on.
