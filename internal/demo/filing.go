package demo

import (
	"context"
	"math"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/survey"
)

// wrongKey is a month of a plant as one form first stated it.
type wrongKey struct {
	form, firm string
	m          period.Month
}

// filing is one return on its way in.
type filing struct {
	plan   *FormPlan
	form   *catalog.Form
	p      period.Period
	firm   *firm
	reason string
	fill   *survey.Fill
	source string
	r      stream
}

// planForms plans each form's periods: who files is known when the period is over.
func (c *county) planForms() error {
	for i := range c.script.Forms {
		plan := &c.script.Forms[i]
		form := c.cat.Forms[plan.Code]
		for _, p := range c.periods(plan, form) {
			on, how := p.Last().Add(1), c.open
			if p.Last() < c.begin {
				on = c.workday(c.begin, 2) // when the registers are there
			}
			if p.Last().Add(int(plan.Arrive.To)) < c.begin {
				how = c.openOld
			}
			c.on(on, 0, act{by: c.system(), hook: func(ctx context.Context) error { return how(ctx, plan, form, p) }})
		}
	}
	return nil
}

func (c *county) system() *person {
	return &person{actor: actor.System(), person: actor.System().ID}
}

// periods lists the periods of a form that end within the demo, those whose
// returns are still to come when it begins, and those that are entered then.
func (c *county) periods(plan *FormPlan, f *catalog.Form) (out []period.Period) {
	months := map[string]period.Month{"month": 1, "quarter": 3, "year": 12}[f.Every]
	before := period.Month(max(1, plan.Before))
	if plan.AtMost > 0 && c.o.Years > plan.AtMost {
		before = 1
	}
	for m := c.begin.MonthOf() - before; m < c.until.MonthOf(); m++ {
		if m.Month()%int(months) == 0 && (!f.SkipJanuary || m.Month() > 1) {
			out = append(out, period.Period{From: m - months + 1, To: m})
		}
	}
	return out
}

// openOld enters the returns of a period before the demo, all at once: what a
// bureau brings in from files when it begins.
func (c *county) openOld(ctx context.Context, plan *FormPlan, form *catalog.Form, p period.Period) error {
	firms, err := c.expected(ctx, form, p)
	if err != nil {
		return err
	}
	reviewer := oneOf(c.stream("form", form.Code, p), c.staff[reviewerRole])
	day := c.workday(c.begin, 4)
	for _, f := range firms {
		x := &filing{plan: plan, form: form, p: p, firm: f, r: c.stream("return", form.Code, p, f.code), reason: "启用时导入历史数据"}
		c.on(day, 1, act{by: reviewer, ret: x})
		if form.Copy == "" {
			c.on(day, 2, act{by: reviewer, review: &review{x, survey.Accept, ""}})
		}
	}
	return nil
}

// expected lists who is asked for a period, as the room itself knows.
func (c *county) expected(ctx context.Context, form *catalog.Form, p period.Period) (out []*firm, err error) {
	m, err := c.Records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	firms, err := c.Survey.Expected(ctx, m, form, p)
	for _, x := range firms {
		out = append(out, c.byCode[x.Code])
	}
	return out, err
}

// open lists who is asked for a period and plans each return.
func (c *county) open(ctx context.Context, plan *FormPlan, form *catalog.Form, p period.Period) error {
	firms, err := c.expected(ctx, form, p)
	if err != nil {
		return err
	}
	r := c.stream("form", form.Code, p)
	first := c.cal.OnOrAfter(p.Last().Add(plan.Arrive.whole(r)))
	reviewer := oneOf(r, c.staff[reviewerRole])
	for _, f := range firms {
		c.await(plan, form, p, f, first, reviewer)
	}
	return nil
}

// await plans one return: when it comes, from whom, and what happens to it.
func (c *county) await(plan *FormPlan, form *catalog.Form, p period.Period, f *firm, first period.Day, reviewer *person) {
	r := c.stream("return", form.Code, p, f.code)
	if !f.named && p.To+1 >= c.until.MonthOf() && r.chance(plan.Never) {
		return
	}
	x := &filing{plan: plan, form: form, p: p, firm: f, r: r}
	day, by, slot := first, reviewer, 1
	if form.Copy == "" {
		day, by, slot = c.habit(plan, p, f.reporter)
		if r.chance(plan.FillFor) {
			by = oneOf(r, c.staff[officialRole])
			x.fill = &survey.Fill{Informant: f.clerk, How: plan.How.draw(r)}
		}
	} else {
		x.source = c.fill(oneOf(r, plan.Source), &scene{day: p.Last(), firm: f, r: r})
	}
	if r.chance(plan.Late) {
		day = p.Last().Add(int(plan.Arrive.To) + plan.Delay.whole(r))
	}
	day = c.cal.OnOrAfter(day)
	wrong := r.chance(plan.Wrong)
	if wrong {
		c.wrong[wrongKey{form.Code, f.code, p.To}] = 1 + math.Copysign(r.between(0.02, 0.09), r.Float64()-0.5)
	}
	c.on(day, slot, act{by: by, ret: x})
	if form.Copy == "" {
		day = c.afterFiling(x, day, by, reviewer)
	}
	if wrong {
		c.mend(x, day.Add(plan.Mend.whole(r)), reviewer)
	}
	if plan.Lock > 0 {
		c.on(c.cal.OnOrAfter(p.Last().Add(plan.Lock)), 3, act{by: reviewer, review: &review{x, survey.Freeze, ""}})
	}
}

// habit is when a reporter files this period's returns, all of his at once.
func (c *county) habit(plan *FormPlan, p period.Period, who *person) (period.Day, *person, int) {
	r := c.stream("habit", plan.Code, p, who.actor.ID)
	return p.Last().Add(plan.Arrive.whole(r)), who, r.in(0, 2)
}

// afterFiling plans the review of an own form's return, perhaps with a return
// and a second filing; it answers with the day of acceptance.
func (c *county) afterFiling(x *filing, day period.Day, by, reviewer *person) period.Day {
	review1 := c.workday(day, max(1, x.plan.Accept.whole(x.r)))
	if x.r.chance(x.plan.Returned) {
		c.on(review1, 1, act{by: reviewer, review: &review{x, survey.SendBack, oneOf(x.r, x.plan.Back)}})
		again := c.workday(review1, 1)
		second := *x
		second.reason = "按审核意见核实后重报"
		c.on(again, 1, act{by: by, ret: &second})
		review1 = c.workday(again, 1)
	}
	c.on(review1, 2, act{by: reviewer, review: &review{x, survey.Accept, ""}})
	return review1
}

// mend plans the correction of an accepted return.
func (c *county) mend(x *filing, day period.Day, reviewer *person) {
	right := *x
	right.reason = oneOf(x.r, x.plan.Why)
	right.fill = nil
	day = c.cal.OnOrAfter(day)
	c.on(day, 1, act{by: c.system(), hook: func(context.Context) error {
		delete(c.wrong, wrongKey{x.form.Code, x.firm.code, x.p.To})
		return nil
	}})
	c.on(day, 2, act{by: reviewer, ret: &right})
}

// submit files returns of one person, all at once.
func (c *county) submit(ctx context.Context, g []act) error {
	rs := make([]survey.Return, len(g))
	for i, a := range g {
		cells, err := c.cells(a.ret)
		if err != nil {
			return err
		}
		x := a.ret
		rs[i] = survey.Return{
			Form: x.form.Code, Period: x.p, Enterprise: x.firm.code, Cells: cells, Reason: x.reason, Fill: x.fill,
			Source: x.source, Stage: x.plan.Stage,
		}
	}
	out, err := c.Survey.Submit(ctx, rs...)
	if err != nil {
		return err
	}
	for i, o := range out {
		for _, f := range o.Faults {
			if f.Level == catalog.Hard {
				return errs.Say(errs.Invalid, "%s %s %s：%s", rs[i].Form, rs[i].Period, rs[i].Enterprise, f.Message)
			}
		}
	}
	return nil
}

// review is a decision on a return.
type review struct {
	of     *filing
	what   survey.Decision
	reason string
}

func (c *county) reviewOne(ctx context.Context, v *review) error {
	x := v.of
	_, err := c.Survey.Decide(ctx, x.form.Code, x.p, x.firm.code, 0, v.what, v.reason)
	return err
}

// cells makes the items of a return.
// fieldOf shows the items of a form as fields, for the makers of values.
// cell states a quantity for the span that an item's column covers.
// stated converts a quantity to the unit and the places it is asked in.
// total is a flow summed over months, a stock at their end, a mean over them.
