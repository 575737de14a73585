package indicator

import (
	"context"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/unit"
)

// Flat is how a text says that nothing moved.
const Flat = "与上年持平"

// Moved says how a figure stands against the same period a year before.
type Moved struct {
	Value unit.Decimal // in percent, or in percentage points of a share
	Text  string       // 增长8.2%, 下降0.3个百分点, 与上年持平
	Last  *Figure      // a year before; nil for a growth rate, which says it by itself
	By    *Figure      // the growth rate that says it; nil where two years were compared
}

// Move compares a figure with a year before: a growth rate says 增长 or 下降 by
// itself, a share 提高 or 下降 in percentage points. ok is false where nothing can
// be said: one of them is missing, or the base is zero.
func (r *Reading) Move(ctx context.Context, f *Figure) (m Moved, ok bool, err error) {
	if !f.Known || f.Words != "" {
		return m, false, nil
	}
	if f.Indicator.Sense == catalog.SenseGrowth {
		if m.Value, ok = f.Rounded(); ok {
			m.Text = Turn(m.Value, "增长", "下降", "%")
		}
		return m, ok, nil
	}
	last, err := r.Figure(ctx, f.Indicator.Code, f.Scope, f.Period.YearAgo())
	if err != nil {
		return m, false, err
	}
	if last.Known {
		m.Last = last
	}
	if g := f.Indicator.Growth; g != "" {
		return r.byGrowth(ctx, m, f, g)
	}
	if m.Last == nil {
		return m, false, nil
	}
	if f.Indicator.Accumulate == catalog.OfSums {
		m.Value, err = f.Value.Sub(last.Value).Round(uint8(f.Indicator.Digits))
		m.Text = Turn(m.Value, "提高", "下降", points(f.Indicator))
		return m, err == nil, err
	}
	q, err := f.Value.Sub(last.Value).Mul(unit.Exact(unit.Int(100))).Quo(last.Value)
	if err != nil || last.Value.Sign() < 0 {
		return m, false, nil //nolint:nilerr // from zero or below no growth rate has a meaning
	}
	m.Value, err = q.Round(1)
	m.Text = Turn(m.Value, "增长", "下降", "%")
	return m, err == nil, err
}

// byGrowth takes the change from the indicator that states it: the set of
// enterprises differs from year to year, and prices do, so that two published
// values do not give the growth (可比口径).
func (r *Reading) byGrowth(ctx context.Context, m Moved, f *Figure, growth string) (Moved, bool, error) {
	g, err := r.Figure(ctx, growth, f.Scope, f.Period)
	if err != nil || !g.Known {
		return m, false, err
	}
	last := m.Last
	m, ok, err := r.Move(ctx, g)
	m.Last, m.By = last, g
	return m, ok, err
}

// points is the unit in which a ratio moves.
func points(i *catalog.Indicator) string {
	if i.Unit == "%" {
		return "个百分点"
	}
	return string(i.Unit)
}

// Turn puts the sign of a change into its word.
func Turn(d unit.Decimal, up, down, unit string) string {
	switch d.Sign() {
	case 1:
		return up + d.String() + unit
	case -1:
		return down + d.Abs().String() + unit
	}
	return Flat
}

// Sentence says a figure as a text would, without its full stop:
//
//	2025年1—11月，规上工业总产值123.45亿元，同比增长8.2%
//
// scope names whose figure it is, "" for the county. It is "" when the figure is missing.
func Sentence(f *Figure, m Moved, moved bool, scope string) string {
	i := f.Indicator
	if !f.Known || f.Words != "" {
		return ""
	}
	b := f.Period.Chinese()
	if i.Accumulate == catalog.AtEnd {
		b = "截至" + f.Period.To.Period().Chinese() + "末"
	}
	b += "，" + scope + plainName(i.Name)
	if i.Sense == catalog.SenseGrowth {
		return b + m.Text
	}
	if i.Accumulate == catalog.OfSums {
		b += "为"
	}
	b += f.Text() + string(i.Unit)
	switch {
	case !moved:
		return b
	case m.Text == Flat:
		return b + "，" + Flat
	case i.Accumulate == catalog.OfSums:
		return b + "，比上年同期" + m.Text
	case i.Accumulate == catalog.AtEnd:
		return b + "，比上年同期末" + m.Text
	}
	return b + "，同比" + m.Text
}

// plainName is a name without the remarks in brackets at its end.
func plainName(name string) string {
	for strings.HasSuffix(name, "）") {
		i := strings.LastIndex(name, "（")
		if i <= 0 {
			break
		}
		name = name[:i]
	}
	return name
}
