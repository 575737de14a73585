package api

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/register"
)

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
		return signs.Replace(codeWords.ReplaceAllStringFunc(f.Indicator.Derive, func(use string) string {
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
	codeWords = regexp.MustCompile(`(last\.|prev\.)?[a-z][a-z0-9_]*`)
	signs     = strings.NewReplacer("*", "×", "/", "÷", "growth(", "增速(", "abs(", "绝对值(")
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
