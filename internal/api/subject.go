package api

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

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
