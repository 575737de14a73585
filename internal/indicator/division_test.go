package indicator

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	content "gongmai/catalog"
	"gongmai/internal/catalog"
	"gongmai/internal/register"
)

// A division puts a firm into the parts whose scope holds it.
func TestDivisionIsOfScopes(t *testing.T) {
	cat, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	regions := rapid.SampledFrom([]string{"", "620724100", "620724101", "620724101200", "620724", "6207"})
	rapid.Check(t, func(t *rapid.T) {
		firm := &register.Firm{
			Industry: rapid.SampledFrom([]string{"", "26", "2614", "1515", "9999"}).Draw(t, "industry"),
			Region:   regions.Draw(t, "region"),
			Parks:    rapid.SliceOfN(rapid.SampledFrom([]string{"p1", "p2", "p3"}), 0, 3).Draw(t, "parks"),
		}
		by := rapid.SampledFrom([]string{"industry", "region", "park"}).Draw(t, "by")
		codes := map[string][]string{"industry": {"15", "26"}, "region": {"620724100", "620724101"}, "park": {"p1", "p2"}}[by]
		if by == "region" && rapid.Bool().Draw(t, "wide") {
			codes = append(codes, "620724")
		}
		var scopes []Scope
		for _, c := range codes {
			scopes = append(scopes, Scope(by+":"+c))
		}
		got := newDivision(by, scopes).of(cat, firm)
		slices.Sort(got)
		var want []int
		for k, s := range scopes {
			if s.holds(cat, firm) {
				want = append(want, k)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%+v lies in parts %v of %v, its scopes say %v", firm, got, scopes, want)
		}
	})
}
