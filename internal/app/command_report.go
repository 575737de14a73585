package app

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/report"
)

var errPeriod = errs.Say(errs.Invalid, "缺少期别，如 --period 2025 或 --period 2025-11")

func sayPeriod(s string) error {
	return errs.Say(errs.Invalid, "期别 %q 应写作 2025、2025H1、2025Q3、2025-11 或 2025-01..11", s)
}

type reportFlags struct {
	period, asOf, stat, known, out, text, bindings, number *string
}

func reportCommand() command {
	return command{name: "report", en: "write, fill, issue, remake and compare reports", args: "annual|monthly --period 2025 --format docx|pdf|html|json -o FILE · fill --text FILE --bindings FILE · issue CODE · list · reproduce ID · diff ID", short: "写报告、填空、印发、重做、对比", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		var f reportFlags
		f.period = fs.String("period", "", "年度，如 2025")
		f.asOf = fs.String("as-of", "", "截止日，默认年末或今天")
		f.stat = fs.String("stat", "", "统计月份，如 2025-01..11，默认到有数的最后一月")
		f.known = fs.String("known-at", "", "所知时刻")
		f.out = fs.String("o", "", "写到文件，默认标准输出")
		f.text = fs.String("text", "", "带 * 的文字（fill）")
		f.bindings = fs.String("bindings", "", "绑定表（fill），默认用业务目录里的 annual-summary")
		f.number = fs.String("number", "", "发文字号（issue）")
		return func(ctx context.Context, e *env) error {
			what, err := e.arg(0, "报告代码，或 fill、issue、list、reproduce、diff")
			if err != nil {
				return err
			}
			switch what {
			case "fill":
				return f.fill(ctx, e)
			case "issue":
				return f.issue(ctx, e)
			case "list":
				list, err := e.app.Reports.Issues(ctx, "")
				if err != nil {
					return err
				}
				return printJSON(e.out, list)
			case "reproduce", "diff":
				return f.again(ctx, e, what)
			}
			q, err := f.ask(what)
			if err != nil {
				return err
			}
			rep, r, err := e.app.Reports.Make(ctx, q)
			if err != nil {
				return err
			}
			return f.write(ctx, e, rep, r)
		}
	}}
}

func (f reportFlags) ask(code string) (report.Ask, error) {
	return report.ParseAsk(code, *f.period, *f.asOf, *f.stat, *f.known)
}

func (f reportFlags) fill(ctx context.Context, e *env) error {
	if *f.text == "" {
		return errs.Say(errs.Invalid, "缺少 --text：带 * 的文字")
	}
	text, err := readFile(e, *f.text)
	if err != nil {
		return err
	}
	b, err := f.bind(e)
	if err != nil {
		return err
	}
	q, err := f.ask(b.Report)
	if err != nil {
		return err
	}
	r, err := e.app.Reports.Reading(ctx, q)
	if err != nil {
		return err
	}
	rep, err := report.Fill(ctx, r, string(text), b)
	if err != nil {
		return err
	}
	return f.write(ctx, e, rep, r)
}

// bind reads a bindings file and checks it against the catalogue in force.
func (f reportFlags) bind(e *env) (*catalog.Bindings, error) {
	if *f.bindings == "" {
		return e.app.Keeper.Now().Bindings["annual-summary"], nil
	}
	text, err := readFile(e, *f.bindings)
	if err != nil {
		// The embedded bindings are known by the name they have in the sources.
		if embedded, err := content.FS.ReadFile("reports/annual-summary.bindings.yaml"); err == nil && *f.bindings == "catalog/reports/annual-summary.bindings.yaml" {
			text = embedded
		} else {
			return nil, errs.Say(errs.NotFound, "找不到绑定表 %s", *f.bindings)
		}
	}
	return e.app.Keeper.Now().ReadBindings(*f.bindings, text)
}

func (f reportFlags) issue(ctx context.Context, e *env) error {
	code, err := e.arg(1, "报告代码")
	if err != nil {
		return err
	}
	q, err := f.ask(code)
	if err != nil {
		return err
	}
	x, err := e.app.Reports.IssueReport(ctx, q, *f.number)
	if err != nil {
		return err
	}
	return printJSON(e.out, x)
}

func (f reportFlags) again(ctx context.Context, e *env, what string) error {
	id, err := e.arg(1, "印发编号")
	if err != nil {
		return err
	}
	if what == "diff" {
		d, err := e.app.Reports.Diff(ctx, id)
		if err != nil {
			return err
		}
		return printJSON(e.out, d)
	}
	r, err := e.app.Reports.Reproduce(ctx, id)
	if err != nil {
		return err
	}
	return printJSON(e.out, r)
}

// ReportJSON lists every figure of a report (design §6).
type ReportJSON struct {
	Code     string             `json:"code"`
	Title    string             `json:"title"`
	Year     int                `json:"year"`
	Stat     period.Period      `json:"stat_period"`
	AsOf     period.Day         `json:"as_of"`
	KnownAt  time.Time          `json:"known_at"`
	Seq      fact.Seq           `json:"seq"`
	Chain    string             `json:"chain"`
	Figures  []ReportFigureJSON `json:"figures"`
	Missing  []report.Lacking   `json:"missing"`
	Warnings []report.Warning   `json:"warnings"`
	Text     string             `json:"text"`
}

// ReportFigureJSON is one figure: value in the indicator's unit, text and unit as printed.
type ReportFigureJSON struct {
	ID      string             `json:"id"`
	N       int                `json:"n,omitempty"`
	Code    string             `json:"code"`
	Name    string             `json:"name"`
	Value   *string            `json:"value"`
	Text    string             `json:"text"`
	Unit    string             `json:"unit"`
	Kind    string             `json:"kind"`
	Source  string             `json:"source"`
	Period  period.Period      `json:"period"`
	Lineage *indicator.Lineage `json:"lineage"`
}

func reportJSON(ctx context.Context, rep *report.Report, r *indicator.Reading) (x ReportJSON, err error) {
	x = ReportJSON{
		Code: rep.Code, Title: rep.Title, Year: rep.Run.Year, Stat: rep.Run.Stat, AsOf: rep.Run.AsOf, KnownAt: r.Moment.At, Seq: r.Moment.Seq,
		Chain: r.Moment.Hash, Figures: []ReportFigureJSON{}, Missing: rep.Missing, Warnings: rep.Warnings,
	}
	for _, p := range rep.Figures {
		f, err := figureJSON(ctx, r, p.Figure, true)
		if err != nil {
			return x, err
		}
		x.Figures = append(x.Figures, ReportFigureJSON{
			ID: p.ID, N: p.N, Code: f.Code, Name: f.Name, Value: f.Value, Text: p.Text, Unit: string(p.Unit), Kind: f.Kind, Source: f.Source, Period: f.Period, Lineage: f.Lineage,
		})
	}
	var b bytes.Buffer
	err = document.WriteText(&b, rep.Document)
	x.Text = b.String()
	return x, err
}

func (f reportFlags) write(ctx context.Context, e *env, rep *report.Report, r *indicator.Reading) error {
	var b bytes.Buffer
	var err error
	switch e.format {
	case "json":
		var x ReportJSON
		if x, err = reportJSON(ctx, rep, r); err == nil {
			err = printJSON(&b, x)
		}
	case "docx":
		err = document.WriteDOCX(&b, rep.Document)
	case "html":
		err = document.WriteHTMLPage(&b, rep.Document)
	case "text":
		err = document.WriteText(&b, rep.Document)
	case "pdf":
		err = e.app.pdf(ctx, &b, rep.Document)
	default:
		return errs.Say(errs.Invalid, "--format 应为 docx、pdf、html、json 或 text，现为 %s", e.format)
	}
	if err != nil {
		return err
	}
	for _, m := range rep.Missing {
		fmt.Fprintf(e.err, "待补：%s（%s）\n", m.Name, m.Why)
	}
	for _, w := range rep.Warnings {
		fmt.Fprintf(e.err, "请核实：%s\n", w.Message)
	}
	return writeOut(e, *f.out, b.Bytes())
}

// pdf converts a document.
func (a *App) pdf(ctx context.Context, w io.Writer, d document.Document) error {
	if !a.Converter.Available() {
		return a.Converter.Missing()
	}
	var b bytes.Buffer
	if err := document.WriteDOCX(&b, d); err != nil {
		return err
	}
	convert := a.convertOnce
	if a.converting {
		convert = a.Converter.Convert
	}
	p, err := convert(ctx, b.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(p)
	return err
}

// convertOnce runs the converter for one call.
func (a *App) convertOnce(ctx context.Context, docx []byte) ([]byte, error) {
	run, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- a.Converter.Run(run) }()
	p, err := a.Converter.Convert(ctx, docx)
	stop()
	return p, errors.Join(err, ended(<-done))
}

func readFile(e *env, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(e.in)
	}
	p, err := os.ReadFile(e.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, errs.Say(errs.NotFound, "找不到文件 %s", name)
	}
	return p, err
}

func writeOut(e *env, name string, p []byte) error {
	if name == "" || name == "-" {
		_, err := e.out.Write(p)
		return err
	}
	if err := os.WriteFile(e.path(name), p, 0o600); err != nil {
		return errs.Say(errs.Invalid, "不能写入 %s：%s", name, reason(err))
	}
	return nil
}
