package api

import (
	"context"
	"time"

	"gongmai/internal/catalog"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// Moment is a place in the order of knowledge.
type Moment struct {
	Seq int64     `json:"seq"`
	At  time.Time `json:"at"`
}

func momentOf(m *record.Moment) Moment { return Moment{int64(m.Seq), m.At} }

// Amount is a value with its text.
type Amount struct {
	Value string `json:"value"`
	Text  string `json:"text"`
}

// Movement is a change against a year before.
type Movement struct {
	Value     string `json:"value"`
	Text      string `json:"text"`
	Direction string `json:"direction" enum:"up,down,flat"`
	By        string `json:"by,omitempty" doc:"The indicator that states it; empty: two years were compared"`
}

// Coverage says of how many expected returns a figure is made.
type Coverage struct {
	Have int `json:"have"`
	Want int `json:"want"`
}

// GivenFigure is what another office stated.
type GivenFigure struct {
	Value        string `json:"value"`
	Text         string `json:"text"`
	Provider     string `json:"provider"`
	ProviderName string `json:"provider_name"`
	Date         string `json:"date"`
	Stage        string `json:"stage"`
	Document     string `json:"document,omitempty"`
	Ref          string `json:"ref"`
}

// Formula is how a figure was derived.
type Formula struct {
	Text   string `json:"text" doc:"With the names of its parts"`
	Filled string `json:"filled" doc:"With their values"`
}

// FigurePart is a figure that a formula used.
type FigurePart struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Value  string `json:"value"`
	Text   string `json:"text"`
	Unit   string `json:"unit"`
	Digest string `json:"digest"`
	Scope  string `json:"scope"`
	Period string `json:"period"`
}

// FactsOf says of what a figure was made.
type FactsOf struct {
	Count  int    `json:"count"`
	Digest string `json:"digest"`
}

// Figure is an indicator, evaluated.
type Figure struct {
	Code string `json:"code"`
	catalog.Label
	Value      string       `json:"value" doc:"Empty when missing"`
	Text       string       `json:"text" doc:"With its unit"`
	Unit       string       `json:"unit"`
	Digits     int          `json:"digits"`
	Kind       string       `json:"kind"`
	Accumulate string       `json:"accumulate,omitempty"`
	Source     string       `json:"source,omitempty"`
	Period     string       `json:"period"`
	PeriodText string       `json:"period_text"`
	Scope      string       `json:"scope"`
	ScopeName  string       `json:"scope_name"`
	KnownAt    Moment       `json:"known_at"`
	Caliber    string       `json:"caliber,omitempty"`
	Stage      string       `json:"stage,omitempty"`
	Coverage   *Coverage    `json:"coverage,omitempty"`
	Missing    bool         `json:"missing"`
	Why        string       `json:"why,omitempty"`
	LastYear   *Amount      `json:"last_year,omitempty"`
	Change     *Movement    `json:"change,omitempty"`
	Given      *GivenFigure `json:"given,omitempty"`
	Records    *Amount      `json:"records,omitempty" doc:"What the records say, when a given figure prints"`
	Formula    *Formula     `json:"formula,omitempty"`
	Parts      []FigurePart `json:"parts"`
	Facts      FactsOf      `json:"facts"`
	Sentence   string       `json:"sentence,omitempty"`
	Warnings   []string     `json:"warnings"`
}

// FigureQuery asks for one figure.
type FigureQuery struct {
	Code    string `path:"code"`
	Scope   string `query:"scope" doc:"county, region:CODE, park:CODE, industry:26, enterprise:CODE; empty: the reader's widest"`
	Period  string `query:"period" doc:"Empty: what the indicator takes today"`
	KnownAt string `query:"known_at" doc:"A seq, a day, a Beijing time, or an instant; empty: now"`
}

func (s *server) figures() {
	handle(s, op{at: "GET /api/indicators", id: "list-indicators", does: "All definitions of indicators", tag: "indicator"}, s.listIndicators)
	handle(s, op{at: "GET /api/figures/{code}", id: "figure", does: "One indicator, evaluated", tag: "indicator"}, s.figure)
	handle(s, op{at: "GET /api/figures/{code}/history", id: "figure-history", does: "An indicator month by month", tag: "indicator"}, s.figureHistory)
	handle(s, op{at: "GET /api/figures/{code}/breakdown", id: "figure-breakdown", does: "An indicator by industry, region or park", tag: "indicator"}, s.figureBreakdown)
	handle(s, op{at: "GET /api/figures/{code}/differences", id: "figure-differences", does: "Through which facts a figure changed between two moments", tag: "indicator"}, s.figureDifferences)
}

// asked is a figure that a request asked for, with the reading it stands in.
type asked struct {
	*look
	reading *indicator.Reading
	figure  *indicator.Figure
}

// ask evaluates the figure of a request.
func (s *server) ask(ctx context.Context, q FigureQuery) (a asked, err error) {
	if a.look, err = s.look(ctx); err != nil {
		return a, err
	}
	scope, err := a.scope(q.Scope)
	if err != nil {
		return a, err
	}
	as, err := record.ParseAsOf(q.KnownAt)
	if err != nil {
		return a, err
	}
	i := a.cat.Indicators[q.Code]
	run, p, err := a.run(ctx, i, q.Period)
	if err != nil {
		return a, err
	}
	if a.reading, err = s.Indicators.Read(ctx, as, run); err != nil {
		return a, err
	}
	if a.figure, err = a.reading.Figure(ctx, q.Code, scope, p); err != nil {
		return a, err
	}
	return a, a.withhold(ctx)
}

// withhold takes the value from a figure that would reveal a single unit.
func (a *asked) withhold(ctx context.Context) error {
	hide, err := a.reading.Withheld(ctx, a.figure)
	if hide {
		f := withheld(a.figure)
		a.figure = f
	}
	return err
}

func withheld(f *indicator.Figure) *indicator.Figure {
	return &indicator.Figure{Indicator: f.Indicator, Scope: f.Scope, Period: f.Period, Why: "涉及的单位太少或其中一家占比过大，依法不能公布"}
}

// scope reads a scope; nothing is the widest that the reader has.
func (l *look) scope(s string) (indicator.Scope, error) {
	r := l.m.Who().Reach
	switch {
	case s != "" || r.County:
	case len(r.Parks) > 0:
		s = "park:" + r.Parks[0]
	case len(r.Enterprises) > 0:
		s = "enterprise:" + r.Enterprises[0]
	}
	return indicator.ParseScope(s)
}

// run says in which run, and for which period of it, an indicator is read.
func (l *look) run(ctx context.Context, i *catalog.Indicator, text string) (run indicator.Run, p period.Period, err error) {
	if text != "" {
		if p, err = readPeriod(text); err != nil {
			return run, p, err
		}
		run = indicator.RunOf(p)
		run.AsOf = min(run.AsOf, max(l.today, p.First()))
		return run, p, nil
	}
	if run, err = l.todayRun(ctx); err != nil || i == nil {
		return run, p, err
	}
	return run, run.Period(i), nil
}

// todayRun is the run of a report that would be written today.
func (l *look) todayRun(ctx context.Context) (indicator.Run, error) {
	stat, err := l.s.Survey.Known(ctx, l.m)
	return indicator.Run{Year: l.today.Year(), Stat: stat, AsOf: l.today}, err
}

func (s *server) figure(ctx context.Context, in *FigureQuery) (Figure, error) {
	a, err := s.ask(ctx, *in)
	if err != nil {
		return Figure{}, err
	}
	return a.encode(ctx, a.figure)
}
