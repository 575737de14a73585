package demo

import (
	"fmt"
	"slices"
	"strings"

	"gongmai/internal/fact"
	"gongmai/internal/period"
)

func (c *county) planCases() error {
	for i := range c.script.Ledgers {
		p := &c.script.Ledgers[i]
		for j := range p.Groups {
			if err := c.planGroup(p, &p.Groups[j], j); err != nil {
				return err
			}
		}
	}
	return c.planWalks()
}

func (c *county) last() int {
	if c.until.Add(1).Year() > c.until.Year() {
		return c.until.Year()
	}
	return c.until.Year() - 1
}

func (c *county) planGroup(p *LedgerPlan, g *Group, n int) error {
	if g.Event != "" {
		return c.planEvents(p, g, n)
	}
	for y := c.begin.Year() - g.Before; y <= c.until.Year(); y++ {
		ago := float64(c.last() - y)
		if g.Years != nil && (ago < g.Years.From || ago > g.Years.To) {
			continue
		}
		r := c.stream("cases", p.Code, n, y)
		if err := c.planYear(p, g, y, r); err != nil {
			return err
		}
	}
	return nil
}

func (c *county) planYear(p *LedgerPlan, g *Group, y int, r stream) error {
	pool, err := c.pool(g, y)
	if err != nil {
		return err
	}
	switch {
	case g.Name != "" && g.Rate == 0 && g.Number == nil && !g.Each && len(g.Months) == 0 && g.For == nil:
		return nil // made by other cases only
	case len(g.Months) > 0:
		c.planMonths(p, g, y, pool, r)
	case g.For != nil:
		for _, v := range g.For.Values {
			c.planOne(p, g, c.someDay(g, y, 0, r), oneOf(r, pool), v, r)
		}
	case g.Each:
		for _, f := range pool {
			c.planOne(p, g, c.someDay(g, y, 0, r), f, "", r)
		}
	default:
		count := g.Number.whole(r)
		if g.Rate > 0 {
			count = max(1, r.number(g.Rate*float64(c.o.Enterprises)/100))
		}
		pool = slices.Clone(pool)
		for i := range count {
			if i > 0 && i%max(1, len(pool)) == 0 || i == 0 {
				r.Shuffle(len(pool), func(a, b int) { pool[a], pool[b] = pool[b], pool[a] })
			}
			var f *firm
			if len(pool) > 0 {
				f = pool[i%len(pool)]
			}
			c.planOne(p, g, c.someDay(g, y, 0, r), f, "", r)
		}
	}
	return nil
}

func (c *county) planMonths(p *LedgerPlan, g *Group, y int, pool []*firm, r stream) {
	for _, m := range g.Months {
		if slices.Contains(g.Skip, fmt.Sprintf("%d-%02d", c.last()-y, m)) {
			continue
		}
		switch {
		case g.For != nil:
			for _, v := range g.For.Values {
				c.planOne(p, g, c.someDay(g, y, m, r), nil, v, r)
			}
		case g.Each:
			for _, f := range pool {
				c.planOne(p, g, c.someDay(g, y, m, r), f, "", r)
			}
		default:
			c.planOne(p, g, c.someDay(g, y, m, r), oneOf(r, pool), "", r)
		}
	}
}

func (c *county) someDay(g *Group, year, month int, r stream) period.Day {
	if month == 0 {
		month = 1 + r.IntN(12)
		if len(g.Season) == 12 {
			month = 1 + r.weighted(g.Season)
		}
	}
	m := period.NewMonth(year, month)
	day := r.in(1, m.Last().DayOfMonth())
	if g.Day != nil {
		day = min(g.Day.whole(r), m.Last().DayOfMonth())
	}
	d := c.cal.OnOrAfter(m.First().Add(day - 1))
	if d.MonthOf() != m {
		d = c.cal.SubWorkdays(m.Last().Add(1), 1)
	}
	return d
}

func (c *county) planOne(p *LedgerPlan, g *Group, on period.Day, f *firm, value string, r stream) {
	l := c.cat.Ledgers[p.Code]
	if on > c.until || (f == nil && l.Subject != "") || (f != nil && f.founded >= on) {
		return
	}
	c.start(p, g, &kase{ledger: l, firm: f, day: on, event: forValue(g, value)}, r.Uint64())
}

func forValue(g *Group, value string) fact.Body {
	if value == "" {
		return nil
	}
	return fact.NewBody(fact.Field{Code: g.For.Field, Value: fact.TextOf(value)})
}

type poolKey struct {
	who, firms string
	year       int
}

func (c *county) pool(g *Group, year int) ([]*firm, error) {
	key := poolKey{g.Who, strings.Join(g.Firms, "、"), year}
	if p, ok := c.pools[key]; ok {
		return p, nil
	}
	cond, err := c.condition(g.Who)
	if err != nil {
		return nil, err
	}
	var out []*firm
	on := min(max(period.NewDay(year, 6, 30), c.begin), c.until)
	for _, f := range c.firms {
		if len(g.Firms) > 0 && !slices.Contains(g.Firms, f.short) {
			continue
		}
		if !f.works(on) || (g.Who == "" && len(g.Firms) == 0 && f.mute) {
			continue
		}
		if cond != nil {
			if ok, _ := cond.Bool(c.namesOf(f, on)); !ok {
				continue
			}
		}
		out = append(out, f)
	}
	c.pools[key] = out
	return out, nil
}
