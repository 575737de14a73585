package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDiff(t *testing.T) {
	for _, tt := range []struct{ name, want, got, diff string }{
		{"equal", "a\nb\n", "a\nb\n", ""},
		{
			"one line changed", "a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n",
			"      …\n    2   b\n    3   c\n    4 - d\n    5 + D\n    5   e\n    6   f\n",
		},
		{"line added at the end", "a\n", "a\nb\n", "    1   a\n    2 + b\n"},
		{"all removed", "a\n", "", "    1 - a\n"},
		{"last line feed missing", "a\n", "a", "    1 - a\n    2 + a⏎̸ (no line feed)\n"},
		{"carriage return", "a\n", "a\r\n", "    1 - a\n    2 + \"a\\r\"\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := Diff(tt.want, tt.got); d != tt.diff {
				t.Errorf("Diff(%q, %q) =\n%s\nwant\n%s", tt.want, tt.got, d, tt.diff)
			}
		})
	}
}

// Applying the edits to want gives got, and no line moves that need not.
func TestCompareIsAnEditOfBothTexts(t *testing.T) {
	line := rapid.SampledFrom([]string{"a\n", "b\n", "c\n", "d"})
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(line).Draw(t, "want")
		got := rapid.SliceOf(line).Draw(t, "got")
		var before, after []string
		for _, e := range compare(want, got) {
			if e.sign != '+' {
				before = append(before, e.line)
			}
			if e.sign != '-' {
				after = append(after, e.line)
			}
		}
		if strings.Join(before, "|") != strings.Join(want, "|") || strings.Join(after, "|") != strings.Join(got, "|") {
			t.Fatalf("compare(%q, %q) gives %q and %q", want, got, before, after)
		}
	})
}

// A witness is a test that records its failure instead of failing.
type witness struct {
	testing.TB
	failed bool
}

func (w *witness) Helper()               {}
func (w *witness) Errorf(string, ...any) { w.failed = true }
func (w *witness) Fatalf(string, ...any) { w.failed = true; panic(w) }

func checkFails(t *testing.T, name, got string) (failed bool) {
	w := &witness{TB: t}
	defer func() {
		if r := recover(); r != nil && r != any(w) {
			panic(r)
		}
		failed = w.failed
	}()
	Check(w, name, []byte(got))
	return w.failed
}

func TestCheck(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("GOLDEN_UPDATE", "")
	if !checkFails(t, "deep/a.txt", "x\n") {
		t.Error("Check passes without a file")
	}
	t.Setenv("GOLDEN_UPDATE", "1")
	Check(t, "deep/a.txt", []byte("x\n"))
	if b, err := os.ReadFile(filepath.Join("testdata", "deep", "a.txt")); err != nil || string(b) != "x\n" {
		t.Errorf("update wrote %q, %v", b, err)
	}
	t.Setenv("GOLDEN_UPDATE", "")
	if checkFails(t, "deep/a.txt", "x\n") {
		t.Error("Check fails on what it wrote")
	}
	if !checkFails(t, "deep/a.txt", "y\n") {
		t.Error("Check passes on another text")
	}
}
