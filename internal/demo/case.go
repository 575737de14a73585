package demo

import (
	"slices"
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
// last is the last full year of the demo.
// planYear draws the cases of one year.
// planMonths plans one case in each of certain months, for each enterprise or value there is.
// someDay draws a workday of a year, or of a month of it.
// planOne begins a case on a day.
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
		c.enter(k)
		return
	}
}

// enter puts a step on the agenda. What lies before the demo is entered in its
// first days, ledger by ledger.
func (c *county) enter(k *kase) {
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
// pool lists the enterprises that a group admits, as they are in the middle of a year.
