package indicator

import (
	"context"
	"fmt"

	"gongmai/internal/catalog"
	"gongmai/internal/period"
)

type spreadKey struct {
	code string
	d    *division
	p    period.Period
}

// spread evaluates an indicator for every part of a division in one pass. Each
// figure equals the one that Figure gives for its scope.
func (r *Reading) spread(ctx context.Context, code string, d *division, p period.Period) (figures []Figure, err error) {
	k := spreadKey{code, d, p}
	if figures := r.spreads[k]; figures != nil {
		return figures, nil
	}
	i := r.Cat.Indicators[code]
	if i == nil {
		return nil, r.unknown(code)
	}
	busy := key{code, Scope(d.by), p}
	if r.busy[busy] {
		return nil, fmt.Errorf("%s depends on itself", code)
	}
	r.busy[busy] = true
	defer delete(r.busy, busy)
	figures = make([]Figure, len(d.scopes))
	for n, scope := range d.scopes {
		figures[n] = Figure{Indicator: i, Scope: scope, Period: p}
	}
	if err := r.evaluateAll(ctx, i, d, p, figures); err != nil {
		return nil, err
	}
	r.spreads[k] = figures
	return figures, nil
}

func (r *Reading) evaluateAll(ctx context.Context, i *catalog.Indicator, d *division, p period.Period, figures []Figure) (err error) {
	switch {
	case i.Source != nil:
		for n := range figures {
			r.parameter(&figures[n])
		}
		return nil
	case i.Formula != nil:
		err = r.deriveAll(ctx, i, d, p, figures)
	case i.Records() != nil:
		err = r.countAll(ctx, i, d, p, figures)
	default:
		var why string
		why, err = r.awaited(ctx, i)
		for n := range figures {
			figures[n].Why = why
		}
	}
	if err != nil {
		return err
	}
	for n := range figures {
		if err := r.weigh(ctx, &figures[n]); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reading) countAll(ctx context.Context, i *catalog.Indicator, d *division, p period.Period, figures []Figure) error {
	ts, err := r.totalsOf(ctx, i, d, p)
	if err != nil {
		return err
	}
	for n := range figures {
		if err := r.settle(&figures[n], &ts[n]); err != nil {
			return err
		}
	}
	return nil
}

// deriveAll evaluates a formula part by part, over the spreads of what it uses.
func (r *Reading) deriveAll(ctx context.Context, i *catalog.Indicator, d *division, p period.Period, figures []Figure) error {
	uses, span := i.Formula.Uses(), p.String()
	from := make([]*Figure, len(uses)*len(figures)) // [part][use]
	for u, use := range uses {
		code, q := shift(use, p)
		parts, err := r.spread(ctx, code, d, q)
		if err != nil {
			return err
		}
		for n := range parts {
			from[n*len(uses)+u] = &parts[n]
		}
	}
	for n := range figures {
		figures[n].From = from[n*len(uses) : (n+1)*len(uses) : (n+1)*len(uses)]
		r.compute(&figures[n], span)
	}
	return nil
}
