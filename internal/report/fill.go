package report

import (
	"context"
	"regexp"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/indicator"
	"gongmai/internal/unit"
)

// Mask is the character that stands for one figure in a masked text.
const Mask = '*'

// Fill puts figures into the masks of a finished text, by its bindings. Units
// that follow a mask, 多 after a number, and the sign of a growth are read from
// the text, so that the sentence stays true.
func Fill(ctx context.Context, r *indicator.Reading, text string, b *catalog.Bindings) (rep *Report, err error) {
	defer errs.Wrap(&err, "filling text by bindings %s", b.Code)
	if n := strings.Count(text, string(Mask)); n != len(b.Masks) {
		return nil, errs.Say(errs.Invalid, "文中有 %d 处 *，绑定表有 %d 行，应一一对应", n, len(b.Masks))
	}
	w := newWriter(r, b.Code)
	f := &filler{writer: w, masks: b.Masks}
	w.report.Title = b.Name
	w.report.Document = document.Document{Title: b.Name, Signer: r.Cat.Settings["document.issuer"], Date: r.Run.AsOf}
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := f.paragraph(ctx, line); err != nil {
			return nil, err
		}
	}
	if o := r.Cat.Outlines[b.Report]; o != nil {
		err = w.rules(ctx, o)
	}
	return w.report, err
}

type filler struct {
	*writer
	masks []catalog.Mask
	n     int
}

var (
	level1 = regexp.MustCompile(`^[一二三四五六七八九十]+、`)
	level2 = regexp.MustCompile(`^（[一二三四五六七八九十]+）[^。]*。`)
)

// paragraph writes one line: a heading of the first level, a run-in heading of
// the second, or text.
func (f *filler) paragraph(ctx context.Context, line string) error {
	p := document.Paragraph{}
	lead := ""
	switch {
	case level1.MatchString(line) && !strings.Contains(line, "。"):
		p.Level, lead, line = 1, line, ""
	case level2.MatchString(line):
		p.Level, lead = 2, level2.FindString(line)
		line = line[len(lead):]
	}
	var err error
	if p.Lead, err = f.fill(ctx, lead); err != nil {
		return err
	}
	if p.Runs, err = f.fill(ctx, line); err != nil {
		return err
	}
	f.report.Document.Blocks = append(f.report.Document.Blocks, p)
	return nil
}

func (f *filler) fill(ctx context.Context, text string) ([]document.Run, error) {
	f.runs = nil
	for {
		before, after, ok := strings.Cut(text, string(Mask))
		f.plain(before)
		if !ok {
			return f.runs, nil
		}
		var err error
		if text, err = f.mask(ctx, after); err != nil {
			return nil, err
		}
	}
}

// mask writes one figure and returns the text after it.
func (f *filler) mask(ctx context.Context, after string) (string, error) {
	m := f.masks[f.n]
	f.n++
	fig, err := f.reading.InRun(ctx, m.Code)
	if err != nil {
		return "", err
	}
	manner := m.Form
	if u := f.unitIn(after, fig.Indicator); u != "" && manner == "" {
		manner = string(u)
	}
	if strings.HasPrefix(after, "多") && manner == "" {
		manner = "tens"
	}
	if fig.Known && fig.Indicator.Sense == catalog.SenseGrowth {
		return f.growth(fig, after), nil
	}
	return after, f.figure(ctx, fig, manner, f.n)
}

// unitIn is the unit that the text states right after a mask, when the figure
// converts to it and is kept in another.
func (f *filler) unitIn(after string, i *catalog.Indicator) unit.Code {
	var best unit.Code
	own := f.reading.Cat.Units[i.Unit]
	for c, u := range f.reading.Cat.Units {
		if u.Dimension == own.Dimension && u.Factor.Cmp(own.Factor) != 0 && strings.HasPrefix(after, string(c)) && len(c) > len(best) {
			best = c
		}
	}
	return best
}

// growth turns “增长*%” where the rate is negative or zero.
func (f *filler) growth(fig *indicator.Figure, after string) string {
	d, _ := fig.Rounded()
	x := Printed{ID: f.nextID(), N: f.n, Figure: fig, Text: d.String(), Unit: fig.Indicator.Unit}
	if d.Sign() < 0 && f.trim("增长") {
		f.plain("下降")
		x.Text = d.Abs().String()
	}
	if d.Sign() == 0 && f.trim("增长") {
		f.trim("同比")
		x.Text = flat
		after = strings.TrimPrefix(after, "%")
	}
	f.put(x)
	return after
}
