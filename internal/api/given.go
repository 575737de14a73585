package api

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/report"
	"gongmai/internal/unit"
)

// GivenRow is a figure that another office is asked for.
type GivenRow struct {
	Indicator    string `json:"indicator"`
	Name         string `json:"name"`
	Unit         string `json:"unit"`
	Provider     string `json:"provider"`
	ProviderName string `json:"provider_name"`
	Scope        string `json:"scope"`
	Period       string `json:"period"`
	Value        string `json:"value"`
	Stage        string `json:"stage,omitempty"`
	On           string `json:"on,omitempty"`
	Document     string `json:"document,omitempty"`
	Ref          string `json:"ref,omitempty"`
	State        string `json:"state" enum:"missing,given"`
	Version      int32  `json:"version"`
}

// GivenRows is the list of figures to be asked for (征数清单), by provider.
type GivenRows struct {
	Rows []GivenRow `json:"rows"`
}

type givenIn struct {
	Period string `query:"period" doc:"A year or a span of it; empty: this year"`
}

type putGivenIn struct {
	Body struct {
		Indicator string   `json:"indicator"`
		Scope     string   `json:"scope,omitempty"`
		Period    string   `json:"period"`
		Value     string   `json:"value"`
		Provider  string   `json:"provider"`
		On        string   `json:"on"`
		Stage     string   `json:"stage"`
		Document  string   `json:"document,omitempty"`
		Files     []string `json:"files,omitempty"`
		Reason    string   `json:"reason,omitempty" doc:"Why it changes, when there is one of this stage"`
	}
}

type requestIn struct {
	Provider string `query:"provider"`
	Period   string `query:"period"`
}

// GivenRequest asks one office for its figures.
type GivenRequest struct {
	Provider    string     `json:"provider"`
	LetterHTML  string     `json:"letter_html"`
	MessageText string     `json:"message_text"`
	Items       []GivenRow `json:"items"`
}

func (s *server) givens() {
	handle(s, op{at: "GET /api/given", id: "list-given", does: "The figures that other offices are asked for", tag: "given"}, s.listGiven)
	handle(s, op{at: "POST /api/given", id: "put-given", does: "Enter a figure that an office has given", tag: "given"}, s.putGiven)
	handle(s, op{at: "GET /api/given/request", id: "given-request", does: "The letter and the message that ask an office", tag: "given"}, s.givenRequest)
	send(s, op{at: "GET /api/given/request.docx", id: "given-request-docx", does: "The letter as a file", tag: "given"}, mediaDOCX, s.givenLetter)
}

// mayAsk: the list is for who enters given figures, and who reads the reports
// that print them.
func mayAsk(ctx context.Context) error {
	who := actor.From(ctx)
	if !who.Reach.County {
		return errs.Say(errs.Denied, "征数清单由县局使用")
	}
	if who.May(report.Read) {
		return nil
	}
	return who.Need(given.Write, "查看征数清单")
}

func (s *server) listGiven(ctx context.Context, in *givenIn) (out GivenRows, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	out.Rows, _, _, err = l.givenRows(ctx, in.Period, "")
	return out, err
}

// givenRows lists, by provider, what the reports of a run ask other offices for,
// and what they have given already; of one provider, or of all.
func (l *look) givenRows(ctx context.Context, text, provider string) (out []GivenRow, wanted map[string][]report.Wanted, r *indicator.Reading, err error) {
	if err := mayAsk(ctx); err != nil {
		return nil, nil, nil, err
	}
	run, err := l.givenRun(ctx, text)
	if err != nil {
		return nil, nil, nil, err
	}
	if r, err = l.s.Indicators.Read(ctx, record.AsOf{Seq: l.m.Seq}, run); err != nil {
		return nil, nil, nil, err
	}
	if wanted, err = l.wanted(ctx, r); err != nil {
		return nil, nil, nil, err
	}
	for _, i := range l.cat.Indicators {
		if i.Provider == "" || i.Kind == catalog.Parameter || (provider != "" && i.Provider != provider) {
			continue
		}
		row, err := l.givenRow(ctx, i, indicator.County, run.Period(i))
		if err != nil {
			return nil, nil, nil, err
		}
		if row.State == "given" || slices.ContainsFunc(wanted[i.Provider], func(w report.Wanted) bool { return w.Figure.Indicator.Code == i.Code }) {
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b GivenRow) int {
		return cmp.Or(compare(a.Provider, b.Provider), compare(a.Indicator, b.Indicator))
	})
	return out, wanted, r, nil
}

// wanted is what all outlines together ask for, each figure once.
func (l *look) wanted(ctx context.Context, r *indicator.Reading) (map[string][]report.Wanted, error) {
	out := map[string][]report.Wanted{}
	for _, code := range slices.Sorted(maps.Keys(l.cat.Outlines)) {
		part, err := report.Requests(ctx, r, l.cat.Outlines[code])
		if err != nil {
			return nil, err
		}
		for provider, list := range part {
			for _, w := range list {
				if !slices.ContainsFunc(out[provider], func(x report.Wanted) bool { return x.Figure == w.Figure }) {
					out[provider] = append(out[provider], w)
				}
			}
		}
	}
	return out, nil
}

// givenRun is the run of the report for which figures are asked.
func (l *look) givenRun(ctx context.Context, text string) (indicator.Run, error) {
	run, err := l.todayRun(ctx)
	if err != nil || text == "" {
		return run, err
	}
	p, err := readPeriod(text)
	if err != nil {
		return run, err
	}
	if p.YearOf() != run.Stat.YearOf() {
		run.Stat = period.Year(p.YearOf())
	}
	if p.Months() < 12 {
		run.Stat = p
	}
	run.Year, run.AsOf = p.YearOf(), min(p.Last(), max(l.today, p.First()))
	return run, nil
}

func (l *look) givenRow(ctx context.Context, i *catalog.Indicator, scope indicator.Scope, p period.Period) (x GivenRow, err error) {
	x = GivenRow{Indicator: i.Code, Name: i.Name, Unit: string(i.Unit), Provider: i.Provider, Scope: string(scope), Period: p.String(), State: "missing"}
	if x.ProviderName, err = l.provider(ctx, i.Provider); err != nil {
		return x, err
	}
	k := given.Kind(i.Code)
	err = l.m.Read(ctx, k, func(v fact.View) error {
		if r, ok := v.Record(given.Key(string(scope), p)); ok {
			x.Value, x.Stage, x.On = r.Get(given.Value).String(), r.Get(given.Stage).Text(), r.Get(given.On).String()
			x.Document, x.Ref, x.State, x.Version = r.Get(given.Document).Text(), r.Ref(given.Value).String(), "given", r.Version()
		}
		return nil
	})
	return x, err
}

func (s *server) putGiven(ctx context.Context, in *putGivenIn) (out GivenRow, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	b := in.Body
	i := l.cat.Indicators[b.Indicator]
	if i == nil {
		return out, errs.Say(errs.NotFound, "没有指标 %s", b.Indicator)
	}
	f := given.Figure{Indicator: b.Indicator, Provider: b.Provider, Stage: b.Stage, Document: b.Document, Files: b.Files, Reason: b.Reason}
	scope, err := indicator.ParseScope(b.Scope)
	if err != nil {
		return out, err
	}
	if !l.m.Who().Reach.County {
		return out, errs.Say(errs.Denied, "部门提供数由县局登记")
	}
	f.Scope = string(scope)
	if f.Period, err = readPeriod(b.Period); err != nil {
		return out, err
	}
	if f.On, err = readDay(b.On); err != nil {
		return out, err
	}
	if f.Value, err = unit.Parse(b.Value); err != nil {
		return out, errs.Say(errs.Invalid, "数值“%s”应为数，如 123.45", b.Value)
	}
	if _, err := s.Given.Put(ctx, f); err != nil {
		return out, err
	}
	if l, err = s.look(ctx); err != nil {
		return out, err
	}
	return l.givenRow(ctx, i, scope, f.Period)
}

// answerDays is how many workdays an office is given.
const answerDays = 5

// letter writes the request to one provider.
func (s *server) letter(ctx context.Context, in *requestIn) (d document.Document, message string, rows []GivenRow, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return d, "", nil, err
	}
	rows, wanted, r, err := l.givenRows(ctx, in.Period, in.Provider)
	if err != nil {
		return d, "", nil, err
	}
	if in.Provider == "" || len(wanted[in.Provider]) == 0 {
		return d, "", nil, errs.Say(errs.NotFound, "没有要向这个单位征集的数")
	}
	name, err := l.provider(ctx, in.Provider)
	if err != nil {
		return d, "", nil, err
	}
	by := l.cat.Calendar().AddWorkdays(l.today, answerDays)
	return report.Letter(r, name, wanted[in.Provider], by), report.Message(r, name, wanted[in.Provider], by), rows, nil
}

func (s *server) givenRequest(ctx context.Context, in *requestIn) (out GivenRequest, err error) {
	d, message, rows, err := s.letter(ctx, in)
	if err != nil {
		return out, err
	}
	var b bytes.Buffer
	err = document.WriteHTML(&b, d)
	return GivenRequest{in.Provider, b.String(), message, rows}, err
}

func (s *server) givenLetter(ctx context.Context, in *requestIn) (c content, err error) {
	d, _, _, err := s.letter(ctx, in)
	if err != nil {
		return c, err
	}
	var b bytes.Buffer
	err = document.WriteDOCX(&b, d)
	return content{name: d.Title + ".docx", media: mediaDOCX, bytes: b.Bytes()}, err
}
