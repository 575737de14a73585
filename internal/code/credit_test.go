package code

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCreditTrueCases(t *testing.T) {
	// GB 32100-2015 example and two public companies.
	for _, c := range []string{"91350100M000100Y43", "91110000802100433B", "91440300708461136T", " 91440300708461136t "} {
		if got, err := Credit(c); err != nil || got != strings.ToUpper(strings.TrimSpace(c)) {
			t.Errorf("Credit(%q) = %q, %v", c, got, err)
		}
	}
}

func TestCreditRefusals(t *testing.T) {
	for in, want := range map[string]string{
		"9135010":            "现为 7 位",
		"91350100M000100Y4O": "第 18 位 O",
		"91350100M000100Y44": "校验位应为 3",
		"91350100M000100Y53": "校验位应为",
	} {
		if _, err := Credit(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Credit(%q): %v, want %s", in, err, want)
		}
	}
}

// One changed character is always noticed.
func TestCreditNoticesAnyChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		org := rapid.StringMatching(`[0-9A-HJ-NP-RTUWXY]{8}`).Draw(t, "org")
		c := MakeCredit('9', '1', "620724", org)
		if _, err := Credit(c); err != nil {
			t.Fatalf("%s: %v", c, err)
		}
		i := rapid.IntRange(0, 17).Draw(t, "i")
		r := creditAlphabet[rapid.IntRange(0, 30).Draw(t, "r")]
		if x := c[:i] + string(r) + c[i+1:]; x != c {
			if _, err := Credit(x); err == nil {
				t.Fatalf("%s passes as %s", c, x)
			}
		}
	})
}
