package api

import (
	"context"
	"slices"
	"strings"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
)

// Stated is one field of a version.
type Stated struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Unit      string `json:"unit,omitempty"`
	Value     string `json:"value"`
	Highlight bool   `json:"highlight,omitempty"`
}

// Paper is the document that a fact rests on.
type Paper struct {
	Digest string `json:"digest,omitempty"`
	Title  string `json:"title,omitempty"`
	Date   string `json:"date,omitempty"`
}

// FactDetail is a fact in the version that states it.
type FactDetail struct {
	Ref            string    `json:"ref"`
	Kind           string    `json:"kind"`
	KindName       string    `json:"kind_name"`
	Title          string    `json:"title"`
	Enterprise     string    `json:"enterprise,omitempty"`
	EnterpriseName string    `json:"enterprise_name,omitempty"`
	Period         string    `json:"period,omitempty"`
	Field          *Stated   `json:"field,omitempty"`
	Version        Version   `json:"version"`
	Body           []Stated  `json:"body"`
	Versions       []Version `json:"versions"`
	Document       *Paper    `json:"document,omitempty"`
	Path           string    `json:"path,omitempty"`
}

type refIn struct {
	Ref string `query:"ref" doc:"survey:B204-1/2025-11/CODE/c05@2"`
}

func (s *server) facts() {
	handle(s, op{at: "GET /api/facts", id: "fact", does: "One fact: its version, who stated it, and the versions before", tag: "indicator"}, s.fact)
}

func (s *server) fact(ctx context.Context, in *refIn) (out FactDetail, err error) {
	r, err := fact.ParseRef(in.Ref)
	if err != nil {
		return out, errs.Say(errs.Invalid, "“%s”不是事实的编号", in.Ref)
	}
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	if !l.opens(r.Kind) {
		return out, errs.Say(errs.NotFound, "没有这条事实，或不在您的范围内")
	}
	history, err := l.m.History(ctx, r.Kind, r.Record)
	if err != nil {
		return out, err
	}
	n := slices.IndexFunc(history, func(v fact.Version) bool { return v.Version == r.Version })
	if n < 0 {
		return out, errs.Say(errs.NotFound, "没有第 %d 版", r.Version)
	}
	v := history[n]
	if err := l.mayUnit(r.Kind, v.Subject); err != nil {
		return out, err
	}
	out = FactDetail{
		Ref: r.String(), Kind: string(r.Kind), KindName: l.kindName(r.Kind), Enterprise: v.Subject, EnterpriseName: l.firmName(v.Subject),
		Period: v.Period.String(), Path: path(r), Document: paperOf(&v),
	}
	if out.Title, err = l.factTitle(ctx, r); err != nil {
		return out, err
	}
	if out.Versions, err = l.versions(ctx, history); err != nil {
		return out, err
	}
	out.Version = out.Versions[n]
	out.Body, err = l.bodyOf(ctx, r, v.Body)
	for i := range out.Body {
		if out.Body[i].Highlight {
			out.Field = &out.Body[i]
		}
	}
	return out, err
}

// opens reports whether versions of a kind are facts that people may open here:
// those of grants, issues and the catalogue have pages of their own.
func (l *look) opens(k fact.Kind) bool {
	return slices.Contains([]string{"register", "ledger", "survey", "given"}, k.Room())
}

// mayUnit refuses the statistical data of a single enterprise to readers who are
// neither that enterprise nor may see such data.
func (l *look) mayUnit(k fact.Kind, subject string) error {
	if l.seesUnits(k, subject) {
		return nil
	}
	return errs.Say(errs.Denied, "单个企业的统计资料依法保密，只有统计资料管理人员和本企业可以查看")
}

func (l *look) seesUnits(k fact.Kind, subject string) bool {
	form, ok := l.cat.FormOf(k)
	who := l.m.Who()
	return !ok || form.Purpose != "statistics" || who.May(indicator.UnitData) || slices.Contains(who.Reach.Enterprises, subject)
}

func (l *look) bodyOf(ctx context.Context, r fact.Ref, b fact.Body) (out []Stated, err error) {
	for _, f := range b {
		x := Stated{Code: f.Code, Unit: l.unitOf(fact.Ref{Kind: r.Kind, Field: f.Code}), Highlight: f.Code == r.Field}
		if x.Name, x.Value, err = l.stated(ctx, r.Kind, f.Code, f.Value); err != nil {
			return nil, err
		}
		if f.Code == "_informant" {
			if x.Value, err = l.personName(ctx, f.Value.Text()); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	order := l.order(r.Kind)
	slices.SortStableFunc(out, func(a, b Stated) int { return place(order, a.Code) - place(order, b.Code) })
	return out, nil
}

func (l *look) personName(ctx context.Context, id string) (string, error) {
	names, err := l.names(ctx)
	return named(names, id), err
}

// order lists the fields of a kind as the catalogue does.
func (l *look) order(k fact.Kind) (out []string) {
	if t, ok := l.cat.TypeOf(k); ok {
		for _, f := range t.Fields {
			out = append(out, f.Code)
		}
	}
	if form, ok := l.cat.FormOf(k); ok {
		for _, it := range form.Items {
			out = append(out, it.Code)
		}
	}
	return out
}

func place(order []string, code string) int {
	if i := slices.Index(order, code); i >= 0 {
		return i
	}
	return len(order) + strings.Count(code, "_")
}

// paperOf is the document that a version names.
func paperOf(v *fact.Version) *Paper {
	p := Paper{Title: v.Body.Get("document").Text(), Date: v.Body.Get("on").String()}
	if p.Title == "" {
		p.Title = v.Body.Get("_source").Text()
	}
	if files := v.Body.Get("files").List(); len(files) > 0 {
		p.Digest = files[0]
	}
	if p.Title == "" && p.Digest == "" {
		return nil
	}
	return &p
}
