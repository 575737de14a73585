package demo

import (
	"math"
	"slices"
	"strings"

	"gongmai/internal/code"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// States of an enterprise in the register.
const (
	operating    = "operating"
	suspended    = "suspended"
	closed       = "closed"
	deregistered = "deregistered"
)

// firm is one enterprise with everything that will happen to it.
type firm struct {
	n                     int
	code, name, short     string
	prof                  *Profile
	industry, town, park  string
	products, lists       []string
	named, login, mute    bool
	founded, closed       period.Day
	open                  period.Month // of commissioning
	key                   bool
	above                 []membership // in order
	states                []stateOn
	plant                 plant
	legal, clerk, officer string // ids of persons
	reporter              *person
	version               int32
	body                  fact.Body
}

// stateOn is the state of an enterprise from a day on.
type stateOn struct {
	on    period.Day
	state string
}

// membership of the list of above-scale industry.
type membership struct {
	from, until period.Day
	batch       string
	approved    period.Day
	counted     int    // the working year that the entry belongs to
	commission  bool   // entered when commissioned, not by growth
	reason      string // of leaving
	id          string
}

func (f *firm) stateAt(d period.Day) string {
	state := ""
	for _, s := range f.states {
		if s.on <= d {
			state = s.state
		}
	}
	return state
}

// works reports whether f exists and is not shut on a day.
func (f *firm) works(d period.Day) bool {
	s := f.stateAt(d)
	return s == operating || s == suspended
}

func (f *firm) aboveAt(d period.Day) bool {
	return slices.ContainsFunc(f.above, func(m membership) bool { return m.from <= d && (m.until == 0 || d < m.until) })
}

// makeFirms invents all enterprises, the named ones first.
func (c *county) makeFirms() {
	p := &c.script.Town.Firms
	taken := map[string]bool{}
	for i := range p.Named {
		f := c.namedFirm(&p.Named[i], taken)
		f.login = i < p.Logins
	}
	fresh := int(math.Round(float64(c.o.Enterprises) * c.script.Town.Life.Founded / 100 * float64(c.o.Years)))
	for n := len(c.firms); n < c.o.Enterprises; n++ {
		c.madeFirm(n, n >= c.o.Enterprises-fresh, taken)
	}
	c.lead()
	for _, f := range c.firms {
		c.live(f)
	}
}

func (c *county) add(f *firm, taken map[string]bool) *firm {
	r := c.stream("code", len(c.firms))
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for f.code == "" || taken[f.code] {
		org := []byte("MA000000")
		for i := 2; i < len(org); i++ {
			org[i] = alphabet[r.IntN(len(alphabet))]
		}
		f.code = code.MakeCredit('9', '1', c.script.Town.Firms.Region, string(org))
	}
	taken[f.code], taken[f.name], taken[f.short] = true, true, true
	f.n = len(c.firms)
	f.plant.prof = f.prof
	c.firms = append(c.firms, f)
	c.byCode[f.code] = f
	return f
}

func (c *county) namedFirm(n *NamedFirm, taken map[string]bool) *firm {
	r := c.stream("named", n.Short)
	f := &firm{
		name: n.Name, short: n.Short, prof: c.script.profile(n.Profile), industry: n.Industry, town: n.Town, park: n.Park,
		products: n.Products, lists: n.Lists, named: true, mute: n.Mute,
	}
	f.founded = period.NewDay(n.Founded, r.in(1, 12), r.in(1, 28))
	f.open = f.founded.MonthOf() + period.Month(r.in(4, 14))
	f.plant.scale = n.Output
	if n.Output == 0 {
		f.plant.scale = r.around(f.prof.Output, f.prof.Spread)
	}
	if !n.Below && !n.Mute {
		f.above = []membership{c.oldEntry(f, r)}
	}
	if n.Below {
		f.plant.scale = min(f.plant.scale, 1100)
	}
	return c.add(f, taken)
}

// oldEntry is how a plant that is above scale from the beginning once got there.
func (c *county) oldEntry(f *firm, r stream) membership {
	year := max(f.open.Year()+1, c.begin.Year()-r.in(0, 9))
	year = min(year, c.begin.Year())
	return annual(year - 1)
}

func (c *county) madeFirm(n int, fresh bool, taken map[string]bool) *firm {
	p := &c.script.Town.Firms
	r := c.stream("firm", n)
	weights := make([]float64, len(p.Kinds))
	for i := range p.Kinds {
		weights[i] = p.Kinds[i].Weight
	}
	k := &p.Kinds[r.weighted(weights)]
	f := &firm{prof: c.script.profile(k.Profile), industry: oneOf(r, k.Classes), town: k.Towns.draw(r), lists: k.Lists}
	if f.park = k.Parks.draw(r); f.park == "-" {
		f.park = ""
	}
	for try := 0; f.name == "" || taken[f.name] || taken[f.short]; try++ {
		f.short = oneOf(r, p.Brands) + oneOf(r, k.Words)
		if try > 20 {
			f.short = oneOf(r, p.Brands) + oneOf(r, p.Brands) + oneOf(r, k.Words)
		}
		f.name = c.cat.Settings["region.name"] + f.short + p.Suffix.draw(r)
	}
	f.products = []string{oneOf(r, k.Products)}
	if fresh {
		days := c.until.Sub(c.begin)
		f.founded = c.begin.Add(r.in(5, max(6, days-5)))
		f.open = f.founded.MonthOf() + period.Month(r.in(3, 10))
	} else {
		f.founded = period.NewDay(c.begin.Year()-r.in(1, 17), r.in(1, 12), r.in(1, 28))
		f.open = f.founded.MonthOf() + period.Month(r.in(3, 9))
	}
	f.plant.scale = min(1100, r.around(300, 0.7))
	return c.add(f, taken)
}

// lead decides who is above scale: from the beginning, by growth, or when commissioned.
func (c *county) lead() {
	l := &c.script.Town.Life
	want := int(math.Round(float64(c.o.Enterprises) * l.AboveShare))
	var small []*firm
	for _, f := range c.firms {
		switch {
		case len(f.above) > 0:
			want--
		case !f.named && f.open < c.begin.MonthOf()-6:
			small = append(small, f)
		}
	}
	r := c.stream("lead")
	for ; want > 0 && len(small) > 0; want-- {
		f := c.take(&small, r)
		f.plant.scale = max(1900, r.around(f.prof.Output, f.prof.Spread))
		f.above = []membership{c.oldEntry(f, r)}
	}
	hundreds := float64(c.o.Enterprises) / 100
	for y := c.begin.Year(); y <= c.until.Year(); y++ {
		for n := max(1, r.number(l.Annual*hundreds)); n > 0 && len(small) > 0; n-- {
			f := c.take(&small, r)
			f.plant.scale = r.between(1500, 2100)
			f.plant.growth = 0.14
			f.above = []membership{annual(y)}
		}
		for n := max(1, r.number(l.Monthly*hundreds)); n > 0 && len(small) > 0; n-- {
			f := c.take(&small, r)
			f.plant.scale = max(2300, r.around(f.prof.Output*0.6, f.prof.Spread*0.6))
			m := period.NewMonth(y, r.in(4, 10))
			f.open = m - 3
			f.founded = min(f.founded, (f.open - 8).First())
			f.above = []membership{monthly(m)}
		}
	}
	c.leave(r)
}

// take draws one of a list and removes it.
func (c *county) take(list *[]*firm, r stream) *firm {
	i := r.IntN(len(*list))
	f := (*list)[i]
	*list = slices.Delete(*list, i, i+1)
	return f
}

// annual is the batch of November, in force from next January, that belongs to
// the work of the year in which it was declared.
func annual(year int) membership {
	return membership{
		from: period.NewDay(year+1, 1, 1), approved: period.NewDay(year, 12, 16), counted: year,
		batch: digits(year) + " 年年度入库",
	}
}

func monthly(m period.Month) membership {
	return membership{
		from: m.First(), approved: (m - 1).First().Add(22), counted: m.Year(), commission: true,
		batch: digits(m.Year()) + " 年 " + digits(m.Month()) + " 月月度入库",
	}
}

// leave lets some fall below the line and off the list in January.
func (c *county) leave(r stream) {
	l := &c.script.Town.Life
	for y := c.begin.Year() + 1; y <= c.until.Year(); y++ {
		var can []*firm
		for _, f := range c.firms {
			if len(f.above) == 1 && !f.named && f.above[0].until == 0 && f.above[0].from.Year() < y-1 {
				can = append(can, f)
			}
		}
		for n := r.number(l.Leave * float64(c.o.Enterprises) / 100); n > 0 && len(can) > 0; n-- {
			f := c.take(&can, r)
			f.above[0].until = period.NewDay(y, 1, 1)
			f.above[0].reason = oneOf(r, l.LeaveReason)
			f.plant.growth = -0.12
		}
	}
}

// on reports whether f stands on a list of its trade.
func (f *firm) on(list string) bool { return slices.Contains(f.lists, list) }

func digits(n int) string {
	var b strings.Builder
	if n >= 10 {
		b.WriteString(digits(n / 10))
	}
	b.WriteByte(byte('0' + n%10))
	return b.String()
}
