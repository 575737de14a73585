package survey

import (
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
)

// Submit files returns, all or none. What must be mended comes back as
// Refusals, all at once.
func (s *Store) Submit(ctx context.Context, returns ...Return) (out []Outcome, err error) {
	defer errs.Wrap(&err, "filing %d returns", len(returns))
	f, err := s.prepare(ctx, returns)
	if err != nil {
		return nil, err
	}
	if err := f.refusals.Err(); err != nil {
		return nil, err
	}
	return f.outcomes, f.write(ctx)
}

// filing is a Submit on its way: first all is checked, then all is written.
type filing struct {
	*Store
	m        *record.Moment
	who      actor.Actor
	today    period.Day
	rolls    map[period.Day]*register.Roll
	drafts   []record.Draft // by return
	outcomes []Outcome      // by return
	refusals Refusals
}

// prepare checks returns without writing anything.
func (s *Store) prepare(ctx context.Context, returns []Return) (*filing, error) {
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	f := &filing{
		Store: s, m: m, who: actor.From(ctx), today: s.records.Today(), rolls: map[period.Day]*register.Roll{},
		drafts: make([]record.Draft, len(returns)), outcomes: make([]Outcome, len(returns)),
	}
	for i := range returns {
		if f.drafts[i], f.outcomes[i], err = f.draft(ctx, &returns[i]); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// write appends what changes anything.
func (f *filing) write(ctx context.Context) error {
	if !slices.ContainsFunc(f.outcomes, func(o Outcome) bool { return !o.Same }) {
		return nil
	}
	return f.records.Write(ctx, func(tx *record.Tx) error {
		for i := range f.drafts {
			if f.outcomes[i].Same {
				continue
			}
			v, err := tx.Append(ctx, f.drafts[i])
			if err != nil {
				return err
			}
			f.outcomes[i].Version = v
		}
		return nil
	})
}

func (f *filing) draft(ctx context.Context, r *Return) (d record.Draft, o Outcome, err error) {
	form := f.cat().Forms[r.Form]
	if form == nil {
		return d, o, errs.Say(errs.NotFound, "没有报表 %s", r.Form)
	}
	if err := f.may(form, r); err != nil {
		return d, o, err
	}
	roll := f.rolls[r.Period.Last()]
	if roll == nil {
		if roll, err = f.register.Roll(ctx, f.m, r.Period.Last()); err != nil {
			return d, o, err
		}
		f.rolls[r.Period.Last()] = roll
	}
	firm := roll.Firm(r.Enterprise)
	if firm == nil {
		f.refusals.add(r.Enterprise, nil, r.Enterprise, "名录中没有这家企业，请先登记")
		return d, o, nil
	}
	place := fmt.Sprintf("%s %s %s", form.Name, r.Period.Chinese(), firm.Name)
	for _, why := range Closed(form, r.Period) {
		f.refusals.add(r.Enterprise, nil, place, "%s", why)
	}
	err = f.m.Read(ctx, form.Kind, func(v fact.View) error {
		d, o = f.compose(form, r, v, place)
		return nil
	})
	return d, o, err
}

// may decides who may file: the enterprise itself, or an official who fills in
// for it and says who stated it and how; copies come from officials.
func (f *filing) may(form *catalog.Form, r *Return) error {
	if !f.m.Sees(form.Kind, r.Enterprise) {
		return errs.Say(errs.Denied, "这家企业不在您的范围内")
	}
	if form.Copy != "" {
		return f.who.Need(Review, "导入"+form.Name+"副本")
	}
	if f.who.May(File) && slices.Contains(f.who.Reach.Enterprises, r.Enterprise) {
		return nil
	}
	if err := f.who.Need(FillFor, "代填"+form.Name); err != nil {
		return err
	}
	if r.Fill == nil && !f.who.May("*") && r.Reason == "" {
		return errs.Say(errs.Invalid, "代填应写明由谁、以何种方式提供，并附依据")
	}
	return nil
}

// Closed says why nobody may file a form for a period: it is not one of the
// form's periods, or the form has expired. None means it is open.
func Closed(form *catalog.Form, p period.Period) (why []string) {
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[form.Every]
	switch {
	case p.Months() != months || (p.To.Month()%months != 0):
		why = append(why, "期别应为一个"+map[string]string{"month": "月", "quarter": "季度", "year": "年"}[form.Every])
	case form.SkipJanuary && p.To.Month() == 1:
		why = append(why, "1 月免报，与 2 月合并为 1—2 月")
	case form.Copy == "" && form.ValidUntil != 0 && p.Last() > form.ValidUntil:
		why = append(why, fmt.Sprintf("本表有效期至 %s，已过期，不得布置和填报", form.ValidUntil))
	}
	return why
}

func (f *filing) compose(form *catalog.Form, r *Return, v fact.View, place string) (d record.Draft, o Outcome) {
	key := Key(r.Period, r.Enterprise)
	head, exists := v.Record(key)
	var have fact.Body
	state := ""
	if exists {
		have, state = head.Body(), head.State()
		if r.BasedOn == 0 {
			r.BasedOn = head.Version()
		}
	}
	f.checkItems(form, r, place)
	o.Faults = Run(form, r.Cells, v, r.Period, r.Enterprise)
	for _, x := range o.Faults {
		if x.Level == catalog.Hard && form.Copy == "" {
			f.refusals.add(r.Enterprise, x.Items, place+" "+strings.Join(x.Items, "、"), "%s", x.Message)
		}
	}
	if exists && cellsOf(have).Equal(r.Cells) && state != Returned {
		o.Same = true
		o.Version = head.AsVersion()
		return d, o
	}
	d = record.Draft{
		Kind: form.Kind, Record: key, BasedOn: r.BasedOn, Subject: r.Enterprise, Period: r.Period,
		EffectiveOn: r.Period.Last(), Reason: r.Reason, Body: f.body(r, have),
	}
	d.State, d.Act = f.next(form, state, r, place)
	return d, o
}

// next says into which state a filed return goes.
func (f *filing) next(form *catalog.Form, state string, r *Return, place string) (to, act string) {
	refuse := func(why string) { f.refusals.add(r.Enterprise, nil, place, "%s", why) }
	switch {
	case form.Copy != "" && state == "":
		return Accepted, "导入副本"
	case state == Locked && !f.who.May(Lock):
		refuse("已锁定，不能修改")
	case Counts(state) && !f.who.May(Review):
		refuse("已审核通过；需要修改请联系审核人退回")
	case Counts(state) && r.Reason == "":
		refuse("更正已审核的数据必须说明原因")
	case Counts(state):
		return state, "更正"
	}
	if form.Copy != "" {
		return Accepted, "导入副本"
	}
	if r.Fill != nil {
		return Submitted, "代填上报"
	}
	return Submitted, "上报"
}

func (f *filing) body(r *Return, have fact.Body) fact.Body {
	filed := have.Get(FiledOn)
	if !filed.Present() {
		filed = fact.DayOf(f.today)
	}
	meta := fact.Body{{Code: FiledOn, Value: filed}}
	text := func(code, s string) {
		if s != "" {
			meta = append(meta, fact.Field{Code: code, Value: fact.TextOf(s)})
		}
	}
	text(Stage, r.Stage)
	text(Source, r.Source)
	if r.Fill != nil {
		text(Informant, r.Fill.Informant)
		text(How, r.Fill.How)
		if len(r.Fill.Evidence) > 0 {
			meta = append(meta, fact.Field{Code: Evidence, Value: fact.ListOf(r.Fill.Evidence...)})
		}
	}
	meta = fact.NewBody(meta...)
	return append(append(make(fact.Body, 0, len(meta)+len(r.Cells)), meta...), r.Cells...) // in order: see cellsOf
}

// cellsOf is a body without its meta fields, which stand before the items:
// their codes begin with _, those of items with a small letter.
func cellsOf(b fact.Body) fact.Body {
	i := 0
	for i < len(b) && strings.HasPrefix(b[i].Code, "_") {
		i++
	}
	return b[i:]
}

func (f *filing) checkItems(form *catalog.Form, r *Return, place string) {
	for _, c := range r.Cells {
		it, ok := form.Item(c.Code)
		if !ok {
			f.refusals.add(r.Enterprise, nil, place+" "+c.Code, "报表中没有这一项")
			continue
		}
		if !c.Value.Present() {
			continue
		}
		refuse := func(format string, args ...any) {
			f.refusals.add(r.Enterprise, []string{it.Code}, place+" "+it.Name, format, args...)
		}
		if c.Value.Type() != it.FactType() {
			refuse("类型不对：%s", c.Value)
			continue
		}
		if d, ok := c.Value.Number(); ok {
			if d.Trim().Scale() > uint8(it.Scale) {
				refuse("最多 %d 位小数，现为 %s", it.Scale, d)
			}
			if d.Sign() < 0 && !it.Negative && form.Copy == "" {
				refuse("不应为负，现为 %s", d)
			}
		}
	}
	if form.Copy != "" {
		return
	}
	for i := range form.Items {
		if it := &form.Items[i]; it.Need && r.Cells.Get(it.Code).Type() == fact.Missing {
			f.refusals.add(r.Enterprise, []string{it.Code}, place+" "+it.Name, "必须填写；没有的填 0，不适用的填“/”")
		}
	}
}
