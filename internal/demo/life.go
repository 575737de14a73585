package demo

import (
	"math"

	"gongmai/internal/period"
)

// live fixes the states of an enterprise over the years and its economy.
func (c *county) live(f *firm) {
	l := &c.script.Town.Life
	r := c.stream("life", f.code)
	f.states = []stateOn{{f.founded, operating}}
	if !f.named && len(f.above) == 0 {
		c.fate(f, r)
	}
	f.key = len(f.above) > 0 && r.chance(l.KeyShare)
	var stops []stop
	if len(f.above) > 0 {
		stops = c.stops(f, r)
	}
	p := &f.plant
	if p.growth == 0 {
		p.growth = f.prof.Growth/100 + 0.05*cut(r)
	}
	if r.chance(f.prof.Export) {
		p.export = r.between(0.05, 0.45)
	}
	from := c.begin.MonthOf() - 25
	var shut period.Month
	if f.closed != 0 {
		shut = f.closed.MonthOf()
	}
	p.draw(c.stream("plant", f.code), from, c.begin.MonthOf(), period.NewMonth(c.until.Year()+1, 1), f.open, shut, stops)
}

// fate lets a small enterprise rest, or close and be struck off.
func (c *county) fate(f *firm, r stream) {
	l := &c.script.Town.Life
	for y := max(c.begin.Year(), f.founded.Year()+1); y <= c.until.Year(); y++ {
		switch x := r.Float64() * 100; {
		case x < l.Closed:
			on := period.NewDay(y, r.in(2, 11), r.in(1, 28))
			f.closed = on
			f.states = append(f.states, stateOn{on, closed}, stateOn{on.Add(r.in(60, 200)), deregistered})
			return
		case x < l.Closed+l.Suspended:
			on := period.NewDay(y, r.in(1, 11), r.in(1, 28))
			f.states = append(f.states, stateOn{on, suspended})
			if r.chance(0.6) {
				f.states = append(f.states, stateOn{on.Add(r.in(60, 150)), operating})
				continue
			}
			return
		}
	}
}

// stops draws the months in which an above-scale plant stands or runs low.
func (c *county) stops(f *firm, r stream) (out []stop) {
	l := &c.script.Town.Life
	for y := c.begin.Year() - 2; y <= c.until.Year(); y++ {
		share := -1.0
		switch x := r.Float64() * 100; {
		case x < l.Stops:
			share = 0
		case x < l.Stops+l.Reduces:
			share = r.between(0.35, 0.65)
		}
		if share < 0 {
			continue
		}
		from := period.NewMonth(y, r.in(1, 11))
		out = append(out, stop{from: from, to: from + period.Month(r.in(1, 4)), share: share, reason: l.Reasons.draw(r)})
	}
	return out
}

// sizeOf is the class of the national statistics bureau's division of 2017
// (国统字〔2017〕213号): the lower of the two by people and by revenue (万元).
func sizeOf(people, revenue float64) string {
	class := func(x, micro, small, medium float64) int {
		switch {
		case x >= medium:
			return 3
		case x >= small:
			return 2
		case x >= micro:
			return 1
		}
		return 0
	}
	return [...]string{"micro", "small", "medium", "large"}[min(class(people, 20, 300, 1000), class(revenue, 300, 2000, 40000))]
}

// size is the class of f by a year's trend.
func (f *firm) size(m period.Month) (class string, people int64) {
	v, lat := f.plant.at(m, 1)
	people = int64(math.Round(math.Max(3, lat.workers)))
	if f.mute || v[employees] == 0 {
		people = max(people, 3)
	}
	return sizeOf(float64(people), lat.trend*12/10), people
}
