// Package given (部门提供数) keeps figures that other offices provide: a value
// for an indicator, a scope and a period, with who gave it, on what day, at
// which stage (预计 → 快报 → 直报副本 → 反馈 → 年报核定) and by which document.
//
// A later stage is a new version of the same record. A given figure stands
// beside what records count; the indicator's rule says which one prints.
package given

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
	"gongmai/internal/unit"
)

// Write is the right to enter given figures.
const Write actor.Right = "given.write"

// Stages in their order. A version never goes back to an earlier one without a reason.
var Stages = []string{"预计", "快报", "直报副本", "反馈", "年报核定"}

// Fields of a given figure.
const (
	Value    = "value"
	Provider = "provider"
	On       = "on"
	Stage    = "stage"
	Document = "document"
	Files    = "files"
	Note     = "note"
)

// Kind of the given figures of an indicator.
func Kind(indicator string) fact.Kind { return fact.Kind("given:" + indicator) }

// Key is the record of a scope and a period.
func Key(scope string, p period.Period) string { return scope + "/" + p.String() }

// Figure is what an office states.
type Figure struct {
	Indicator string
	Scope     string
	Period    period.Period
	Value     unit.Decimal
	Provider  string
	On        period.Day
	Stage     string
	Document  string
	Files     []string
	Note      string
	Reason    string // why it changes, when there is one already
	Place     string // where it was stated, for faults; empty: the indicator's name
}

// Store keeps given figures.
type Store struct {
	records *record.Store
	cat     func() *catalog.Catalogue
}

// New returns a Store.
func New(r *record.Store, cat func() *catalog.Catalogue) *Store { return &Store{r, cat} }

// Put enters figures, all or none. One that states the same again changes nothing.
func (s *Store) Put(ctx context.Context, figures ...Figure) (out []fact.Version, err error) {
	defer errs.Wrap(&err, "entering %d given figures", len(figures))
	drafts, err := s.drafts(ctx, figures)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		out = out[:0]
		for _, d := range drafts {
			v, err := tx.Append(ctx, d)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// Check says what Put would do, and does nothing: how many figures are new and
// how many change one that is there.
func (s *Store) Check(ctx context.Context, figures ...Figure) (added, changed int, err error) {
	defer errs.Wrap(&err, "checking %d given figures", len(figures))
	drafts, err := s.drafts(ctx, figures)
	for _, d := range drafts {
		if d.BasedOn == 0 {
			added++
		} else {
			changed++
		}
	}
	return added, changed, err
}

// drafts are the versions that figures make; none for those that change nothing.
func (s *Store) drafts(ctx context.Context, figures []Figure) ([]record.Draft, error) {
	if err := actor.From(ctx).Need(Write, "登记部门提供数"); err != nil {
		return nil, err
	}
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	var faults errs.Faults
	var drafts []record.Draft
	for i := range figures {
		d, same, err := s.draft(ctx, m, &figures[i], &faults)
		if err != nil {
			return nil, err
		}
		if !same {
			drafts = append(drafts, d)
		}
	}
	return drafts, faults.Err()
}

func (s *Store) draft(ctx context.Context, m *record.Moment, f *Figure, faults *errs.Faults) (d record.Draft, same bool, err error) {
	i := s.cat().Indicators[f.Indicator]
	if i == nil {
		faults.Add(cmp.Or(f.Place, f.Indicator), "没有这个指标")
		return d, false, nil
	}
	place := cmp.Or(f.Place, i.Name)
	for _, x := range []struct {
		word    string
		missing bool
	}{
		{"提供单位", f.Provider == ""},
		{"提供日期", f.On == 0},
		{"所依据的文件或图片", f.Document == "" && len(f.Files) == 0},
		{"期别", f.Period == (period.Period{})},
		{"范围", f.Scope == ""},
	} {
		if x.missing {
			faults.Add(place, "应写明%s", x.word)
		}
	}
	if !slices.Contains(Stages, f.Stage) {
		faults.Add(place, "阶段应为%s之一，现为“%s”", strings.Join(Stages, "、"), f.Stage)
	}
	body := fact.NewBody(
		fact.Field{Code: Value, Value: fact.NumberOf(f.Value)}, fact.Field{Code: Provider, Value: fact.TextOf(f.Provider)},
		fact.Field{Code: On, Value: fact.DayOf(f.On)}, fact.Field{Code: Stage, Value: fact.TextOf(f.Stage)},
		optional(Document, f.Document), optional(Note, f.Note), fact.Field{Code: Files, Value: listOrMissing(f.Files)},
	)
	d = record.Draft{Kind: Kind(f.Indicator), Record: Key(f.Scope, f.Period), State: "given", Subject: subjectOf(f.Scope), Period: f.Period, EffectiveOn: f.On, Body: body, Act: "登记提供数", Reason: f.Reason}
	err = m.Read(ctx, d.Kind, func(v fact.View) error {
		row, ok := v.Record(d.Record)
		if !ok {
			return nil
		}
		d.BasedOn, same = row.Version(), row.Body().Equal(body)
		if was := row.Get(Stage).Text(); !same && f.Reason == "" && slices.Index(Stages, f.Stage) <= slices.Index(Stages, was) {
			faults.Add(place, "已有%s数 %s，同一阶段的改动应说明原因", was, row.Get(Value))
		}
		return nil
	})
	if err != nil {
		return d, false, fmt.Errorf("reading the figure before: %w", err)
	}
	return d, same, nil
}

func optional(code, s string) fact.Field {
	if s == "" {
		return fact.Field{Code: code}
	}
	return fact.Field{Code: code, Value: fact.TextOf(s)}
}

func listOrMissing(ss []string) fact.Value {
	if len(ss) == 0 {
		return fact.Value{}
	}
	return fact.ListOf(ss...)
}

// subjectOf is the enterprise that a scope is about, so that its figures stay
// within the reach of those who may see it.
func subjectOf(scope string) string {
	if code, ok := strings.CutPrefix(scope, "enterprise:"); ok {
		return code
	}
	return ""
}
