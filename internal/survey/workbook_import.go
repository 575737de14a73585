package survey

import (
	"context"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/sheet"
)

// Upload says what a workbook is filed as.
type Upload struct {
	Form       string
	Period     period.Period
	Enterprise string // whose card it is; empty: the card says so, or it is a list
	Source     string // name of the file
	Stage      string // of copies
	Reason     string // needed where a return that was accepted changes
	Fill       *Fill
	Keep       func() error // puts the file into safekeeping, once all is in order; nil: it is not kept
	DryRun     bool         // check only
}

// Result of importing a file.
type Result struct {
	Added     int         `json:"added"`
	Changed   int         `json:"changed"`
	Unchanged int         `json:"unchanged"`
	Faults    errs.Faults `json:"faults"` // when there are any, nothing was stored
	Asks      errs.Faults `json:"asks"`   // 请核实
}

// Stored is how many versions the file made, or would make.
func (r Result) Stored() int { return r.Added + r.Changed }

// ImportWorkbook files the returns of a workbook, all or, when anything in it
// is wrong, none. What changes nothing makes no version.
func (s *Store) ImportWorkbook(ctx context.Context, u Upload, r *sheet.Reading) (res Result, err error) {
	defer errs.Wrap(&err, "importing %s for %s", u.Form, u.Period)
	cat := s.cat()
	f := cat.Forms[u.Form]
	if f == nil {
		return res, errs.Say(errs.NotFound, "没有报表 %s", u.Form)
	}
	if why := Closed(f, u.Period); len(why) > 0 {
		return res, errs.Say(errs.Invalid, "%s：%s", f.Name, strings.Join(why, "；"))
	}
	x := readFilled(newLayout(cat, f, u.Period), u.Enterprise, r)
	if err := s.holdAgainst(ctx, x, f, &res); err != nil {
		return res, err
	}
	for i := range x.returns {
		q := &x.returns[i]
		q.Reason, q.Fill, q.Stage, q.Source = u.Reason, u.Fill, u.Stage, u.Source
	}
	t, err := s.prepare(ctx, x.returns)
	if err != nil {
		return res, err
	}
	x.refused(t.refusals)
	if res.Faults = x.faults; len(res.Faults) > 0 {
		return res, nil
	}
	res.Asks = append(res.Asks, x.asked(t.outcomes)...)
	res.count(t)
	if u.DryRun || res.Stored() == 0 {
		return res, nil
	}
	if u.Keep != nil {
		if err := u.Keep(); err != nil {
			return res, err
		}
	}
	return res, t.write(ctx)
}

func (s *Store) holdAgainst(ctx context.Context, x *filled, f *catalog.Form, res *Result) error {
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return err
	}
	roll, err := s.register.Roll(ctx, m, x.period.Last())
	if err != nil {
		return err
	}
	return m.Read(ctx, f.Kind, func(v fact.View) error {
		res.Asks = x.hold(v, roll)
		return nil
	})
}

func (r *Result) count(t *filing) {
	for i, o := range t.outcomes {
		switch {
		case o.Same:
			r.Unchanged++
		case t.drafts[i].BasedOn == 0:
			r.Added++
		default:
			r.Changed++
		}
	}
}
