package app

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"time"

	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// FigureJSON is the shape in which scripts read a figure (design §6).
type FigureJSON struct {
	Code    string              `json:"code"`
	Name    string              `json:"name"`
	Value   *string             `json:"value"` // null when missing
	Unit    string              `json:"unit"`
	Kind    string              `json:"kind"`
	Source  string              `json:"source,omitempty"`
	Period  period.Period       `json:"period"`
	Scope   indicator.Scope     `json:"scope"`
	KnownAt time.Time           `json:"known_at"`
	Seq     fact.Seq            `json:"seq"`
	Why     string              `json:"why,omitempty"`
	Notes   []string            `json:"notes,omitempty"`
	Lineage *indicator.Lineage  `json:"lineage,omitempty"`
	Cover   *indicator.Coverage `json:"coverage,omitempty"`
}

func figureJSON(ctx context.Context, r *indicator.Reading, f *indicator.Figure, lineage bool) (x FigureJSON, err error) {
	x = FigureJSON{
		Code: f.Indicator.Code, Name: f.Indicator.Name, Unit: string(f.Indicator.Unit), Kind: f.Indicator.Kind, Source: f.Source,
		Period: f.Period, Scope: f.Scope, KnownAt: r.Moment.At, Seq: r.Moment.Seq, Why: f.Why, Notes: f.Notes, Cover: f.Coverage,
	}
	if f.Known {
		s := f.Text()
		x.Value = &s
	}
	if lineage {
		l, err := r.Lineage(ctx, f, 0, 0)
		if err != nil {
			return x, err
		}
		x.Lineage = &l
	}
	return x, nil
}

func evalCommand() command {
	return command{name: "eval", en: "evaluate an indicator, down to its facts", args: "CODE --period 2025-11 [--scope park:CODE] [--known-at T] [--lineage]", short: "求一个指标，并可展开到事实", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		p := fs.String("period", "", "期别：2025、2025H1、2025Q3、2025-11、2025-01..11")
		scope := fs.String("scope", "county", "范围：county、region:、park:、industry:、enterprise:")
		known := fs.String("known-at", "", "所知时刻：2026-01-20、2026-01-20 14:05 或序号")
		lineage := fs.Bool("lineage", false, "列出每一条事实")
		return func(ctx context.Context, e *env) error {
			code, err := e.arg(0, "指标代码")
			if err != nil {
				return err
			}
			q, err := parsePeriod(*p)
			if err != nil {
				return err
			}
			sc, err := indicator.ParseScope(*scope)
			if err != nil {
				return err
			}
			as, err := record.ParseAsOf(*known)
			if err != nil {
				return err
			}
			r, err := e.app.Indicators.Read(ctx, as, indicator.RunOf(q))
			if err != nil {
				return err
			}
			f, err := r.Figure(ctx, code, sc, q)
			if err != nil {
				return err
			}
			x, err := figureJSON(ctx, r, f, *lineage)
			if err != nil {
				return err
			}
			x.Name = e.name(f.Indicator.Label)
			if e.format == "json" {
				return printJSON(e.out, x)
			}
			return printFigure(e.out, x, e.lang)
		}
	}}
}

func printFigure(w io.Writer, x FigureJSON, lang string) error {
	value, when, digest := "【待补】"+x.Why, x.Period.Chinese(), "摘要"
	if lang == english {
		value, when, digest = "missing: "+x.Why, x.Period.String(), "digest"
	}
	if x.Value != nil {
		value = *x.Value + x.Unit
	}
	fmt.Fprintf(w, "%s　%s　%s\n", x.Name, when, value)
	for _, n := range x.Notes {
		fmt.Fprintf(w, "  %s\n", n)
	}
	if x.Lineage == nil {
		return nil
	}
	for _, p := range x.Lineage.From {
		fmt.Fprintf(w, "  %s %s = %s\n", p.Name, p.Period, p.Value)
	}
	for _, f := range x.Lineage.Facts {
		sign := ""
		if f.Minus {
			sign = "−"
		}
		fmt.Fprintf(w, "  %s%s\t%s %s\n", sign, f.Value, f.Ref, f.Name)
	}
	_, err := fmt.Fprintf(w, "  %s %s\n", digest, x.Lineage.Digest)
	return err
}

func parsePeriod(s string) (period.Period, error) {
	if s == "" {
		return period.Period{}, errPeriod
	}
	p, err := period.Parse(s)
	if err != nil {
		return p, sayPeriod(s)
	}
	return p, nil
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
