package demo

import (
	"context"
	"fmt"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
)

// condition compiles a condition over enterprises, once.
// namesOf resolves what a condition asks about an enterprise on a day.
// steps takes steps of one person, all at once.
func (c *county) steps(ctx context.Context, g []act) error {
	moves := make([]ledger.Move, 0, len(g))
	taking := make([]*kase, 0, len(g))
	for _, a := range g {
		m, ok, err := c.move(ctx, a.step)
		if err != nil {
			return err
		}
		if ok {
			moves, taking = append(moves, m), append(taking, a.step)
		}
	}
	if len(moves) == 0 {
		return nil
	}
	vs, err := c.Ledger.Take(ctx, moves...)
	if err != nil {
		return err
	}
	for i, k := range taking {
		k.id, k.state, k.body = vs[i].Record, vs[i].State, vs[i].Body
		if k.taken++; k.taken == 1 {
			c.remember(k.ledger.Kind, made{k.id, k.firm, k.day})
		}
		if err := c.after(k); err != nil {
			return err
		}
	}
	return nil
}

// move makes a step's values. ok is false where a walk may not take it.
func (c *county) move(ctx context.Context, k *kase) (m ledger.Move, ok bool, err error) {
	x := &scene{firm: k.firm, day: k.day, body: k.body, parent: k.parent, event: k.event, r: k.r, n: k.n, what: k.ledger.Name, first: k.id == ""}
	if k.event != nil && k.id == "" && k.group != nil && k.group.For != nil {
		x.body = x.body.With(k.event...)
	}
	if err := c.setFields(k, x); err != nil {
		return m, false, fmt.Errorf("case of %s, step %s: %w", k.ledger.Code, k.step.Code, err)
	}
	m = ledger.Move{Type: k.ledger.Code, ID: k.id, Step: k.step.Code, Values: x.body, EffectiveOn: min(k.day, c.now)}
	if k.step.Back {
		m.Reason = c.reason(k, x)
	}
	who := actor.From(ctx)
	faults := ledger.Hindrances(c.cat, k.ledger, k.step, who, k.state, x.body, c.now)
	faults = append(faults, c.cat.CheckBody(&k.ledger.Type, x.body, k.step.Need)...)
	switch {
	case len(faults) == 0:
		return m, true, nil
	case k.path == nil:
		return m, false, nil // a walk rests where its flow asks for more than it knows
	}
	return m, false, errs.Say(errs.Invalid, "台账 %s 的步骤 %s（%s，%s）：%s", k.ledger.Code, k.step.Code, who.Roles, k.day, faults.Error())
}

// setFields makes the fields of a step: of the path, the group and the ledger
// when the case begins, of the step, and what it needs and nobody spoke of.
func (c *county) setFields(k *kase, x *scene) error {
	l := k.ledger
	set := func(plan Fields) error {
		_, err := c.fields(plan, l.Field, x)
		return err
	}
	if k.path == nil && k.id == "" {
		c.follow(k, x)
	}
	if l.Subject != "" && k.firm != nil && !x.body.Get(l.Subject).Present() {
		x.body = x.body.With(fact.Field{Code: l.Subject, Value: fact.TextOf(k.firm.code)})
	}
	if k.path != nil {
		if k.id == "" {
			for _, plan := range []Fields{k.group.Set, k.path.Set, k.plan.Set} {
				if err := set(without(plan, x.body)); err != nil {
					return err
				}
			}
		}
		if err := set(k.path.Steps[k.i].Set); err != nil {
			return err
		}
	}
	return c.complete(k, x)
}

// without leaves out the fields that are there already.
func without(plan Fields, have fact.Body) (out Fields) {
	for _, f := range plan {
		if !have.Get(f.Code).Present() {
			out = append(out, f)
		}
	}
	return out
}

// complete fills in what must be there. A walk also fills every other field of
// the first step, except dates and results, which belong to later ones.
func (c *county) complete(k *kase, x *scene) error {
	for i := range k.ledger.Fields {
		f := &k.ledger.Fields[i]
		needed := f.Need
		for _, n := range k.step.Need {
			needed = needed || n == f.Code
		}
		casual := k.path == nil && k.id == "" && f.Type != catalog.TypeDate && f.Type != catalog.TypeFiles && k.r.chance(0.6)
		if (!needed && !casual) || x.body.Get(f.Code).Present() {
			continue
		}
		v, err := c.usual(f, x)
		if err != nil {
			return err
		}
		if v.Type() != fact.Missing {
			x.body = x.body.With(fact.Field{Code: f.Code, Value: v})
		}
	}
	return nil
}

func (c *county) reason(k *kase, x *scene) string {
	if k.path != nil {
		if t := k.path.Steps[k.i].Reason; len(t) > 0 {
			return c.fill(oneOf(k.r, t), x)
		}
	}
	return "情况变化，经核实后办理"
}

// after makes the cases that a step gives rise to, and goes on with this one.
func (c *county) after(k *kase) error {
	if k.path == nil {
		c.wander(k)
		return nil
	}
	for _, s := range k.path.Steps[k.i].Spawn {
		if err := c.spawn(k, s); err != nil {
			return err
		}
	}
	c.goOn(k)
	return nil
}

func (c *county) spawn(k *kase, s Spawn) error {
	times := 1
	if s.Times != "" {
		d, _ := k.body.Get(s.Times).Number()
		times = int(d.Float64())
	}
	for i := range c.script.Ledgers {
		p := &c.script.Ledgers[i]
		for j := range p.Groups {
			if p.Code != s.Ledger || p.Groups[j].Name != s.Group {
				continue
			}
			for range times {
				child := *k // as the parent is now
				c.start(p, &p.Groups[j], &kase{
					ledger: c.cat.Ledgers[p.Code], firm: k.firm, parent: &child, day: c.workday(k.day, s.After.whole(k.r)),
				}, k.r.Uint64())
			}
		}
	}
	return nil
}
