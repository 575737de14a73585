package indicator

import (
	"context"
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Part is a figure of one part of the county.
type Part struct {
	Scope    Scope
	Figure   *Figure
	Withheld bool // must not be shown to the reader: it would reveal a single unit
}

// Breakdown evaluates an indicator for every part of the county in one dimension:
// industry (大类), region (town) or park. Parts that the reader may not see are not
// among them. Parts whose unit-level statistical data would be revealed are withheld.
func (r *Reading) Breakdown(ctx context.Context, code, by string, p period.Period) (out []Part, err error) {
	defer errs.Wrap(&err, "breaking %s down by %s", code, by)
	d, err := r.division(ctx, by, p)
	if err != nil {
		return nil, err
	}
	figures, err := r.spread(ctx, code, d, p)
	if err != nil {
		return nil, err
	}
	for n := range figures {
		if f := &figures[n]; f.Known {
			out = append(out, Part{Scope: f.Scope, Figure: f})
		}
	}
	if r.mayUnits() || len(r.forms(r.Cat.Indicators[code], nil)) == 0 {
		return out, nil
	}
	return out, r.withhold(ctx, d, out)
}

// withhold marks the parts that reveal a unit: by the figure itself or by any
// that its formula uses.
func (r *Reading) withhold(ctx context.Context, d *division, parts []Part) error {
	bases := map[totalsKey][]Cell{} // [part] of each indicator summed
	for n, x := range parts {
		err := r.bases(x.Figure, func(f *Figure) error {
			k := totalsKey{f.Indicator, d, f.Period}
			all, err := r.cells(ctx, k)
			if err != nil {
				return err
			}
			if bases[k] == nil {
				bases[k] = make([]Cell, len(parts))
			}
			bases[k][n] = all[slices.Index(d.scopes, f.Scope)]
			return nil
		})
		if err != nil {
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

// bases visits the statistical sums and counts that a figure rests on.
func (r *Reading) bases(f *Figure, visit func(*Figure) error) error {
	for _, p := range f.From {
		if err := r.bases(p, visit); err != nil {
			return err
		}
	}
	if f.Source != FromRecords || !r.unitLevel(f.Indicator) {
		return nil
	}
	return visit(f)
}

// cells gives what suppression must know of every part of a division, in one
// pass over the facts, and none where the total already knows it: a plain sum
// has one return a unit.
func (r *Reading) cells(ctx context.Context, k totalsKey) ([]Cell, error) {
	if cells := r.units[k]; cells != nil {
		return cells, nil
	}
	out := make([]Cell, len(k.d.scopes))
	if form, _ := r.Cat.FormOf(k.i.Records().Of); plain(k.i, form, k.p) {
		ts, err := r.totalsOf(ctx, k.i, k.d, k.p)
		for n := range ts {
			out[n] = Cell{Units: ts[n].count, Total: ts[n].sum, Largest: ts[n].largest}
		}
		r.units[k] = out
		return out, err
	}
	type place struct {
		part int
		unit string
	}
	units := map[place]unit.Decimal{}
	county := &Figure{Indicator: k.i, Scope: County, Period: k.p}
	_, err := r.gatherAll(ctx, county, k.d, func(n int, p part) (err error) {
		v := p.value
		if p.field == "" {
			v = unit.Int(1)
		}
		if p.minus {
			v = v.Neg()
		}
		at := place{n, p.row.Subject()}
		if units[at], err = units[at].Add(v); err == nil {
			out[n].Total, err = out[n].Total.Add(v)
		}
		return err
	})
	for at, v := range units {
		out[at.part].Units++
		if v.Abs().Cmp(out[at.part].Largest.Abs()) > 0 {
			out[at.part].Largest = v
		}
	}
	r.units[k] = out
	return out, err
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
