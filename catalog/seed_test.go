package content

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/catalog"
)

// seed loads the embedded catalogue; its faults are reported by the check of
// the catalogue, not here.
func seed(t *testing.T) *catalog.Catalogue {
	t.Helper()
	c, err := catalog.Load(FS, nil)
	if c == nil {
		t.Fatal(err)
	}
	return c
}

// The source text masks 71 figures: 31 counted, 9 reported, 6 derived and 25
// parameters, of 60 distinct indicators.
func TestMasksOfTheAnnualSummary(t *testing.T) {
	c := seed(t)
	kinds, codes := map[string]int{}, map[string]bool{}
	for _, m := range c.Bindings["annual-summary"].Masks {
		i := c.Indicators[m.Code]
		if i == nil {
			t.Errorf("mask %d: no indicator %s", m.N, m.Code)
			continue
		}
		kinds[i.Kind]++
		codes[m.Code] = true
	}
	want := map[string]int{catalog.Counted: 31, catalog.Reported: 9, catalog.Derived: 6, catalog.Parameter: 25}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("kinds of the 71 masks (-want +got):\n%s", diff)
	}
	if len(codes) != 60 {
		t.Errorf("the masks name %d indicators; want 60", len(codes))
	}
}

// The outline says every figure of the source text somewhere, and lists it in
// the annex; a sentence with such a figure has no condition that could hide it.
func TestAnnualOutlineSaysEveryMaskedFigure(t *testing.T) {
	c := seed(t)
	said, listed, hidden := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, b := range c.Outlines["annual"].Blocks {
		for _, text := range []string{b.Heading, b.Text, b.RunIn} {
			for _, p := range catalog.Placeholders(text) {
				said[p.Code] = true
				hidden[p.Code] = hidden[p.Code] || b.When != ""
			}
		}
		for _, code := range b.Rows {
			listed[code] = true
		}
	}
	for _, m := range c.Bindings["annual-summary"].Masks {
		if !said[m.Code] || !listed[m.Code] || hidden[m.Code] {
			t.Errorf("mask %d %s: said %v, listed %v, under a condition %v", m.N, m.Code, said[m.Code], listed[m.Code], hidden[m.Code])
		}
	}
}
