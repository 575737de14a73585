package indicator

import (
	"context"
	"fmt"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/register"
	"gongmai/internal/unit"
)

// total is what the facts of an indicator come to in one scope and period,
// before a given figure is weighed against it.
type total struct {
	sum      unit.Decimal // in the unit of the facts
	count    int
	carried  int
	largest  unit.Decimal // of one return, by amount; of plain sums only
	digest   Digest
	begun    bool // there is something to count from
	coverage *Coverage
}

type totalsKey struct {
	i *catalog.Indicator
	d *division
	p period.Period
}

// count evaluates a count or a sum over records or returns.
func (r *Reading) count(ctx context.Context, f *Figure) error {
	var t total
	var err error
	if f.Scope == County {
		var ts []total
		if ts, err = r.totalsOf(ctx, f.Indicator, whole, f.Period); err == nil {
			t = ts[0]
		}
	} else {
		t, err = r.totalOf(ctx, f)
	}
	if err != nil {
		return err
	}
	return r.settle(f, &t)
}

// settle puts a total into its figure.
func (r *Reading) settle(f *Figure, t *total) (err error) {
	f.Count, f.Digest, f.Source, f.Coverage = t.count, t.digest, FromRecords, t.coverage
	if t.carried > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("其中 %d 户沿用以前期别的数", t.carried))
	}
	if !t.begun || (f.Indicator.Kind == catalog.Parameter && t.count == 0) {
		f.Why = r.nothing(f.Indicator.Records())
		return nil
	}
	f.Known = true
	if f.Indicator.Sum == nil {
		f.Value = unit.Exact(unit.Int(int64(t.count)))
		return nil
	}
	f.Value, err = r.Cat.Units.Convert(unit.Exact(t.sum), r.unitOf(f.Indicator.Sum), f.Indicator.Unit)
	return err
}

// totalsOf counts or sums for every part of a division at once. What it answers
// for a part is what totalOf answers for that scope, digest included.
func (r *Reading) totalsOf(ctx context.Context, i *catalog.Indicator, d *division, p period.Period) (ts []total, err error) {
	k := totalsKey{i, d, p}
	if ts := r.totals[k]; ts != nil {
		return ts, nil
	}
	form, _ := r.Cat.FormOf(i.Records().Of)
	switch {
	case ofMonths(i, form, p):
		ts, err = r.addMonths(ctx, i, d, p)
	case plain(i, form, p):
		ts, err = r.sumColumn(ctx, i, d, form, p)
	default:
		ts, err = r.sort(ctx, i, d, form, p)
	}
	if err == nil {
		r.totals[k] = ts
	}
	return ts, err
}

// ofMonths reports whether a span is made of the figures of its months: each is
// counted once, and the span adds them up. Its digest is over theirs.
func ofMonths(i *catalog.Indicator, form *catalog.Form, p period.Period) bool {
	return form != nil && i.Sum != nil && i.Sum.Carry == 0 && i.Sum.Items.End == "" && i.Sum.Items.YTD == "" && !p.IsMonth()
}

// plain reports whether a figure is the sum of one column of one period's returns.
func plain(i *catalog.Indicator, form *catalog.Form, p period.Period) bool {
	return form != nil && i.Sum != nil && i.Sum.Carry == 0 && len(terms(form, i.Sum.Items, p)) == 1
}

// add takes one month into a span; the digest of the month goes to b.
func (t *total) add(b []byte, month *total) (_ []byte, err error) {
	t.count += month.count
	t.begun = t.begun || month.begun
	t.coverage = month.coverage // of the last month
	t.sum, err = t.sum.Add(month.sum)
	return append(b, month.digest[:]...), err
}

func (r *Reading) addMonths(ctx context.Context, i *catalog.Indicator, d *division, p period.Period) ([]total, error) {
	months := make([][]total, 0, p.Months())
	for m := p.From; m <= p.To; m++ {
		ts, err := r.totalsOf(ctx, i, d, m.Period())
		if err != nil {
			return nil, err
		}
		months = append(months, ts)
	}
	out, span := make([]total, len(d.scopes)), p.String()
	for k := range out {
		b := begin(r.buf, i.Code, d.scopes[k], span)
		for _, ts := range months {
			var err error
			if b, err = out[k].add(b, &ts[k]); err != nil {
				return nil, err
			}
		}
		out[k].digest = r.sum(b)
	}
	return out, nil
}

// sumColumn sums one column of one period's returns, part by part.
func (r *Reading) sumColumn(ctx context.Context, i *catalog.Indicator, d *division, form *catalog.Form, p period.Period) (out []total, err error) {
	t := terms(form, i.Sum.Items, p)[0]
	if _, err := r.roll(ctx, t.p.Last()); err != nil {
		return nil, err
	}
	err = r.Moment.Read(ctx, form.Kind, func(v fact.View) error {
		s := r.sheetOf(form, t.p, v)
		out, err = s.kept(totalsKey{i, d, p}, func() ([]total, error) {
			return r.sumRows(i, d, s, v.Column(t.item), p)
		})
		return err
	})
	return out, err
}

func (r *Reading) sumRows(i *catalog.Indicator, d *division, s *sheet, col fact.Column, p period.Period) ([]total, error) {
	out, span := make([]total, len(d.scopes)), p.String()
	for k, rows := range s.parted(d, r.Cat) {
		b, sum, err := col.Sum(begin(r.buf, i.Code, d.scopes[k], span), rows)
		if err != nil {
			return nil, err
		}
		out[k] = total{sum: sum.Total, largest: sum.Largest, count: sum.Count, begun: sum.Count > 0, digest: r.sum(b)}
	}
	if d == whole {
		out[0].coverage = s.coverage()
	}
	return out, nil
}

// sort tallies every part of a division in one pass over the facts.
func (r *Reading) sort(ctx context.Context, i *catalog.Indicator, d *division, form *catalog.Form, p period.Period) ([]total, error) {
	out, tallies, span := make([]total, len(d.scopes)), make([]tally, len(d.scopes)), p.String()
	for k := range tallies {
		tallies[k] = tally{b: begin(nil, i.Code, d.scopes[k], span), seen: map[string]bool{}}
	}
	county := &Figure{Indicator: i, Scope: County, Period: p}
	begun, err := r.gatherAll(ctx, county, d, func(k int, x part) error { return tallies[k].add(x, i.Sum != nil) })
	if err != nil {
		return nil, err
	}
	for k := range tallies {
		t := &tallies[k]
		t.digest, t.begun = r.sum(t.b), begun
		if form != nil && i.Sum != nil {
			t.begun = t.visited
		}
		out[k] = t.total
	}
	if d == whole {
		out[0].coverage = county.Coverage
	}
	return out, nil
}

// gatherAll visits what gather visits for each part of a division.
func (r *Reading) gatherAll(ctx context.Context, county *Figure, d *division, visit func(k int, x part) error) (begun bool, err error) {
	if county.Indicator.Records().Carry > 0 && d != whole { // who moved in stated nothing there: each scope carries forward by itself
		for k, scope := range d.scopes {
			f := &Figure{Indicator: county.Indicator, Scope: scope, Period: county.Period}
			if _, err := r.gather(ctx, f, func(x part) error { return visit(k, x) }); err != nil {
				return false, err
			}
		}
		return true, nil
	}
	in := map[*register.Firm][]int{}
	return r.gather(ctx, county, func(x part) error {
		parts, ok := in[x.firm]
		if !ok {
			parts = d.of(r.Cat, x.firm)
			in[x.firm] = parts
		}
		for _, k := range parts {
			if err := visit(k, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// totalOf counts or sums for one scope, whatever it is. It is also what a test
// holds totalsOf to.
func (r *Reading) totalOf(ctx context.Context, f *Figure) (t total, err error) {
	form, _ := r.Cat.FormOf(f.Indicator.Records().Of)
	if !ofMonths(f.Indicator, form, f.Period) {
		y := tally{b: begin(nil, f.Indicator.Code, f.Scope, f.Period.String()), seen: map[string]bool{}}
		y.begun, err = r.gather(ctx, f, func(p part) error { return y.add(p, f.Indicator.Sum != nil) })
		y.digest, y.coverage = r.sum(y.b), f.Coverage
		return y.total, err
	}
	b := begin(nil, f.Indicator.Code, f.Scope, f.Period.String())
	for m := f.Period.From; m <= f.Period.To; m++ {
		k := key{f.Indicator.Code, f.Scope, m.Period()}
		month, ok := r.months[k]
		if !ok {
			if month, err = r.totalOf(ctx, &Figure{Indicator: f.Indicator, Scope: f.Scope, Period: k.p}); err != nil {
				return t, err
			}
			r.months[k] = month
		}
		if b, err = t.add(b, &month); err != nil {
			return t, err
		}
	}
	t.digest = r.sum(b)
	return t, nil
}
