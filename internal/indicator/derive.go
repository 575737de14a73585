package indicator

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

	"gongmai/internal/expr"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// derive evaluates a formula over other figures, each rounded never.
func (r *Reading) derive(ctx context.Context, f *Figure) error {
	parts := map[string]*Figure{}
	b := append(begin(nil, f), f.Indicator.Derive...) // not in r.buf, which the parts use
	var lacking []string
	for _, use := range f.Indicator.Formula.Uses() {
		code, p := shift(use, f.Period)
		part, err := r.Figure(ctx, code, f.Scope, p)
		if err != nil {
			return err
		}
		parts[use] = part
		f.From = append(f.From, part)
		b = append(append(b, use...), part.Digest[:]...)
		if !part.Known && !slices.Contains(lacking, part.Indicator.Name) {
			lacking = append(lacking, part.Indicator.Name)
		}
	}
	f.Digest, f.Source = sha256.Sum256(b), FromFormula
	v, err := f.Indicator.Formula.Ratio(func(name string) (unit.Ratio, bool) {
		return parts[name].Number()
	})
	switch {
	case err == nil:
		f.Known, f.Value = true, v
	case len(lacking) > 0:
		f.Why = "缺少" + strings.Join(lacking, "、")
	case errors.Is(err, unit.ErrZero):
		f.Why = "分母为零或基数不为正，无意义"
	default:
		f.Why = "无法计算"
	}
	return nil
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
