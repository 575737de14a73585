package demo

import (
	"context"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/given"
	"gongmai/internal/period"
	"gongmai/internal/register"
)

// slots are the hours of a day at which people write, in minutes. What one
// person writes in one slot in one room is written at once.
var slots = [...]int{8*60 + 40, 10*60 + 20, 14*60 + 50, 16*60 + 30}

// act is one thing that somebody does.
type act struct {
	by     *person
	entry  *entry
	ret    *filing
	review *review
	figure *given.Figure
	step   *kase
	hook   func(ctx context.Context) error // plans what only now is known
}

// day is what is to be done on one day, by slot.
type day [len(slots)][]act

// on puts an act on the agenda. A day that is past becomes the next moment
// there is; a day after the end never comes.
func (c *county) on(d period.Day, slot int, a act) {
	if d < c.now || (d == c.now && slot <= c.slot) {
		d, slot = c.next()
	}
	if d > c.until {
		return
	}
	x := c.agenda[d]
	if x == nil {
		x = &day{}
		c.agenda[d] = x
	}
	x[slot] = append(x[slot], a)
}

// next is the slot after the one that runs.
func (c *county) next() (d period.Day, slot int) {
	if c.slot+1 < len(slots) {
		return c.now, c.slot + 1
	}
	return c.cal.OnOrAfter(c.now.Add(1)), 0
}

// work does what the agenda has for today.
func (c *county) work(ctx context.Context) error {
	defer func() { delete(c.agenda, c.now); c.slot = -1 }()
	for c.slot = range slots {
		today := c.agenda[c.now]
		if today == nil {
			continue
		}
		groups := grouped(today[c.slot])
		for i, g := range groups {
			c.clock.to(atMinute(c.now, slots[c.slot]).Add(pause(i, len(groups))))
			if err := c.do(actor.With(ctx, g[0].by.actor), g); err != nil {
				return err
			}
		}
	}
	return nil
}

// grouped brings together what one person does in one room.
func grouped(acts []act) (out [][]act) {
	type key struct {
		who  string
		room int
	}
	at := map[key]int{}
	for _, a := range acts {
		k := key{a.by.actor.ID, a.room()}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], a)
	}
	return out
}

func (a act) room() int {
	switch {
	case a.entry != nil:
		return 0
	case a.ret != nil:
		return 1
	case a.review != nil:
		return 2
	case a.figure != nil:
		return 3
	case a.step != nil:
		return 4
	}
	return 5
}

// do writes a group of acts of one person in one room.
func (c *county) do(ctx context.Context, g []act) error {
	switch g[0].room() {
	case 0:
		return c.put(ctx, g)
	case 1:
		return c.submit(ctx, g)
	case 2:
		return c.decide(ctx, g)
	case 3:
		figures := make([]given.Figure, len(g))
		for i, a := range g {
			figures[i] = *a.figure
		}
		_, err := c.Given.Put(ctx, figures...)
		return err
	case 4:
		return c.steps(ctx, g)
	}
	for _, a := range g {
		if err := a.hook(ctx); err != nil {
			return err
		}
	}
	return nil
}

// put writes entries of registers; each knows which version it changes.
func (c *county) put(ctx context.Context, g []act) error {
	entries := make([]register.Entry, len(g))
	for i, a := range g {
		var err error
		if entries[i], err = a.entry.make(); err != nil {
			return err
		}
	}
	vs, err := c.Register.Put(ctx, entries...)
	if err != nil {
		return err
	}
	for i, v := range vs {
		if g[i].entry.done != nil {
			g[i].entry.done(v.Record, v.Version)
		}
	}
	return nil
}

// entry is a change to a register, made up when it is written.
type entry struct {
	make func() (register.Entry, error)
	done func(id string, version int32)
}

// decide reviews returns one by one, as reviewers do.
func (c *county) decide(ctx context.Context, g []act) error {
	for _, a := range g {
		if err := c.reviewOne(ctx, a.review); err != nil {
			return err
		}
	}
	return nil
}

// pause spreads the groups of a slot over three quarters of an hour.
func pause(i, n int) time.Duration { return 45 * time.Minute * time.Duration(i) / time.Duration(n) }
