package indicator

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gongmai/internal/expr"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// derive evaluates a formula over other figures of the same scope.
func (r *Reading) derive(ctx context.Context, f *Figure) error {
	for _, use := range f.Indicator.Formula.Uses() {
		code, p := shift(use, f.Period)
		part, err := r.Figure(ctx, code, f.Scope, p)
		if err != nil {
			return err
		}
		f.From = append(f.From, part)
	}
	r.compute(f, f.Period.String())
	return nil
}

// compute evaluates the formula of f over f.From, which stand in the order of
// the names that the formula uses, each rounded never.
func (r *Reading) compute(f *Figure, span string) {
	uses := f.Indicator.Formula.Uses()
	b := append(begin(r.buf, f.Indicator.Code, f.Scope, span), f.Indicator.Derive...)
	for n, use := range uses {
		b = append(append(b, use...), f.From[n].Digest[:]...)
	}
	f.Digest, f.Source = r.sum(b), FromFormula
	v, err := f.Indicator.Formula.Ratio(func(name string) (unit.Ratio, bool) {
		return f.From[slices.Index(uses, name)].Number()
	})
	if err == nil {
		f.Known, f.Value = true, v
		return
	}
	f.Why = lacking(f.From, err)
}

// lacking says why a formula has no value.
func lacking(from []*Figure, err error) string {
	var names []string
	for _, part := range from {
		if !part.Known && !slices.Contains(names, part.Indicator.Name) {
			names = append(names, part.Indicator.Name)
		}
	}
	switch {
	case len(names) > 0:
		return "缺少" + strings.Join(names, "、")
	case errors.Is(err, unit.ErrZero):
		return "分母为零或基数不为正，无意义"
	}
	return "无法计算"
}

// shift splits last.X and prev.X into the code and the period they mean.
func shift(use string, p period.Period) (string, period.Period) {
	if code, ok := strings.CutPrefix(use, "last."); ok {
		return code, p.YearAgo()
	}
	if code, ok := strings.CutPrefix(use, "prev."); ok {
		return code, p.Previous()
	}
	return use, p
}

// Names resolves figures of the run by code, for the conditions and rules of a report.
func (r *Reading) Names(ctx context.Context, failed *error) expr.Figures {
	return func(use string) (unit.Ratio, bool) {
		code, _ := shift(use, period.Period{})
		i := r.Cat.Indicators[code]
		if i == nil {
			return unit.Ratio{}, false
		}
		_, p := shift(use, r.Run.Period(i))
		f, err := r.Figure(ctx, code, County, p)
		if err != nil {
			*failed = err
			return unit.Ratio{}, false
		}
		return f.Number()
	}
}
