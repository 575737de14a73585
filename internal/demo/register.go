package demo

import (
	"fmt"
	"slices"

	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/register"
	"gongmai/internal/unit"
)

// planRegisters enters on the first day what is there, and later what changes.
func (c *county) planRegisters() error {
	by := oneOf(c.stream("registrar"), c.staff[officialRole])
	for i := range c.script.Town.Rows {
		if err := c.planRow(&c.script.Town.Rows[i], by, i); err != nil {
			return err
		}
	}
	for _, f := range c.firms {
		c.planFirm(f, by)
		c.planMemberships(f, by)
	}
	for i := range c.script.Town.Frozen {
		c.planFrozen(&c.script.Town.Frozen[i], by)
	}
	return nil
}

func (c *county) planRow(p *RowPlan, by *person, n int) error {
	t := &c.cat.Registers[p.Register].Type
	x := &scene{day: c.begin, r: c.stream("row", n), n: n}
	body, err := c.fields(p.Values, t.Field, x)
	if err != nil {
		return fmt.Errorf("register %s: %w", p.Register, err)
	}
	if key := c.cat.Registers[p.Register].Key; key != "" {
		c.remember(t.Kind, made{id: body.Get(key).Text(), on: c.begin})
	}
	c.on(c.begin, 0, act{by: by, entry: &entry{make: func() (register.Entry, error) {
		return register.Entry{Type: p.Register, Values: body, EffectiveOn: c.begin.Add(-365), Act: "导入"}, nil
	}}})
	return nil
}

// planFirm enters an enterprise and each change of its state.
func (c *county) planFirm(f *firm, by *person) {
	for i, s := range f.states {
		day, act0 := s.on, "登记"
		if day < c.begin && i+1 < len(f.states) && f.states[i+1].on < c.begin {
			continue
		}
		if day < c.begin {
			day, act0 = c.begin, "初始导入"
		}
		day = c.cal.OnOrAfter(day)
		c.on(day, 1, act{by: by, entry: c.entryOf(f, s, act0)})
	}
	r := c.stream("yearly", f.code)
	for y := c.begin.Year() + 1; y <= c.until.Year() && len(f.above) > 0; y++ {
		if d := period.NewDay(y, 3, 10+r.in(0, 9)); f.founded < d.Add(-60) {
			c.on(c.cal.OnOrAfter(d), 1, act{by: by, entry: c.entryOf(f, stateOn{on: d}, "年度更新")})
		}
	}
}

// entryOf states the whole of an enterprise as it is when it is written.
func (c *county) entryOf(f *firm, s stateOn, what string) *entry {
	return &entry{
		make: func() (register.Entry, error) {
			f.body = c.firmBody(f, s)
			return register.Entry{
				Type: register.Enterprise.Type(), Values: f.body, BasedOn: f.version, EffectiveOn: min(s.on, c.now), Act: what,
			}, nil
		},
		done: func(_ string, v int32) { f.version = v },
	}
}

func (c *county) firmBody(f *firm, s stateOn) fact.Body {
	p := &c.script.Town.Firms
	r := c.stream("body", f.code)
	size, people := f.size(max(s.on, c.begin).MonthOf())
	state := s.state
	if state == "" {
		state = f.stateAt(s.on)
	}
	holding := p.Hold.draw(r)
	if f.mute {
		holding = "state"
	}
	text := func(code, t string) fact.Field {
		if t == "" {
			return fact.Field{Code: code}
		}
		return fact.Field{Code: code, Value: fact.TextOf(t)}
	}
	town := c.cat.Lists["regions"].NameOf(f.town)
	fields := []fact.Field{
		text("credit_code", f.code), text("name", f.name), text("status", state), text("region", f.town), text("size", size),
		text("address", town+oneOf(r, p.Roads)+digits(r.in(1, 199))+"号"), text("note", p.Note), text("holding", holding),
		{Code: "short_names", Value: fact.ListOf(f.short)},
		{Code: "founded_on", Value: fact.DayOf(f.founded)},
		{Code: "status_on", Value: fact.DayOf(s.on)},
		{Code: "key_enterprise", Value: fact.BoolOf(f.key)},
		{Code: "employees", Value: fact.NumberOf(unit.Int(people))},
		{Code: "legal_person", Value: fact.ListOf(f.legal)},
		{Code: "contacts", Value: fact.ListOf(f.clerk)},
		{Code: "statistician", Value: fact.ListOf(f.clerk)},
		{Code: "safety_officer", Value: fact.ListOf(f.officer)},
		{Code: "power_accounts", Value: fact.ListOf(fmt.Sprintf("62%08d", r.IntN(1e8)))},
	}
	if d := f.open.First(); d <= c.now {
		fields = append(fields, fact.Field{Code: "commissioned_on", Value: fact.DayOf(d)})
	}
	if !f.mute {
		fields = append(fields, text("industry", f.industry), text("chain", f.prof.Chain))
	}
	if len(f.products) > 0 {
		fields = append(fields, fact.Field{Code: "main_products", Value: fact.ListOf(f.products...)})
	}
	return fact.NewBody(fields...)
}

// planMemberships enters an enterprise on its lists, and takes it off again.
func (c *county) planMemberships(f *firm, by *person) {
	l := &c.script.Town.Life
	for i := range f.above {
		m := &f.above[i]
		c.planMember(f, by, l.Above, "", m)
	}
	start := max(f.founded, c.begin.Add(-400))
	if f.park != "" {
		c.planMember(f, by, l.Park, f.park, &membership{from: f.founded.Add(20), approved: f.founded.Add(10), batch: digits(f.founded.Year()) + " 年入园"})
	}
	if f.key {
		c.planMember(f, by, l.Key, "", &membership{from: start, approved: start, batch: "重点企业名单（演示）"})
	}
	for _, list := range f.lists {
		c.planMember(f, by, list, "", &membership{from: start, approved: start, batch: "行业监管名单（演示）"})
	}
}

func (c *county) planMember(f *firm, by *person, list, park string, m *membership) {
	var version int32
	state := func(until period.Day, what string, on period.Day) *entry {
		return &entry{
			make: func() (register.Entry, error) {
				b := []fact.Field{
					{Code: "enterprise", Value: fact.TextOf(f.code)},
					{Code: "list", Value: fact.TextOf(list)},
					{Code: "from_on", Value: fact.DayOf(m.from)},
					{Code: "batch", Value: fact.TextOf(m.batch)},
					{Code: "approved_on", Value: fact.DayOf(m.approved)},
				}
				if park != "" {
					b = append(b, fact.Field{Code: "park", Value: fact.TextOf(park)})
				}
				if until != 0 {
					b = append(b, fact.Field{Code: "until_on", Value: fact.DayOf(until)}, fact.Field{Code: "leave_reason", Value: fact.TextOf(m.reason)})
				}
				return register.Entry{
					Type: register.Membership.Type(), ID: m.id, BasedOn: version, Values: fact.NewBody(b...), EffectiveOn: on, Act: what,
				}, nil
			},
			done: func(id string, v int32) { m.id, version = id, v },
		}
	}
	day, what := m.approved, "入库"
	if day < c.begin {
		day, what = c.begin, "初始导入"
	}
	c.on(c.cal.OnOrAfter(max(day, f.founded)), 2, act{by: by, entry: state(0, what, m.from)})
	if m.until != 0 && m.until > c.begin {
		c.on(c.cal.OnOrAfter(m.until.Add(-12)), 2, act{by: by, entry: state(m.until, "退库", m.until)})
	}
}

// planFrozen keeps lists as they were on a day.
func (c *county) planFrozen(p *ListTaken, by *person) {
	t := &c.cat.Registers[p.Register].Type
	for y := c.begin.Year(); y <= c.until.Year(); y++ {
		on := period.NewDay(y, p.Month, p.Day)
		c.on(c.cal.OnOrAfter(on), 3, act{by: by, entry: &entry{make: func() (register.Entry, error) {
			x := &scene{day: on, r: c.stream("frozen", p.Month, y)}
			body, err := c.fields(p.Values, t.Field, x)
			body = body.With(fact.Field{Code: p.Members, Value: fact.ListOf(c.members(p.List, on)...)})
			return register.Entry{Type: p.Register, Act: "冻结名单", Values: body}, err
		}}})
	}
}

func (c *county) members(list string, on period.Day) (out []string) {
	for _, f := range c.firms {
		is := f.works(on) && !f.mute
		if list == c.script.Town.Life.Above {
			is = f.aboveAt(on)
		}
		if is {
			out = append(out, f.code)
		}
	}
	slices.Sort(out)
	return out
}
