package api

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// Indicator is a definition.
type Indicator struct {
	Code string `json:"code"`
	catalog.Label
	Unit         string `json:"unit"`
	Kind         string `json:"kind"`
	Accumulate   string `json:"accumulate,omitempty"`
	Caliber      string `json:"caliber,omitempty"`
	Group        string `json:"group,omitempty"`
	Provider     string `json:"provider,omitempty"`
	ProviderName string `json:"provider_name,omitempty"`
	Span         string `json:"span,omitempty"`
	Headline     bool   `json:"headline,omitempty"`
}

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

func (s *server) listIndicators(ctx context.Context, _ *struct{}) (out []Indicator, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	for _, code := range slices.Sorted(maps.Keys(l.cat.Indicators)) {
		i := l.cat.Indicators[code]
		name, err := l.provider(ctx, i.Provider)
		if err != nil {
			return nil, err
		}
		out = append(out, Indicator{
			Code: code, Label: i.Label, Unit: string(i.Unit), Kind: i.Kind, Accumulate: i.Accumulate, Caliber: i.Caliber, Group: i.Group,
			Provider: i.Provider, ProviderName: name, Span: i.Span, Headline: i.Headline,
		})
	}
	return out, nil
}

// provider names an office: a record of the register that ledgers refer to.
func (l *look) provider(ctx context.Context, code string) (string, error) {
	t, err := l.titlesOf(ctx, register.Agency)
	return named(t, code), err
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

// encode writes a figure of the reading.
func (a *asked) encode(ctx context.Context, f *indicator.Figure) (x Figure, err error) {
	i := f.Indicator
	x = Figure{
		Code: i.Code, Label: i.Label, Value: f.Text(), Text: withUnit(f), Unit: string(i.Unit), Digits: i.Digits, Kind: i.Kind, Accumulate: i.Accumulate,
		Source: f.Source, Period: f.Period.String(), PeriodText: f.Period.Chinese(), Scope: string(f.Scope), KnownAt: momentOf(a.reading.Moment),
		Caliber: i.Caliber, Missing: !f.Known, Why: f.Why, Facts: FactsOf{f.Count, f.Digest.String()}, Warnings: slices.Clone(f.Notes),
	}
	if x.ScopeName, err = a.scopeName(ctx, f.Scope); err != nil {
		return x, err
	}
	if c := f.Coverage; c != nil {
		x.Coverage = &Coverage{c.Have, c.Want}
		if c.Have < c.Want {
			x.Warnings = append(x.Warnings, "应报 "+strconv.Itoa(c.Want)+" 户，已审核 "+strconv.Itoa(c.Have)+" 户")
		}
	}
	if err := a.beside(ctx, f, &x); err != nil {
		return x, err
	}
	a.derived(f, &x)
	return x, a.moved(ctx, f, &x)
}

func withUnit(f *indicator.Figure) string {
	if !f.Known || f.Words != "" {
		return f.Text()
	}
	return f.Text() + string(f.Indicator.Unit)
}

// beside writes the given figure and the counted one.
func (a *asked) beside(ctx context.Context, f *indicator.Figure, x *Figure) error {
	unit := string(f.Indicator.Unit)
	if g := f.Given; g != nil {
		name, err := a.provider(ctx, g.Provider)
		if err != nil {
			return err
		}
		x.Given = &GivenFigure{g.Value.String(), g.Value.String() + unit, g.Provider, name, g.On.String(), g.Stage, g.Document, g.Ref.String()}
		if f.Source == indicator.FromGiven {
			x.Stage = g.Stage
		}
	}
	if c := f.Counted; c != nil {
		d, err := c.Value.Round(uint8(f.Indicator.Digits))
		if err != nil {
			return err
		}
		x.Records = &Amount{d.String(), d.String() + unit}
	}
	return nil
}

func (a *asked) derived(f *indicator.Figure, x *Figure) {
	values := map[string]string{}
	for _, p := range f.From {
		x.Parts = append(x.Parts, FigurePart{
			p.Indicator.Code, p.Indicator.Name, p.Text(), withUnit(p), string(p.Indicator.Unit), p.Digest.String(), string(p.Scope), p.Period.String(),
		})
		for _, prefix := range []string{"", "last.", "prev."} {
			if at(prefix, f.Period) == p.Period {
				values[prefix+p.Indicator.Code] = p.Text()
			}
		}
	}
	if f.Indicator.Derive == "" {
		return
	}
	fill := func(of func(use, code, prefix string) string) string {
		return signs.Replace(names.ReplaceAllStringFunc(f.Indicator.Derive, func(use string) string {
			prefix, code, ok := strings.Cut(use, ".")
			if !ok {
				prefix, code = "", use
			}
			if a.reading.Cat.Indicators[code] == nil {
				return use
			}
			return of(use, code, prefix)
		}))
	}
	x.Formula = &Formula{
		Text: fill(func(_, code, prefix string) string {
			return map[string]string{"last": "上年同期", "prev": "上期"}[prefix] + a.reading.Cat.Indicators[code].Name
		}),
		Filled: fill(func(use, _, _ string) string {
			if v := values[use]; v != "" {
				return v
			}
			return "（缺）"
		}),
	}
}

var (
	names = regexp.MustCompile(`(last\.|prev\.)?[a-z][a-z0-9_]*`)
	signs = strings.NewReplacer("*", "×", "/", "÷", "growth(", "增速(", "abs(", "绝对值(")
)

// at is the period that a prefix of a formula means.
func at(prefix string, p period.Period) period.Period {
	switch prefix {
	case "last.":
		return p.YearAgo()
	case "prev.":
		return p.Previous()
	}
	return p
}

// moved writes last year, the change, and the sentence.
func (a *asked) moved(ctx context.Context, f *indicator.Figure, x *Figure) error {
	m, ok, err := a.reading.Move(ctx, f)
	if err != nil {
		return err
	}
	if m.By != nil {
		hide, err := a.reading.Withheld(ctx, m.By)
		if err != nil {
			return err
		}
		ok = ok && !hide
	}
	if m.Last != nil {
		hide, err := a.reading.Withheld(ctx, m.Last)
		if err != nil {
			return err
		}
		if hide {
			ok = false
		} else {
			x.LastYear = &Amount{m.Last.Text(), withUnit(m.Last)}
		}
	}
	if ok {
		x.Change = &Movement{Value: m.Value.String(), Text: m.Text, Direction: []string{"down", "flat", "up"}[m.Value.Sign()+1]}
		if m.By != nil {
			x.Change.By = m.By.Indicator.Code
		}
	}
	name := x.ScopeName
	if f.Scope == indicator.County {
		name = ""
	}
	x.Sentence = indicator.Sentence(f, m, ok, name)
	return nil
}

// scopeName names a scope.
func (l *look) scopeName(ctx context.Context, s indicator.Scope) (string, error) {
	kind, code, _ := strings.Cut(string(s), ":")
	switch kind {
	case "county":
		return l.cat.Settings["region.name"], nil
	case "region":
		return l.optionName("regions", code), nil
	case "industry":
		return l.cat.Industries.Name(code), nil
	case "enterprise":
		return named(map[string]string{code: l.firmName(code)}, code), nil
	}
	t, err := l.titlesOf(ctx, register.Park)
	return named(t, code), err
}

type historyIn struct {
	Code  string `path:"code"`
	Scope string `query:"scope"`
	From  string `query:"from" doc:"A month; empty: eleven months before to"`
	To    string `query:"to" doc:"A month; empty: the newest known"`
}

// Points are a figure month by month.
type Points struct {
	Points []Point `json:"points"`
}

// mostMonths bounds a history.
const mostMonths = 120

func (s *server) figureHistory(ctx context.Context, in *historyIn) (out Points, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	scope, err := l.scope(in.Scope)
	if err != nil {
		return out, err
	}
	run, err := l.todayRun(ctx)
	if err != nil {
		return out, err
	}
	last := run.Stat.To
	if in.To != "" {
		p, err := readPeriod(in.To)
		if err != nil {
			return out, err
		}
		last = p.To
	}
	first := last - 11
	if in.From != "" {
		p, err := readPeriod(in.From)
		if err != nil {
			return out, err
		}
		first = p.From
	}
	if last-first >= mostMonths {
		return out, errs.Say(errs.Invalid, "一次最多看 %d 个月", mostMonths)
	}
	a := asked{look: l}
	if a.reading, err = s.Indicators.Read(ctx, record.AsOf{Seq: l.m.Seq}, run); err != nil {
		return out, err
	}
	for m := first; m <= last; m++ {
		if a.figure, err = a.reading.Figure(ctx, in.Code, scope, m.Period()); err != nil {
			return out, err
		}
		if err := a.withhold(ctx); err != nil {
			return out, err
		}
		if a.figure.Known {
			out.Points = append(out.Points, Point{m.String(), a.figure.Text()})
		}
	}
	return out, nil
}

type breakdownIn struct {
	FigureQuery
	By string `query:"by" enum:"industry,region,park" default:"industry"`
}

// PartRow is the figure of one part of the county.
type PartRow struct {
	Scope  string `json:"scope"`
	Name   string `json:"name"`
	Figure Figure `json:"figure"`
}

// Breakdown is a figure by the parts of the county.
type Breakdown struct {
	Rows       []PartRow `json:"rows"`
	Suppressed int       `json:"suppressed" doc:"Rows whose value is withheld"`
}

func (s *server) figureBreakdown(ctx context.Context, in *breakdownIn) (out Breakdown, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	as, err := record.ParseAsOf(in.KnownAt)
	if err != nil {
		return out, err
	}
	run, p, err := l.run(ctx, l.cat.Indicators[in.Code], in.Period)
	if err != nil {
		return out, err
	}
	a := asked{look: l}
	if a.reading, err = s.Indicators.Read(ctx, as, run); err != nil {
		return out, err
	}
	parts, err := a.reading.Breakdown(ctx, in.Code, in.By, p)
	if err != nil {
		return out, err
	}
	for _, x := range parts {
		if x.Withheld {
			x.Figure = withheld(x.Figure)
			out.Suppressed++
		}
		f, err := a.encode(ctx, x.Figure)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, PartRow{string(x.Scope), f.ScopeName, f})
	}
	return out, nil
}
