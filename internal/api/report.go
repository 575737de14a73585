package api

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strconv"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/indicator"
	"gongmai/internal/report"
)

// ReportDef is a report that can be made.
type ReportDef struct {
	Code string `json:"code"`
	catalog.Label
}

// ReportFigure is a figure of a text, as it prints there.
type ReportFigure struct {
	ID       string  `json:"id"`
	N        int     `json:"n,omitempty"`
	Code     string  `json:"code"`
	Name     string  `json:"name"`
	Value    string  `json:"value"`
	Text     string  `json:"text"`
	Unit     string  `json:"unit"`
	Kind     string  `json:"kind"`
	Missing  bool    `json:"missing"`
	Scope    string  `json:"scope"`
	Period   string  `json:"period"`
	LastYear *Amount `json:"last_year,omitempty"`
}

// Lacking is an indicator without a value.
type Lacking struct {
	Code         string `json:"code"`
	Name         string `json:"name"`
	Provider     string `json:"provider,omitempty"`
	ProviderName string `json:"provider_name,omitempty"`
	Why          string `json:"why,omitempty"`
}

// Warning is a rule between figures that does not hold.
type Warning struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// Heading is a place in the outline of a text.
type Heading struct {
	ID    string `json:"id"`
	Level int    `json:"level"`
	Text  string `json:"text"`
}

// Report is a text with its figures.
type Report struct {
	Code       string         `json:"code"`
	Title      string         `json:"title"`
	Period     string         `json:"period"`
	StatPeriod string         `json:"stat_period"`
	AsOf       string         `json:"as_of"`
	KnownAt    Moment         `json:"known_at"`
	HTML       string         `json:"html"`
	Figures    []ReportFigure `json:"figures"`
	Missing    []Lacking      `json:"missing"`
	Warnings   []Warning      `json:"warnings"`
	Outline    []Heading      `json:"outline"`
}

type reportIn struct {
	Code    string `path:"code"`
	Period  string `query:"period" doc:"A year, or a span of it"`
	AsOf    string `query:"as_of" doc:"Cut-off day for records"`
	Stat    string `query:"stat" doc:"Months of the statistics"`
	KnownAt string `query:"known_at"`
}

func (in *reportIn) decode() (report.Ask, error) {
	return report.ParseAsk(in.Code, in.Period, in.AsOf, in.Stat, in.KnownAt)
}

func (s *server) reports() {
	handle(s, op{at: "GET /api/reports", id: "list-reports", does: "The reports that can be made", tag: "report"}, s.listReports)
	handle(s, op{at: "GET /api/reports/{code}", id: "report", does: "A report with all its figures", tag: "report"}, s.report)
	for _, f := range []struct{ ext, media string }{{"docx", mediaDOCX}, {"pdf", "application/pdf"}, {"html", "text/html"}} {
		send(s, op{at: "GET /api/reports/{code}/file." + f.ext, id: "report-" + f.ext, does: "A report as " + f.ext, tag: "report"}, f.media,
			func(ctx context.Context, in *reportIn) (content, error) { return s.reportFile(ctx, in, f.ext) })
	}
}

const mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *server) listReports(ctx context.Context, _ *struct{}) (out []ReportDef, err error) {
	if err := actor.From(ctx).Need(report.Read, "查看报告"); err != nil {
		return nil, err
	}
	cat := s.Keeper.Now()
	for _, code := range slices.Sorted(maps.Keys(cat.Outlines)) {
		out = append(out, ReportDef{code, cat.Outlines[code].Label})
	}
	return out, nil
}

func (s *server) make(ctx context.Context, in *reportIn) (*report.Report, *indicator.Reading, error) {
	q, err := in.decode()
	if err != nil {
		return nil, nil, err
	}
	return s.Reports.Make(ctx, q)
}

func (s *server) report(ctx context.Context, in *reportIn) (out Report, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	rep, r, err := s.make(ctx, in)
	if err != nil {
		return out, err
	}
	var html bytes.Buffer
	if err := document.WriteHTML(&html, rep.Document); err != nil {
		return out, err
	}
	out = Report{
		Code: rep.Code, Title: rep.Title, Period: strconv.Itoa(rep.Run.Year), StatPeriod: rep.Run.Stat.String(), AsOf: rep.Run.AsOf.String(),
		KnownAt: momentOf(r.Moment), HTML: html.String(), Outline: outline(rep.Document),
	}
	for _, p := range rep.Figures {
		f, err := reportFigure(ctx, r, p)
		if err != nil {
			return out, err
		}
		out.Figures = append(out.Figures, f)
	}
	for _, m := range rep.Missing {
		name, err := l.provider(ctx, m.Provider)
		if err != nil {
			return out, err
		}
		out.Missing = append(out.Missing, Lacking{m.Code, m.Name, m.Provider, name, m.Why})
	}
	for _, w := range rep.Warnings {
		out.Warnings = append(out.Warnings, Warning(w))
	}
	return out, nil
}

func reportFigure(ctx context.Context, r *indicator.Reading, p report.Printed) (x ReportFigure, err error) {
	f := p.Figure
	x = ReportFigure{
		ID: p.ID, N: p.N, Code: f.Indicator.Code, Name: f.Indicator.Name, Value: f.Text(), Text: p.Text, Unit: string(p.Unit), Kind: f.Indicator.Kind,
		Missing: !f.Known, Scope: string(f.Scope), Period: f.Period.String(),
	}
	if f.Words != "" || f.Indicator.Kind == catalog.Parameter {
		return x, nil
	}
	last, err := r.Figure(ctx, f.Indicator.Code, f.Scope, f.Period.YearAgo())
	if err == nil && last.Known {
		x.LastYear = &Amount{last.Text(), withUnit(last)}
	}
	return x, err
}

func outline(d document.Document) (out []Heading) {
	for _, b := range d.Blocks {
		if p, ok := b.(document.Paragraph); ok && p.Level > 0 {
			out = append(out, Heading{"h" + strconv.Itoa(len(out)+1), p.Level, document.Plain(p.Lead)})
		}
	}
	return out
}

func (s *server) reportFile(ctx context.Context, in *reportIn, ext string) (c content, err error) {
	rep, _, err := s.make(ctx, in)
	if err != nil {
		return c, err
	}
	var b bytes.Buffer
	c = content{name: rep.Title + "." + ext}
	switch ext {
	case "html":
		c.media, c.inline = "text/html; charset=utf-8", true
		err = document.WriteHTMLPage(&b, rep.Document)
		c.bytes = b.Bytes()
		return c, err
	case "pdf":
		c.media, c.inline = "application/pdf", true
		if err := document.WriteDOCX(&b, rep.Document); err != nil {
			return c, err
		}
		c.bytes, err = s.Converter.Convert(ctx, b.Bytes())
		return c, err
	}
	c.media = mediaDOCX
	err = document.WriteDOCX(&b, rep.Document)
	c.bytes = b.Bytes()
	return c, err
}
