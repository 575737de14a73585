package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// kase is one case of a ledger on its way along a path.
type kase struct {
	ledger *catalog.Ledger
	plan   *LedgerPlan
	group  *Group
	path   *Path // nil: a walk along the flow
	i      int   // of the next step
	step   *catalog.Step
	taken  int
	from   string // role that took the last step

	firm   *firm
	parent *kase
	event  fact.Body
	day    period.Day // on which the next step is taken
	r      stream
	n      int

	id    string
	state string
	body  fact.Body
}

// planCases plans the cases of every ledger, those of the script first.
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

// last is the last full year of the demo.
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

// planYear draws the cases of one year.
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

// planMonths plans one case in each of certain months, for each enterprise or value there is.
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

// someDay draws a workday of a year, or of a month of it.
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

// planOne begins a case on a day.
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

// start draws the path of a case and puts its first step on the agenda.
func (c *county) start(p *LedgerPlan, g *Group, k *kase, seed uint64) {
	k.plan, k.group, k.r = p, g, streamOf(seed, p.Code)
	c.serial[p.Code]++
	k.n = c.serial[p.Code]
	paths := g.Paths
	if len(paths) == 0 {
		paths = p.Paths
	}
	weights := make([]float64, len(paths))
	for i := range paths {
		if weights[i] = paths[i].Weight; weights[i] == 0 {
			weights[i] = 1
		}
	}
	k.path = &paths[k.r.weighted(weights)]
	k.i = -1
	c.goOn(k)
}

// goOn puts the next step of a path on the agenda.
func (c *county) goOn(k *kase) {
	for k.i++; k.i < len(k.path.Steps); k.i++ {
		s := &k.path.Steps[k.i]
		if s.Chance > 0 && !k.r.chance(s.Chance) {
			continue
		}
		from := k.day
		if s.From != "" {
			if from = (&scene{body: k.body, event: k.event, parent: k.parent}).find(s.From).Day(); from == 0 {
				continue
			}
		}
		on := from
		switch {
		case s.Days != nil:
			on = c.cal.OnOrAfter(from.Add(s.Days.whole(k.r)))
		case s.After != nil:
			on = c.workday(from, s.After.whole(k.r))
		}
		if k.step != nil { // only the first step may lie before the day of the case
			on = max(on, k.day)
		}
		k.day = on
		k.step = step(k.ledger, s.Step)
		c.put1(k)
		return
	}
}

// put1 puts a step on the agenda. What lies before the demo is entered in its
// first days, ledger by ledger.
func (c *county) put1(k *kase) {
	by := c.who(k)
	if k.day < c.begin {
		first := c.workday(c.begin, 1+len(k.ledger.Code)%6)
		c.on(first, k.taken%len(slots), act{by: by, step: k})
		return
	}
	d := c.entryDay(k, by)
	c.on(d, c.hour(by, d), act{by: by, step: k})
}

// entryDay is when a step is written. Officials bring most ledgers up to date
// on Tuesdays and Fridays; the step is effective from the day it was taken.
func (c *county) entryDay(k *kase, by *person) period.Day {
	if by.post.Role != officialRole || k.ledger.First || c.until.Sub(k.day) < 7 {
		return k.day
	}
	d := k.day
	for d.Weekday() != time.Tuesday && d.Weekday() != time.Friday {
		d = d.Add(1)
	}
	return c.cal.OnOrAfter(d)
}

// hour is the slot in which somebody sits down to the ledgers on a day.
func (c *county) hour(by *person, d period.Day) int {
	return int(uint64(d)*2654435761>>7+uint64(len(by.post.Login))*7+uint64(len(by.post.Office))) % (len(slots) - 1)
}

func step(l *catalog.Ledger, code string) *catalog.Step {
	for i := range l.Steps {
		if l.Steps[i].Code == code {
			return &l.Steps[i]
		}
	}
	return nil
}

// who takes the next step: as the script says, else the first role that the
// step allows. What was before the demo, or is about no enterprise, is the
// officials' work.
func (c *county) who(k *kase) *person {
	var roles []string
	if k.path != nil && k.i >= 0 && len(k.path.Steps[k.i].By.Keys) > 0 {
		roles = append(roles, k.path.Steps[k.i].By.draw(k.r))
	}
	roles = append(roles, k.step.By...)
	if k.day < c.begin || k.firm == nil || k.ledger.Subject == "" { // others may not see the record
		roles = slices.DeleteFunc(roles, func(r string) bool { return r == reporterRole || r == parkRole })
	}
	for _, role := range append(roles, officialRole, reviewerRole) {
		if p := c.oneBy(role, k.ledger.Office, k.firm, k.r); p != nil {
			return p
		}
	}
	return c.system()
}

// poolKey is who may be drawn for a group in a year.
type poolKey struct {
	who, firms string
	year       int
}

// pool lists the enterprises that a group admits, as they are in the middle of a year.
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
