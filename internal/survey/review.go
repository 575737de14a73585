package survey

import (
	"context"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// Decision of a reviewer.
type Decision string

// Decisions.
const (
	Accept   Decision = "accept"
	SendBack Decision = "return"
	Freeze   Decision = "lock"
)

// Decide reviews one return. based is the version that the reviewer saw.
func (s *Store) Decide(ctx context.Context, form string, p period.Period, enterprise string, based int32, what Decision, reason string) (v fact.Version, err error) {
	defer errs.Wrap(&err, "reviewing %s %s %s", form, p, enterprise)
	f := s.cat().Forms[form]
	if f == nil {
		return v, errs.Say(errs.NotFound, "没有报表 %s", form)
	}
	right := Review
	if what == Freeze {
		right = Lock
	}
	if err := actor.From(ctx).Need(right, "审核"+f.Name); err != nil {
		return v, err
	}
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return v, err
	}
	var d record.Draft
	err = m.Read(ctx, f.Kind, func(view fact.View) error {
		head, ok := view.Record(Key(p, enterprise))
		if !ok {
			return errs.Say(errs.NotFound, "还没有上报")
		}
		d = record.Draft{
			Kind: f.Kind, Record: head.Record(), BasedOn: head.Version(), Subject: enterprise, Period: p,
			EffectiveOn: head.Effective(), Body: head.Body(), Reason: reason,
		}
		if based != 0 {
			d.BasedOn = based
		}
		d.State, d.Act, err = decide(head.State(), what, reason)
		return err
	})
	if err != nil {
		return v, err
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error { v, err = tx.Append(ctx, d); return err })
	return v, err
}

func decide(state string, what Decision, reason string) (to, act string, err error) {
	switch {
	case what == Accept && state == Submitted:
		return Accepted, "审核通过", nil
	case what == SendBack && (state == Submitted || state == Accepted):
		if strings.TrimSpace(reason) == "" {
			return "", "", errs.Say(errs.Invalid, "退回必须说明原因")
		}
		return Returned, "退回", nil
	case what == Freeze && state == Accepted:
		return Locked, "锁定", nil
	}
	names := map[string]string{Submitted: "已上报", Returned: "已退回", Accepted: "已审核", Locked: "已锁定"}
	return "", "", errs.Say(errs.Conflict, "现为“%s”，不能这样处理", names[state])
}
