package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gongmai/internal/fact"
	"gongmai/internal/register"
)

// Named is a code with its name.
type Named struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Enterprise is one line of the register.
type Enterprise struct {
	Code         string   `json:"code" doc:"Unified social credit code"`
	Name         string   `json:"name"`
	ShortNames   []string `json:"short_names"`
	FormerNames  []string `json:"former_names"`
	Industry     string   `json:"industry"`
	IndustryName string   `json:"industry_name"`
	Division     string   `json:"division"`
	Region       string   `json:"region"`
	RegionName   string   `json:"region_name"`
	Parks        []Named  `json:"parks"`
	Status       string   `json:"status"`
	StatusName   string   `json:"status_name"`
	Size         string   `json:"size"`
	SizeName     string   `json:"size_name"`
	AboveScale   bool     `json:"above_scale"`
	FoundedOn    string   `json:"founded_on,omitempty"`
	Address      string   `json:"address,omitempty"`
}

type enterprisesIn struct {
	Q          string `query:"q"`
	Park       string `query:"park"`
	Region     string `query:"region"`
	Industry   string `query:"industry" doc:"A division or class of GB/T 4754"`
	Status     string `query:"status"`
	AboveScale string `query:"above_scale" enum:"true,false,1,0,"`
	Sort       string `query:"sort" doc:"A field; -field for descending"`
	Paged
}

// Paged is a page of a list.
type Paged struct {
	Page int `query:"page" minimum:"1" default:"1"`
	Size int `query:"size" minimum:"1" maximum:"2000" default:"100"`
}

// cut returns the page's part of n things.
func (p Paged) cut(n int) (from, to int) {
	from = min((p.Page-1)*p.Size, n)
	return from, min(from+p.Size, n)
}

// EnterprisePage is a page of the register.
type EnterprisePage struct {
	Total int          `json:"total"`
	Rows  []Enterprise `json:"rows"`
}

type codeIn struct {
	Code string `path:"code"`
}

func (s *server) enterprises() {
	handle(s, op{at: "GET /api/enterprises", id: "list-enterprises", does: "The register of enterprises within reach", tag: "register"}, s.listEnterprises)
	handle(s, op{at: "GET /api/enterprises/{code}", id: "enterprise", does: "Everything about one enterprise", tag: "register"}, s.enterprise)
}

func (l *look) enterprise(ctx context.Context, f *register.Firm) (Enterprise, error) {
	text := func(code string) string { return f.Body.Get(code).String() }
	e := Enterprise{
		Code: f.Code, Name: f.Name, ShortNames: f.Short, FormerNames: f.Body.Get("former_names").List(), Industry: f.Industry,
		IndustryName: l.cat.Industries.Name(f.Industry), Division: l.cat.Industries.Division(f.Industry), Region: f.Region,
		RegionName: l.optionName("regions", f.Region), Status: f.Status, Size: f.Size, AboveScale: f.On(register.AboveScale),
		FoundedOn: text("founded_on"), Address: text("address"),
	}
	var err error
	if e.StatusName, err = l.fieldText(ctx, register.Enterprise, "status", f.Body); err == nil {
		e.SizeName, err = l.fieldText(ctx, register.Enterprise, "size", f.Body)
	}
	if err != nil {
		return e, err
	}
	parks, err := l.titlesOf(ctx, register.Park)
	for _, p := range f.Parks {
		e.Parks = append(e.Parks, Named{p, named(parks, p)})
	}
	return e, err
}

// fieldText prints one field of a body.
func (l *look) fieldText(ctx context.Context, k fact.Kind, code string, b fact.Body) (string, error) {
	_, text, err := l.stated(ctx, k, code, b.Get(code))
	return text, err
}

func (s *server) listEnterprises(ctx context.Context, in *enterprisesIn) (out EnterprisePage, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	var all []Enterprise
	for _, f := range l.roll.Firms {
		if l.firm(f.Code) == nil || !in.wants(l, f) {
			continue
		}
		e, err := l.enterprise(ctx, f)
		if err != nil {
			return out, err
		}
		all = append(all, e)
	}
	sortEnterprises(all, in.Sort)
	from, to := in.cut(len(all))
	return EnterprisePage{Total: len(all), Rows: all[from:to]}, nil
}

func (in *enterprisesIn) wants(l *look, f *register.Firm) bool {
	is := func(asked, has string) bool { return asked == "" || asked == has }
	above := f.On(register.AboveScale)
	return contains(in.Q, append([]string{f.Code, f.Name}, append(f.Short, f.Body.Get("former_names").List()...)...)...) &&
		(in.Park == "" || slices.Contains(f.Parks, in.Park)) && strings.HasPrefix(f.Region, in.Region) && strings.HasPrefix(f.Industry, in.Industry) &&
		is(in.Status, f.Status) && (in.AboveScale == "" || above == (in.AboveScale == "true" || in.AboveScale == "1"))
}

// contains reports whether any text holds q, letters alike.
func contains(q string, texts ...string) bool {
	q = strings.ToLower(strings.TrimSpace(q))
	return q == "" || slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), q) })
}

func sortEnterprises(all []Enterprise, by string) {
	by, down := strings.CutPrefix(by, "-")
	key := map[string]func(*Enterprise) string{
		"name": func(e *Enterprise) string { return e.Name }, "industry": func(e *Enterprise) string { return e.Industry },
		"region": func(e *Enterprise) string { return e.Region }, "status": func(e *Enterprise) string { return e.Status },
		"size": func(e *Enterprise) string { return e.Size }, "founded_on": func(e *Enterprise) string { return e.FoundedOn },
	}[by]
	if key == nil {
		key = func(e *Enterprise) string { return e.Code }
	}
	slices.SortStableFunc(all, func(a, b Enterprise) int {
		if down {
			a, b = b, a
		}
		return cmp.Compare(key(&a), key(&b))
	})
}

func compare(a, b string) int { return cmp.Compare(a, b) }

func (s *server) enterprise(ctx context.Context, in *codeIn) (out Subject, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	if err := l.mayRead(in.Code); err != nil {
		return out, err
	}
	if out.Enterprise, err = l.enterprise(ctx, l.firm(in.Code)); err != nil {
		return out, err
	}
	history, err := l.m.History(ctx, register.Enterprise, in.Code)
	if err != nil {
		return out, err
	}
	if out.History, err = l.versions(ctx, history); err != nil {
		return out, err
	}
	for _, fill := range []func(context.Context, *look, *Subject) error{s.memberships, s.filed, s.cases, s.strips} {
		if err := fill(ctx, l, &out); err != nil {
			return out, err
		}
	}
	return out, nil
}
