package api

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/record"
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

// Member is a dated membership.
type Member struct {
	List     string `json:"list"`
	ListName string `json:"list_name"`
	Park     string `json:"park,omitempty"`
	ParkName string `json:"park_name,omitempty"`
	FromOn   string `json:"from_on"`
	UntilOn  string `json:"until_on,omitempty"`
	Batch    string `json:"batch,omitempty"`
	Ref      string `json:"ref"`
}

// Point is a figure in a line of them.
type Point struct {
	Period string `json:"period"`
	Value  string `json:"value"`
}

// Strip is a figure with the months before it.
type Strip struct {
	Code string `json:"code"`
	catalog.Label
	Unit   string  `json:"unit"`
	Points []Point `json:"points"`
	Value  string  `json:"value"`
	Period string  `json:"period"`
}

// Filed is a return of an enterprise, without its cells.
type Filed struct {
	Form      string `json:"form"`
	Name      string `json:"name"`
	Period    string `json:"period"`
	State     string `json:"state"`
	StateName string `json:"state_name"`
	Version   int32  `json:"version"`
}

// Case is a record of a ledger about an enterprise.
type Case struct {
	Type      string `json:"type"`
	TypeName  string `json:"type_name"`
	ID        string `json:"id"`
	Number    string `json:"number"`
	Title     string `json:"title"`
	State     string `json:"state"`
	StateName string `json:"state_name"`
	Tone      string `json:"tone,omitempty"`
	On        string `json:"on"`
}

// Subject is everything about one enterprise (一企一档).
type Subject struct {
	Enterprise
	Memberships []Member  `json:"memberships"`
	History     []Version `json:"history"`
	Figures     []Strip   `json:"figures"`
	Returns     []Filed   `json:"returns"`
	Cases       []Case    `json:"cases"`
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

func (s *server) memberships(ctx context.Context, l *look, x *Subject) error {
	parks, err := l.titlesOf(ctx, register.Park)
	if err != nil {
		return err
	}
	err = l.m.Read(ctx, register.Membership, func(v fact.View) error {
		for r := range v.About(x.Code) {
			list, park := r.Get("list").Text(), r.Get("park").Text()
			x.Memberships = append(x.Memberships, Member{
				List: list, ListName: l.optionName(catalog.MemberList, list), Park: park, ParkName: parks[park],
				FromOn: r.Get("from_on").String(), UntilOn: r.Get("until_on").String(), Batch: r.Get("batch").Text(), Ref: r.Ref("").String(),
			})
		}
		return nil
	})
	slices.SortStableFunc(x.Memberships, func(a, b Member) int { return compare(b.FromOn, a.FromOn) })
	return err
}

// mostReturns is how many returns of one form an enterprise's page lists.
const mostReturns = 24

func (s *server) filed(ctx context.Context, l *look, x *Subject) error {
	for _, f := range l.formsInOrder() {
		var rows []Filed
		err := l.m.Read(ctx, f.Kind, func(v fact.View) error {
			for r := range v.About(x.Code) {
				rows = append(rows, Filed{f.Code, f.Name, r.Period().String(), r.State(), l.state(f.Kind, r.State()).Name, r.Version()})
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortStableFunc(rows, func(a, b Filed) int { return compare(b.Period, a.Period) })
		x.Returns = append(x.Returns, rows[:min(len(rows), mostReturns)]...)
	}
	return nil
}

func (s *server) cases(ctx context.Context, l *look, x *Subject) error {
	for _, led := range l.cat.Ledgers {
		err := l.m.Read(ctx, led.Kind, func(v fact.View) error {
			for r := range v.About(x.Code) {
				st := l.state(led.Kind, r.State())
				x.Cases = append(x.Cases, Case{
					Type: led.Code, TypeName: led.Name, ID: r.Record(), Number: r.Get(numberField).Text(), Title: l.titleOf(&led.Type, r),
					State: r.State(), StateName: st.Name, Tone: st.Tone, On: r.Effective().String(),
				})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.SortStableFunc(x.Cases, func(a, b Case) int { return cmp.Or(compare(b.On, a.On), compare(a.Type, b.Type), compare(a.ID, b.ID)) })
	return nil
}

// strips are the headline figures of the enterprise, month by month for a year.
// Those that the reader may not see of a single unit are left out.
func (s *server) strips(ctx context.Context, l *look, x *Subject) error {
	known, err := s.Survey.Known(ctx, l.m)
	if err != nil {
		return err
	}
	r, err := s.Indicators.Read(ctx, record.AsOf{Seq: l.m.Seq}, indicator.RunOf(known))
	if err != nil {
		return err
	}
	for _, i := range headline(l.cat) {
		if i.Sum == nil || i.Sum.Items == (catalog.Items{}) {
			continue
		}
		strip := Strip{Code: i.Code, Label: i.Label, Unit: string(i.Unit), Period: known.String()}
		denied := false
		for m := known.To - 11; m <= known.To && !denied; m++ {
			f, err := r.Figure(ctx, i.Code, indicator.Scope("enterprise:"+x.Code), m.Period())
			if denied = errors.Is(err, errs.Denied); err != nil && !denied {
				return err
			}
			if !denied && f.Known {
				strip.Points = append(strip.Points, Point{m.String(), f.Text()})
			}
		}
		if denied {
			continue
		}
		f, err := r.Figure(ctx, i.Code, indicator.Scope("enterprise:"+x.Code), known)
		if err != nil {
			return err
		}
		if strip.Value = f.Text(); f.Known || len(strip.Points) > 0 {
			x.Figures = append(x.Figures, strip)
		}
	}
	return nil
}

// headline lists the indicators that the catalogue puts on the desk.
func headline(c *catalog.Catalogue) (out []*catalog.Indicator) {
	for _, i := range c.Indicators {
		if i.Headline {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Indicator) int {
		return cmp.Or(compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	return out
}
