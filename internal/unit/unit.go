package unit

import (
	"fmt"
	"slices"
	"strings"
)

// Code names a unit as people write it: 万元, 户, %, tce.
type Code string

// Unit states how much of its dimension's base one of it is.
type Unit struct {
	Code      Code
	Dimension string  // money, count, energy …; units convert within one
	Factor    Decimal // 1 of this = Factor of the base
}

// Table converts between the units of a catalogue.
type Table map[Code]Unit

// Convert returns v, stated in from, in to. It is exact.
func (t Table) Convert(v Ratio, from, to Code) (Ratio, error) {
	if from == to {
		return v, nil
	}
	f, ok := t[from]
	if !ok {
		return Ratio{}, fmt.Errorf("converting from unit %q: unknown unit", from)
	}
	g, ok := t[to]
	if !ok {
		return Ratio{}, fmt.Errorf("converting to unit %q: unknown unit", to)
	}
	if f.Dimension != g.Dimension {
		return Ratio{}, fmt.Errorf("converting %q (%s) to %q (%s): not the same dimension", from, f.Dimension, to, g.Dimension)
	}
	return v.Mul(Exact(f.Factor)).Quo(Exact(g.Factor))
}

// Codes lists the codes, sorted, for messages.
func (t Table) Codes() []string {
	var out []string
	for c := range t {
		out = append(out, string(c))
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
