package report

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Report is a text with its figures.
type Report struct {
	Code     string
	Title    string
	Run      indicator.Run
	Document document.Document
	Figures  []Printed // in the order of the text
	Missing  []Lacking // each indicator once
	Warnings []Warning
}

// Printed is one figure of a text.
type Printed struct {
	ID     string // unique in the document
	N      int    // of the mask, from 1; 0 in an outline
	Figure *indicator.Figure
	Text   string
	Unit   unit.Code
}

// Lacking is an indicator without a value, to be asked for.
type Lacking struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Provider string `json:"provider,omitempty"`
	Why      string `json:"why"`
}

// Warning is a rule between figures that does not hold.
type Warning struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// writer collects the figures of a text while it is written.
type writer struct {
	reading *indicator.Reading
	report  *Report
	runs    []document.Run
}

func newWriter(r *indicator.Reading, code string) *writer {
	return &writer{reading: r, report: &Report{Code: code, Run: r.Run, Missing: []Lacking{}, Warnings: []Warning{}}}
}

// Write makes a report from an outline.
func Write(ctx context.Context, r *indicator.Reading, o *catalog.Outline) (rep *Report, err error) {
	defer errs.Wrap(&err, "writing report %s", o.Code)
	w := newWriter(r, o.Code)
	title, err := w.text(ctx, o.Title)
	if err != nil {
		return nil, err
	}
	rep = w.report
	rep.Title = document.Plain(title)
	rep.Figures = nil // the figures of a title stand in the text again
	rep.Document = document.Document{Title: rep.Title, Signer: r.Cat.Settings["document.issuer"], Date: r.Run.AsOf}
	for i := range o.Blocks {
		if err := w.block(ctx, &o.Blocks[i]); err != nil {
			return nil, err
		}
	}
	return rep, w.rules(ctx, o)
}

func (w *writer) block(ctx context.Context, b *catalog.Block) error {
	if b.When != "" {
		ok, err := w.holds(ctx, b)
		if err != nil || !ok {
			return err
		}
	}
	doc := &w.report.Document
	if len(b.Rows) > 0 {
		at, err := w.annex(ctx, b)
		doc.Attachments = append(doc.Attachments, at)
		doc.Annexes = append(doc.Annexes, at.Title)
		return err
	}
	p := document.Paragraph{Level: b.Level}
	var err error
	if b.Heading != "" {
		if p.Lead, err = w.text(ctx, b.Heading); err != nil {
			return err
		}
	}
	for _, t := range []string{b.RunIn, b.Text} {
		runs, err := w.text(ctx, t)
		if err != nil {
			return err
		}
		p.Runs = append(p.Runs, runs...)
	}
	doc.Blocks = append(doc.Blocks, p)
	return nil
}

func (w *writer) holds(ctx context.Context, b *catalog.Block) (bool, error) {
	if b.Cond == nil {
		return true, nil
	}
	var failed error
	ok, _ := b.Cond.Holds(w.reading.Names(ctx, &failed))
	return ok, failed
}

// text writes a template into runs.
func (w *writer) text(ctx context.Context, t string) ([]document.Run, error) {
	w.runs = nil
	at := 0
	for _, h := range catalog.Placeholders(t) {
		w.plain(t[at:h.Start])
		at = h.End
		if word, ok := w.word(h.Code); ok {
			w.plain(word)
			continue
		}
		f, err := w.reading.InRun(ctx, h.Code)
		if err != nil {
			return nil, err
		}
		if err := w.figure(ctx, f, h.Form, 0); err != nil {
			return nil, err
		}
	}
	w.plain(t[at:])
	return w.runs, nil
}

// word gives the words of a run that are no figures.
func (w *writer) word(code string) (string, bool) {
	run := w.reading.Run
	switch code {
	case "period":
		return run.Stat.Chinese(), true
	case "year":
		return strconv.Itoa(run.Year), true
	case "next_year":
		return strconv.Itoa(run.Year + 1), true
	case "as_of":
		return fmt.Sprintf("%d年%d月%d日", run.AsOf.Year(), run.AsOf.Month(), run.AsOf.DayOfMonth()), true
	case "issuer":
		return w.reading.Cat.Settings["document.issuer"], true
	}
	return "", false
}

func (w *writer) plain(s string) {
	if s == "" {
		return
	}
	if n := len(w.runs); n > 0 && w.runs[n-1].Figure == nil {
		w.runs[n-1].Text += s
		return
	}
	w.runs = append(w.runs, document.Run{Text: s})
}

// figure writes one figure. n is the number of its mask.
func (w *writer) figure(ctx context.Context, f *indicator.Figure, manner string, n int) error {
	x := Printed{ID: w.nextID(), N: n, Figure: f, Unit: f.Indicator.Unit}
	if !f.Known {
		w.lack(f)
	} else {
		p, err := print(ctx, w.reading, f, manner)
		if err != nil {
			return err
		}
		if p.text == "" && strings.HasPrefix(manner, "names") {
			return nil // the names of nobody
		}
		if x.Text, x.Unit = p.text, p.unit; x.Text == "" {
			x.Text = "—" // no growth that has a meaning
		}
		if p.text == flat {
			w.trim("同比")
		}
	}
	w.put(x)
	return nil
}

func (w *writer) nextID() string { return "f" + strconv.Itoa(len(w.report.Figures)+1) }

// put adds a figure that is already printed.
func (w *writer) put(x Printed) {
	w.report.Figures = append(w.report.Figures, x)
	i := x.Figure.Indicator
	w.runs = append(w.runs, document.Of(document.Figure{ID: x.ID, Code: i.Code, Text: x.Text, Missing: !x.Figure.Known, Title: i.Name}))
}

// trim takes a word off the end of the text before a figure.
func (w *writer) trim(word string) bool {
	n := len(w.runs)
	if n == 0 || w.runs[n-1].Figure != nil || !strings.HasSuffix(w.runs[n-1].Text, word) {
		return false
	}
	w.runs[n-1].Text = strings.TrimSuffix(w.runs[n-1].Text, word)
	return true
}

func (w *writer) lack(f *indicator.Figure) {
	for _, m := range w.report.Missing {
		if m.Code == f.Indicator.Code {
			return
		}
	}
	w.report.Missing = append(w.report.Missing, Lacking{Code: f.Indicator.Code, Name: f.Indicator.Name, Provider: f.Indicator.Provider, Why: f.Why})
}

// annex is the table of figures with their sources.
func (w *writer) annex(ctx context.Context, b *catalog.Block) (document.Attachment, error) {
	before := len(w.report.Figures)
	runs, err := w.text(ctx, b.Heading)
	if err != nil {
		return document.Attachment{}, err
	}
	title := document.Plain(runs)
	w.report.Figures = w.report.Figures[:before] // a title holds words, not figures that open
	t := document.Table{
		Columns: []document.Column{{Width: 5, Align: document.Center}, {Width: 26, Align: document.Left}, {Width: 11, Align: document.Right}, {Width: 8, Align: document.Center}, {Width: 15, Align: document.Center}, {Width: 30, Align: document.Left}},
		Header:  [][]document.Cell{document.Cells("序号", "指标", "数值", "单位", "时间", "来源")},
	}
	for n, code := range b.Rows {
		f, err := w.reading.InRun(ctx, code)
		if err != nil {
			return document.Attachment{}, err
		}
		w.runs = nil
		if err := w.figure(ctx, f, "", 0); err != nil {
			return document.Attachment{}, err
		}
		origin, err := Origin(ctx, w.reading, f)
		if err != nil {
			return document.Attachment{}, err
		}
		row := document.Cells(strconv.Itoa(n+1), f.Indicator.Name, "", string(f.Indicator.Unit), f.Period.Chinese(), origin)
		row[2].Runs = w.runs
		t.Rows = append(t.Rows, row)
	}
	return document.Attachment{Title: title, Blocks: []document.Block{t}}, nil
}

// Origin says in words where a figure comes from.
func Origin(ctx context.Context, r *indicator.Reading, f *indicator.Figure) (string, error) {
	switch {
	case !f.Known:
		return "待补：" + f.Why, nil
	case f.Source == indicator.FromGiven:
		name, err := r.Agency(ctx, f.Given.Provider)
		return strings.Join([]string{name, f.Given.Stage, f.Given.Document}, " "), err
	case f.Source == indicator.FromFormula:
		return "按公式计算", nil
	case f.Source == indicator.FromParameter:
		return "参数", nil
	}
	of := f.Indicator.Records().Of
	name := string(of)
	if t, ok := r.Cat.TypeOf(of); ok {
		name = t.Name
	} else if form, ok := r.Cat.FormOf(of); ok {
		name = form.Name
	}
	s := fmt.Sprintf("%s %d 条", name, f.Count)
	if f.Coverage != nil {
		s += fmt.Sprintf("（%d/%d 户）", f.Coverage.Have, f.Coverage.Want)
	}
	return s, nil
}

// rules holds the figures against the outline's consistency rules.
func (w *writer) rules(ctx context.Context, o *catalog.Outline) error {
	for i := range o.Rules {
		rule := &o.Rules[i]
		var failed error
		ok, applies := rule.Cond.Holds(w.reading.Names(ctx, &failed))
		if failed != nil {
			return failed
		}
		if applies && !ok {
			w.report.Warnings = append(w.report.Warnings, Warning{Rule: rule.Rule, Message: rule.Say})
		}
	}
	return nil
}

// StatPeriod finds the months of the statistics for a run: from January to the
// last month, not after the cut-off day, for which the most figures of the
// outline that follow the statistics are known.
func StatPeriod(ctx context.Context, read func(indicator.Run) (*indicator.Reading, error), o func(*catalog.Catalogue) *catalog.Outline, run indicator.Run) (period.Period, error) {
	last := run.AsOf.MonthOf()
	best, most := period.YTD(last), 0
	for m := last; m.Month() > 1 && m.Year() == run.Year; m-- {
		run.Stat = period.YTD(m)
		r, err := read(run)
		if err != nil {
			return best, err
		}
		known, all, err := statKnown(ctx, r, o(r.Cat))
		if err != nil {
			return best, err
		}
		if known > most {
			best, most = run.Stat, known
		}
		if known == all {
			break
		}
	}
	return best, nil
}

// statKnown counts the figures of an outline that follow the statistics.
func statKnown(ctx context.Context, r *indicator.Reading, o *catalog.Outline) (known, all int, err error) {
	if o == nil {
		return 0, 0, nil
	}
	for _, code := range codesOf(r.Cat, o) {
		if i := r.Cat.Indicators[code]; i.Span != catalog.SpanStat || i.Kind == catalog.Parameter {
			continue
		}
		all++
		f, err := r.InRun(ctx, code)
		if err != nil {
			return known, all, err
		}
		if f.Known {
			known++
		}
	}
	return known, all, nil
}
