package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/sheet"
)

// foundedOn is the field from which on a record that is new to us holds; the
// figures of earlier periods would miss an enterprise that began today.
const foundedOn = "founded_on"

// TakeRegister takes a register in. A record is known by its type's key; where
// the type has none, by all that it states.
func (d *Desk) TakeRegister(ctx context.Context, typ string, r *sheet.Reading, a Ask) (res Result, err error) {
	defer errs.Wrap(&err, "importing register %s", typ)
	if err := actor.From(ctx).Need(register.Write, "导入名录"); err != nil {
		return res, err
	}
	reg := d.Catalogue().Registers[typ]
	if reg == nil {
		return res, errs.Say(errs.NotFound, "没有名录 %s", typ)
	}
	m, err := d.Records.At(ctx, record.AsOf{})
	if err != nil {
		return res, err
	}
	find, err := d.finder(ctx, m)
	if err != nil {
		return res, err
	}
	t, err := read(r, columnsOf(&reg.Type, reg.Key, false))
	if err != nil {
		return res, err
	}
	a.progress("正在核对", len(t.rows))
	p := roll{Desk: d, reg: reg, find: find, t: t, ask: a}
	changes := d.changesOf(t, &reg.Type, reg.Key, find) // before the table is held: it reads others
	if err := m.Read(ctx, reg.Kind, func(v fact.View) error { p.compare(v, changes); return nil }); err != nil {
		return res, err
	}
	res = Result{Added: p.added, Changed: p.changed, Unchanged: p.unchanged, Faults: t.faults}
	if p.today > 0 {
		res.Asks.Add("", "%d 户没有写明成立日期或生效日期，自今天起生效；要用于以前各期，请加 --effective 2022-01-01", p.today)
	}
	if len(res.Faults) > 0 || a.DryRun || res.Stored() == 0 {
		return res, nil
	}
	a.progress("正在写入", res.Stored())
	return res, p.write(ctx)
}

// roll compares a file with a register.
type roll struct {
	*Desk
	reg     *catalog.Register
	find    *finder
	t       *table
	ask     Ask
	entries []register.Entry
	from    []*change // by entry

	added, changed, unchanged int
	today                     int // new ones that begin today
}

func (p *roll) compare(v fact.View, changes []change) {
	var same map[string]int // keyless: how often each body is known
	if p.reg.Key == "" {
		same = map[string]int{}
		for r := range v.Heads() {
			same[p.signature(r.Body())]++
		}
	}
	for i := range changes {
		c := &changes[i]
		id := ""
		if p.reg.Key != "" {
			if id = fact.NewBody(c.values...).Get(p.reg.Key).Text(); id == "" {
				continue // its fault is named
			}
		}
		head, exists := v.Record(id)
		var have fact.Body
		if exists {
			have = head.Body()
			for field, names := range c.people {
				if p.find.called(have.Get(field), names) {
					delete(c.people, field)
				}
			}
		}
		body := c.bodyOf(have)
		p.t.refuse(*c, &p.reg.Type, p.check(body))
		if p.reg.Key == "" && same[p.signature(body)] > 0 {
			same[p.signature(body)]--
			p.unchanged++
			continue
		}
		if exists && body.Equal(have) && len(c.people) == 0 {
			p.unchanged++
			continue
		}
		p.keep(c, id, head, exists, have)
	}
}

// check is what is wrong with a body of this register.
func (p *roll) check(b fact.Body) errs.Faults {
	return p.Catalogue().CheckBody(&p.reg.Type, b, nil)
}

func (p *roll) keep(c *change, id string, head fact.Row, exists bool, have fact.Body) {
	e := register.Entry{
		Type: p.reg.Code, ID: id, Values: have, EffectiveOn: cmp.Or(c.effective, p.ask.Effective), Act: "导入登记",
		Reason: cmp.Or(p.ask.Reason, "导入 "+p.ask.Source),
	}
	if exists {
		p.changed++
		e.BasedOn, e.Act = head.Version(), "导入变更"
	} else {
		p.added++
		if e.EffectiveOn == 0 {
			e.EffectiveOn = p.begins(c)
		}
	}
	p.entries, p.from = append(p.entries, e), append(p.from, c)
}

// begins is the day from which a record that nobody knew holds.
func (p *roll) begins(c *change) (d period.Day) {
	f, ok := p.reg.Field(foundedOn)
	if !ok {
		return 0
	}
	if d = fact.NewBody(c.values...).Get(f.Code).Day(); d == 0 {
		p.today++
	}
	return d
}

// signature is what a record states, but for its people, whose ids are ours.
func (p *roll) signature(b fact.Body) string {
	return string(slices.DeleteFunc(slices.Clone(b), func(x fact.Field) bool {
		f, ok := p.reg.Field(x.Code)
		return strings.HasPrefix(x.Code, "_") || (ok && f.Type == catalog.TypePeople)
	}).Encode())
}

func (p *roll) write(ctx context.Context) error {
	if err := p.enter(ctx, p.from); err != nil {
		return fmt.Errorf("entering persons: %w", err)
	}
	for i, c := range p.from {
		p.entries[i].Values = c.bodyOf(p.entries[i].Values)
	}
	_, err := p.Register.Put(ctx, p.entries...)
	return err
}
