package indicator

import (
	"context"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/register"
)

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
func town(region string) string { return region[:min(len(region), townDigits)] }

const townDigits = 9

// division is the parts of the county in one dimension that a reader may see.
// Equal divisions are one pointer on a shelf.
type division struct {
	by     string
	scopes []Scope        // sorted
	index  map[string]int // of the code of a scope
	wide   bool           // there are regions that hold others
}

// whole is the county as its only part.
var whole = &division{by: string(County), scopes: []Scope{County}}

func newDivision(by string, scopes []Scope) *division {
	d := &division{by: by, scopes: scopes, index: map[string]int{}}
	for k, s := range scopes {
		_, code := s.parts()
		d.index[code] = k
		d.wide = d.wide || (by == "region" && len(code) < townDigits)
	}
	return d
}

type divisionKey struct {
	by   string
	roll *register.Roll
	cat  *catalog.Catalogue
}

// division returns the parts that there are at the end of a period.
func (r *Reading) division(ctx context.Context, by string, p period.Period) (*division, error) {
	in := dimensions[by]
	if in == nil {
		return nil, errs.Say(errs.Invalid, "分组应为 industry、region 或 park，现为 %q", by)
	}
	roll, err := r.roll(ctx, r.until(p))
	if err != nil {
		return nil, err
	}
	return r.shelf.divisions.get(divisionKey{by, roll, r.Cat}, func() *division {
		d := newDivision(by, r.scopes(by, in, roll))
		name := by
		for _, s := range d.scopes {
			name += "\x00" + string(s)
		}
		return r.shelf.same.get(name, func() *division { return d })
	}), nil
}

func (r *Reading) scopes(by string, in func(*catalog.Catalogue, *register.Firm) []string, roll *register.Roll) []Scope {
	found := map[string]bool{}
	for _, firm := range roll.Firms {
		for _, code := range in(r.Cat, firm) {
			found[code] = true
		}
	}
	var out []Scope
	for code := range found {
		if s := Scope(by + ":" + code); s.covers(r.Moment.Who().Reach, func(string) bool { return false }) == nil {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Scope) int { return strings.Compare(string(a), string(b)) })
	return out
}

// of says in which parts a firm lies, as Scope.holds does; nil is a firm that
// the register does not know.
func (d *division) of(c *catalog.Catalogue, f *register.Firm) (parts []int) {
	switch {
	case d == whole:
		return county
	case f == nil:
		return nil
	case d.wide:
		for k, s := range d.scopes {
			if s.holds(c, f) {
				parts = append(parts, k)
			}
		}
		return parts
	}
	for _, code := range dimensions[d.by](c, f) {
		if k, ok := d.index[code]; ok && !slices.Contains(parts, k) {
			parts = append(parts, k)
		}
	}
	return parts
}

var county = []int{0} // the only part of whole
