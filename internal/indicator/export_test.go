package indicator

import (
	"context"

	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// OneByOne evaluates a counted indicator fact by fact, as lineage lists them,
// without any of the ways that are faster.
func (r *Reading) OneByOne(ctx context.Context, code string, scope Scope, p period.Period) (sum unit.Decimal, count int, d Digest, err error) {
	t, err := r.totalOf(ctx, &Figure{Indicator: r.Cat.Indicators[code], Scope: scope, Period: p})
	return t.sum, t.count, t.digest, err
}

// Total is what the county's figure was made from.
func (r *Reading) Total(ctx context.Context, code string, p period.Period) (sum unit.Decimal, count int, d Digest, err error) {
	ts, err := r.totalsOf(ctx, r.Cat.Indicators[code], whole, p)
	if err != nil {
		return sum, 0, d, err
	}
	return ts[0].sum, ts[0].count, ts[0].digest, nil
}

// Spread evaluates an indicator for every part of a dimension, the unknown ones too.
func (r *Reading) Spread(ctx context.Context, code, by string, p period.Period) ([]Figure, error) {
	d, err := r.division(ctx, by, p)
	if err != nil {
		return nil, err
	}
	return r.spread(ctx, code, d, p)
}

// Cells tells what suppression knows of every part of a dimension.
func (r *Reading) Cells(ctx context.Context, code, by string, p period.Period) ([]Cell, []Figure, error) {
	d, err := r.division(ctx, by, p)
	if err != nil {
		return nil, nil, err
	}
	figures, err := r.spread(ctx, code, d, p)
	if err != nil {
		return nil, nil, err
	}
	cells, err := r.cells(ctx, totalsKey{r.Cat.Indicators[code], d, p})
	return cells, figures, err
}
