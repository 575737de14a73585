package api

import (
	"context"
	"strings"
	"time"

	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// FactRow is one thing that a figure counts, one addend, or one reported cell.
type FactRow struct {
	Ref            string     `json:"ref"`
	Refs           []string   `json:"refs,omitempty" doc:"Of things that count once together"`
	Value          string     `json:"value"`
	Unit           string     `json:"unit"`
	Sign           string     `json:"sign,omitempty" doc:"− when it is taken off"`
	Title          string     `json:"title"`
	Enterprise     string     `json:"enterprise,omitempty"`
	EnterpriseName string     `json:"enterprise_name,omitempty"`
	Period         string     `json:"period,omitempty"`
	State          string     `json:"state,omitempty"`
	StateName      string     `json:"state_name,omitempty"`
	StatedBy       string     `json:"stated_by,omitempty"`
	StatedAt       *time.Time `json:"stated_at,omitempty"`
	Act            string     `json:"act,omitempty"`
	Reason         string     `json:"reason,omitempty"`
	Note           string     `json:"note,omitempty"`
	Path           string     `json:"path,omitempty" doc:"Where it is shown in the web"`
}

// FactPage is a page of what a figure was made of.
type FactPage struct {
	Count  int       `json:"count"`
	Digest string    `json:"digest"`
	Rows   []FactRow `json:"rows"`
	Hidden int       `json:"hidden,omitempty" doc:"Facts that the reader may not see one by one"`
}

type factsIn struct {
	FigureQuery
	Page int `query:"page" minimum:"1" default:"1"`
	Size int `query:"size" minimum:"1" maximum:"500" default:"50"`
}

type differencesIn struct {
	Code   string `path:"code"`
	Scope  string `query:"scope"`
	Period string `query:"period"`
	From   string `query:"from" doc:"The earlier moment of knowledge"`
	To     string `query:"to" doc:"The later one; empty: now"`
}

// FactChange is a fact that differs between two moments.
type FactChange struct {
	RefBefore      string    `json:"ref_before,omitempty"`
	RefAfter       string    `json:"ref_after,omitempty"`
	Before         string    `json:"before"`
	After          string    `json:"after"`
	Title          string    `json:"title"`
	EnterpriseName string    `json:"enterprise_name,omitempty"`
	Actor          string    `json:"actor"`
	Act            string    `json:"act"`
	Reason         string    `json:"reason,omitempty"`
	At             time.Time `json:"at"`
}

// Differences says how a figure of one moment became that of another.
type Differences struct {
	From    Figure       `json:"from"`
	To      Figure       `json:"to"`
	Changes []FactChange `json:"changes"`
}

func (s *server) lineage() {
	handle(s, op{at: "GET /api/figures/{code}/facts", id: "figure-facts", does: "The facts that a figure was made of", tag: "indicator"}, s.figureFacts)
}

func (s *server) figureFacts(ctx context.Context, in *factsIn) (out FactPage, err error) {
	a, err := s.ask(ctx, in.FigureQuery)
	if err != nil {
		return out, err
	}
	lin, err := a.reading.Lineage(ctx, a.figure, (in.Page-1)*in.Size, in.Size)
	if err != nil {
		return out, err
	}
	out = FactPage{Count: a.figure.Count, Digest: a.figure.Digest.String(), Hidden: lin.Hidden}
	out.Rows, err = a.factRows(ctx, a.reading.Moment, lin.Facts)
	return out, err
}

// factRows encodes facts with who stated each, when and why.
func (a *asked) factRows(ctx context.Context, m *record.Moment, facts []indicator.Fact) (out []FactRow, err error) {
	var refs []fact.Ref
	for _, f := range facts {
		refs = append(refs, whole(f.Ref))
	}
	entries, err := m.Entries(ctx, refs)
	if err != nil {
		return nil, err
	}
	people, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range facts {
		x := FactRow{
			Ref: f.Ref.String(), Value: f.Value, Unit: a.unitOf(f.Ref), Enterprise: f.Enterprise, EnterpriseName: f.Name,
			Period: f.Period.String(), State: f.State, StateName: a.state(f.Ref.Kind, f.State).Name, Note: f.Note, Path: path(f.Ref),
		}
		if x.Unit == "" {
			x.Unit = string(a.figure.Indicator.Unit)
		}
		if f.Minus {
			x.Sign = "−"
		}
		for _, r := range f.Refs {
			x.Refs = append(x.Refs, r.String())
		}
		if x.Title, err = a.factTitle(ctx, f.Ref); err != nil {
			return nil, err
		}
		if e, ok := entries[whole(f.Ref)]; ok {
			x.StatedBy, x.StatedAt, x.Act, x.Reason = named(people, e.Actor), &e.At, e.Act, e.Reason
		}
		out = append(out, x)
	}
	return out, nil
}

// whole is the ref of the version that a fact stands in.
func whole(r fact.Ref) fact.Ref {
	r.Field = ""
	return r
}

// factTitle names a fact: the cell of a form, or the record.
func (l *look) factTitle(ctx context.Context, r fact.Ref) (string, error) {
	if form, ok := l.cat.FormOf(r.Kind); ok {
		if it, ok := form.Item(r.Field); ok {
			return form.Code + " " + itemName(it), nil
		}
		return form.Code + " " + form.Name, nil
	}
	if _, ok := l.cat.TypeOf(r.Kind); !ok {
		return l.kindName(r.Kind), nil
	}
	t, err := l.title(ctx, r.Kind, r.Record)
	if t == "" {
		t = l.kindName(r.Kind)
	}
	return t, err
}

// unitOf is the unit in which a fact is stated; "" for a thing counted.
func (l *look) unitOf(r fact.Ref) string {
	if form, ok := l.cat.FormOf(r.Kind); ok {
		if it, ok := form.Item(r.Field); ok {
			return string(it.Unit)
		}
	}
	if t, ok := l.cat.TypeOf(r.Kind); ok {
		if f, ok := t.Field(r.Field); ok {
			return string(f.Unit)
		}
	}
	return ""
}

// path is where the web shows what a ref names.
func path(r fact.Ref) string {
	switch r.Kind.Room() {
	case "register":
		if r.Kind == register.Enterprise {
			return "/enterprises/" + r.Record
		}
		return "/registers/" + r.Kind.Type() + "?record=" + r.Record
	case "ledger":
		return "/ledgers/" + r.Kind.Type() + "?record=" + r.Record
	case "survey":
		p, enterprise, _ := strings.Cut(r.Record, "/")
		return "/survey/" + r.Kind.Type() + "/" + p + "?enterprise=" + enterprise
	case "given":
		return "/given?indicator=" + r.Kind.Type()
	}
	return ""
}

func (s *server) figureDifferences(ctx context.Context, in *differencesIn) (out Differences, err error) {
	q := FigureQuery{Code: in.Code, Scope: in.Scope, Period: in.Period, KnownAt: in.From}
	then, err := s.ask(ctx, q)
	if err != nil {
		return out, err
	}
	q.KnownAt = in.To
	now, err := s.ask(ctx, q)
	if err != nil {
		return out, err
	}
	if out.From, err = then.encode(ctx, then.figure); err != nil {
		return out, err
	}
	if out.To, err = now.encode(ctx, now.figure); err != nil {
		return out, err
	}
	changes, err := indicator.Differences(ctx, then.reading, then.figure, now.reading, now.figure)
	if err != nil {
		return out, err
	}
	out.Changes, err = now.changes(ctx, changes)
	return out, err
}

func (l *look) changes(ctx context.Context, in []indicator.Change) (out []FactChange, err error) {
	people, err := l.names(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range in {
		x := FactChange{Actor: named(people, c.Actor), Act: c.Act, Reason: c.Reason, At: c.At}
		for _, side := range []struct {
			f     *indicator.Fact
			ref   *string
			value *string
		}{{c.Before, &x.RefBefore, &x.Before}, {c.After, &x.RefAfter, &x.After}} {
			if side.f == nil {
				continue
			}
			*side.ref, *side.value, x.EnterpriseName = side.f.Ref.String(), side.f.Value, side.f.Name
			if x.Title, err = l.factTitle(ctx, side.f.Ref); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	return out, nil
}
