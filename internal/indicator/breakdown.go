package indicator

import (
	"context"
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/register"
	"gongmai/internal/unit"
)

// Part is a figure of one part of the county.
type Part struct {
	Scope    Scope
	Figure   *Figure
	Withheld bool // must not be shown to the reader: it would reveal a single unit
}

// dimensions are the ways to break a figure down, and where a firm lies in each.
var dimensions = map[string]func(*catalog.Catalogue, *register.Firm) []string{
	"industry": func(c *catalog.Catalogue, f *register.Firm) []string { return one(c.Industries.Division(f.Industry)) },
	"region":   func(_ *catalog.Catalogue, f *register.Firm) []string { return one(town(f.Region)) },
	"park":     func(_ *catalog.Catalogue, f *register.Firm) []string { return f.Parks },
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// town is the nine digits of a town within a region's code.
func town(region string) string { return region[:min(len(region), 9)] }

// Breakdown evaluates an indicator for every part of the county in one dimension:
// industry (大类), region (town) or park. Parts that the reader may not see are not
// among them. Parts whose unit-level statistical data would be revealed are withheld.
func (r *Reading) Breakdown(ctx context.Context, code, by string, p period.Period) (out []Part, err error) {
	defer errs.Wrap(&err, "breaking %s down by %s", code, by)
	in := dimensions[by]
	if in == nil {
		return nil, errs.Say(errs.Invalid, "分组应为 industry、region 或 park，现为 %q", by)
	}
	i := r.Cat.Indicators[code]
	if i == nil {
		return nil, r.unknown(code)
	}
	roll, err := r.roll(ctx, r.until(p))
	if err != nil {
		return nil, err
	}
	var members []string
	for _, firm := range roll.Firms {
		for _, x := range in(r.Cat, firm) {
			if !slices.Contains(members, x) {
				members = append(members, x)
			}
		}
	}
	slices.Sort(members)
	for _, x := range members {
		scope := Scope(by + ":" + x)
		if scope.covers(r.Moment.Who().Reach, func(string) bool { return false }) != nil {
			continue
		}
		f, err := r.Figure(ctx, code, scope, p)
		if err != nil {
			return nil, err
		}
		if f.Known {
			out = append(out, Part{Scope: scope, Figure: f})
		}
	}
	if r.mayUnits() || len(r.forms(i, nil)) == 0 {
		return out, nil
	}
	return out, r.withhold(ctx, out)
}

// withhold marks the parts that reveal a unit: by the figure itself or by any
// that its formula uses.
func (r *Reading) withhold(ctx context.Context, parts []Part) error {
	bases := map[string][]Cell{} // by indicator summed
	for n, x := range parts {
		if err := r.cells(ctx, x.Figure, func(code string, c Cell) {
			if bases[code] == nil {
				bases[code] = make([]Cell, len(parts))
			}
			bases[code][n] = c
		}); err != nil {
			return err
		}
	}
	for _, cells := range bases {
		for n, hide := range Suppress(cells) {
			parts[n].Withheld = parts[n].Withheld || hide
		}
	}
	return nil
}

// cells visits the statistical sums and counts that a figure rests on.
func (r *Reading) cells(ctx context.Context, f *Figure, visit func(code string, c Cell)) error {
	for _, p := range f.From {
		if err := r.cells(ctx, p, visit); err != nil {
			return err
		}
	}
	if f.Source != FromRecords || !r.unitLevel(f.Indicator) {
		return nil
	}
	c, units := Cell{}, map[string]unit.Decimal{}
	_, err := r.gather(ctx, f, func(p part) error {
		v := p.value
		if p.field == "" {
			v = unit.Int(1)
		}
		if p.minus {
			v = v.Neg()
		}
		sum, err := units[p.row.Subject()].Add(v)
		if err != nil {
			return err
		}
		units[p.row.Subject()] = sum
		c.Total, err = c.Total.Add(v)
		return err
	})
	for _, v := range units {
		c.Units++
		if v.Abs().Cmp(c.Largest.Abs()) > 0 {
			c.Largest = v
		}
	}
	visit(f.Indicator.Code+" "+f.Period.String(), c)
	return err
}

// unitLevel reports whether an indicator is made straight from unit-level
// statistical data.
func (r *Reading) unitLevel(i *catalog.Indicator) bool {
	def := i.Records()
	if def == nil {
		return false
	}
	form, ok := r.Cat.FormOf(def.Of)
	return ok && form.Purpose == statistics
}

const statistics = "statistics"

// forms lists the indicators over unit-level statistical data that one rests on.
func (r *Reading) forms(i *catalog.Indicator, out []string) []string {
	if i == nil || slices.Contains(out, i.Code) {
		return out
	}
	if r.unitLevel(i) {
		return append(out, i.Code)
	}
	if i.Formula == nil {
		return out
	}
	for _, use := range i.Formula.Uses() {
		code, _ := shift(use, period.Period{})
		out = r.forms(r.Cat.Indicators[code], out)
	}
	return out
}

// mayUnits reports whether the reader may see unit-level statistical data.
func (r *Reading) mayUnits() bool { return r.Moment.Who().May(UnitData) }

// Withheld reports whether a figure of a part of the county must not be shown to
// the reader, alone or because its neighbours would give it away.
func (r *Reading) Withheld(ctx context.Context, f *Figure) (bool, error) {
	by, _ := f.Scope.parts()
	if dimensions[by] == nil || r.mayUnits() || len(r.forms(f.Indicator, nil)) == 0 {
		return false, nil
	}
	parts, err := r.Breakdown(ctx, f.Indicator.Code, by, f.Period)
	for _, x := range parts {
		if x.Scope == f.Scope {
			return x.Withheld, err
		}
	}
	return false, err
}

// unitOnly refuses the statistical data of a single enterprise to readers who
// are neither that enterprise nor may see such data.
func (r *Reading) unitOnly(i *catalog.Indicator, scope Scope) error {
	kind, code := scope.parts()
	who := r.Moment.Who()
	if kind != "enterprise" || r.mayUnits() || slices.Contains(who.Reach.Enterprises, code) || len(r.forms(i, nil)) == 0 {
		return nil
	}
	return errs.Say(errs.Denied, "单个企业的统计资料依法保密，只有统计资料管理人员和本企业可以查看")
}
