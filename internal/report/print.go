package report

import (
	"context"
	"strconv"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/indicator"
	"gongmai/internal/unit"
)

// printed is a figure as a text asks for it.
type printed struct {
	text string
	unit unit.Code
}

// print formats a figure in the manner of a placeholder: "", a unit, change,
// names, tens or abs (catalog checks the words).
func print(ctx context.Context, r *indicator.Reading, f *indicator.Figure, manner string) (p printed, err error) {
	p = printed{text: f.Text(), unit: f.Indicator.Unit}
	word, arg, _ := strings.Cut(manner, " ")
	switch word {
	case "":
		return p, nil
	case "change":
		p.text, err = change(ctx, r, f)
		return p, err
	case "names":
		p.unit = ""
		p.text, err = nameList(ctx, r, f, arg)
		return p, err
	case "tens":
		p.text, err = tens(f)
		return p, err
	case "abs":
		if d, ok := f.Rounded(); ok {
			p.text = d.Abs().String()
		}
		return p, nil
	}
	p.unit = unit.Code(word)
	v, err := r.Cat.Units.Convert(f.Value, f.Indicator.Unit, p.unit)
	if err != nil {
		return p, err
	}
	d, err := v.Round(digitsIn(f.Indicator, p.unit))
	p.text = d.String()
	return p, err
}

// digitsIn is how many places a converted figure prints: 亿元 two as published,
// the indicator's own otherwise.
func digitsIn(i *catalog.Indicator, to unit.Code) uint8 {
	const published = 2
	if to != i.Unit {
		return max(published, uint8(i.Digits))
	}
	return uint8(i.Digits)
}

// change says how a figure moved; "" where nothing can be said.
func change(ctx context.Context, r *indicator.Reading, f *indicator.Figure) (string, error) {
	m, _, err := r.Move(ctx, f)
	return m.Text, err
}

const flat = indicator.Flat

// nameList names the enterprises behind a figure by their short names, at most
// n of them and then 等.
func nameList(ctx context.Context, r *indicator.Reading, f *indicator.Figure, arg string) (string, error) {
	firms, err := r.Enterprises(ctx, f)
	if err != nil {
		return "", err
	}
	n := len(firms)
	if arg != "" {
		if n, err = strconv.Atoi(arg); err != nil {
			return "", err
		}
	}
	var names []string
	for _, firm := range firms[:min(n, len(firms))] {
		name := firm.Name
		if len(firm.Short) > 0 {
			name = firm.Short[0]
		}
		names = append(names, name)
	}
	text := strings.Join(names, "、")
	if n < len(firms) {
		text += "等"
	}
	return text, nil
}

// tens rounds down to tens, for “210多件”.
func tens(f *indicator.Figure) (string, error) {
	d, err := f.Value.Round(0)
	if err != nil || d.Coef() < 10 {
		return d.String(), err
	}
	return strconv.FormatInt(d.Coef()/10*10, 10), nil
}
