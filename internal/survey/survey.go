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

// States of a return.
const (
	Submitted = "submitted"
	Returned  = "returned"
	Accepted  = "accepted"
	Locked    = "locked"
)

// Counts reports whether a return in this state is counted in figures.
func Counts(state string) bool { return state == Accepted || state == Locked }

// Rights.
const (
	File    actor.Right = "survey.file"     // for one's own enterprise
	FillFor actor.Right = "survey.fill_for" // 代填
	Review  actor.Right = "survey.review"
	Lock    actor.Right = "survey.lock"
)

// Meta fields of a return's body, beside its items.
const (
	FiledOn   = "_filed_on"  // day of the first submission
	Stage     = "_stage"     // of a copy: 快报, 直报副本, 反馈, 年报核定
	Source    = "_source"    // of a copy: the file it came from
	Informant = "_informant" // 代填: person id of who stated it
	How       = "_how"       // 代填: phone, WeChat, paper
	Evidence  = "_evidence"  // 代填: digests
)

// Store keeps returns.
type Store struct {
	records  *record.Store
	register *register.Store
	cat      func() *catalog.Catalogue
}

// New returns a Store.
func New(r *record.Store, reg *register.Store, cat func() *catalog.Catalogue) *Store {
	return &Store{records: r, register: reg, cat: cat}
}

// Key is the record of one enterprise's return for one period.
func Key(p period.Period, enterprise string) string { return p.String() + "/" + enterprise }

// Return is what somebody files.
type Return struct {
	Form       string
	Period     period.Period
	Enterprise string
	BasedOn    int32 // zero: the newest
	Cells      fact.Body
	Reason     string
	Fill       *Fill
	Stage      string // of copies
	Source     string
}

// Fill says for whom an official fills in a return (代填).
type Fill struct {
	Informant string
	How       string
	Evidence  []string
}

// Outcome of filing one return.
type Outcome struct {
	Version fact.Version
	Same    bool    // nothing was changed, nothing written
	Faults  []Fault // asks, and, for copies, hard ones too
}

// Submit files returns, all or none. What must be mended comes back as errs.Faults, all at once.
func (s *Store) Submit(ctx context.Context, returns ...Return) (out []Outcome, err error) {
	defer errs.Wrap(&err, "filing %d returns", len(returns))
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	f := &filing{Store: s, m: m, who: actor.From(ctx), today: s.records.Today(), calls: map[period.Day]*register.Roll{}}
	drafts := make([]record.Draft, len(returns))
	out = make([]Outcome, len(returns))
	for i := range returns {
		if drafts[i], out[i], err = f.draft(ctx, &returns[i]); err != nil {
			return nil, err
		}
	}
	if err := f.faults.Err(); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(out, func(o Outcome) bool { return !o.Same }) {
		return out, nil
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		for i := range drafts {
			if out[i].Same {
				continue
			}
			v, err := tx.Append(ctx, drafts[i])
			if err != nil {
				return err
			}
			out[i].Version = v
		}
		return nil
	})
	return out, err
}

// filing checks the returns of one Submit.
type filing struct {
	*Store
	m      *record.Moment
	who    actor.Actor
	today  period.Day
	faults errs.Faults
	calls  map[period.Day]*register.Roll
}

func (f *filing) draft(ctx context.Context, r *Return) (d record.Draft, o Outcome, err error) {
	form := f.cat().Forms[r.Form]
	if form == nil {
		return d, o, errs.Say(errs.NotFound, "没有报表 %s", r.Form)
	}
	if err := f.may(form, r); err != nil {
		return d, o, err
	}
	roll := f.calls[r.Period.Last()]
	if roll == nil {
		if roll, err = f.register.Roll(ctx, f.m, r.Period.Last()); err != nil {
			return d, o, err
		}
		f.calls[r.Period.Last()] = roll
	}
	firm := roll.Firm(r.Enterprise)
	if firm == nil {
		f.faults.Add(r.Enterprise, "名录中没有这家企业，请先登记")
		return d, o, nil
	}
	place := fmt.Sprintf("%s %s %s", form.Name, r.Period.Chinese(), firm.Name)
	f.checkPeriod(form, r, place)
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

func (f *filing) checkPeriod(form *catalog.Form, r *Return, place string) {
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[form.Every]
	switch {
	case r.Period.Months() != months:
		f.faults.Add(place, "期别应为一个%s", map[string]string{"month": "月", "quarter": "季度", "year": "年"}[form.Every])
	case form.SkipJanuary && r.Period.To.Month() == 1:
		f.faults.Add(place, "1 月免报，与 2 月合并为 1—2 月")
	case form.Copy == "" && form.ValidUntil != 0 && r.Period.Last() > form.ValidUntil:
		f.faults.Add(place, "本表有效期至 %s，已过期，不得布置和填报", form.ValidUntil)
	}
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
			f.faults.Add(place+" "+strings.Join(x.Items, "、"), "%s", x.Message)
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
	switch {
	case form.Copy != "" && state == "":
		return Accepted, "导入副本"
	case state == Locked && !f.who.May(Lock):
		f.faults.Add(place, "已锁定，不能修改")
	case Counts(state) && !f.who.May(Review):
		f.faults.Add(place, "已审核通过；需要修改请联系审核人退回")
	case Counts(state) && r.Reason == "":
		f.faults.Add(place, "更正已审核的数据必须说明原因")
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
	b := slices.Clone(r.Cells)
	filed := have.Get(FiledOn)
	if !filed.Present() {
		filed = fact.DayOf(f.today)
	}
	b = append(b, fact.Field{Code: FiledOn, Value: filed})
	text := func(code, s string) {
		if s != "" {
			b = append(b, fact.Field{Code: code, Value: fact.TextOf(s)})
		}
	}
	text(Stage, r.Stage)
	text(Source, r.Source)
	if r.Fill != nil {
		text(Informant, r.Fill.Informant)
		text(How, r.Fill.How)
		if len(r.Fill.Evidence) > 0 {
			b = append(b, fact.Field{Code: Evidence, Value: fact.ListOf(r.Fill.Evidence...)})
		}
	}
	return fact.NewBody(b...)
}

// cellsOf drops the meta fields of a body.
func cellsOf(b fact.Body) fact.Body {
	return slices.DeleteFunc(slices.Clone(b), func(x fact.Field) bool { return strings.HasPrefix(x.Code, "_") })
}

func (f *filing) checkItems(form *catalog.Form, r *Return, place string) {
	for _, c := range r.Cells {
		it, ok := form.Item(c.Code)
		if !ok {
			f.faults.Add(place+" "+c.Code, "报表中没有这一项")
			continue
		}
		if !c.Value.Present() {
			continue
		}
		at := place + " " + it.Name
		if c.Value.Type() != it.FactType() {
			f.faults.Add(at, "类型不对：%s", c.Value)
			continue
		}
		if d, ok := c.Value.Number(); ok {
			if d.Trim().Scale() > uint8(it.Scale) {
				f.faults.Add(at, "最多 %d 位小数，现为 %s", it.Scale, d)
			}
			if d.Sign() < 0 && !it.Negative && form.Copy == "" {
				f.faults.Add(at, "不应为负，现为 %s", d)
			}
		}
	}
	if form.Copy != "" {
		return
	}
	for i := range form.Items {
		if it := &form.Items[i]; it.Need && r.Cells.Get(it.Code).Type() == fact.Missing {
			f.faults.Add(place+" "+it.Name, "必须填写；没有的填 0，不适用的填“/”")
		}
	}
}
