// Package golden (样张) compares what a test got with a file that a person has
// read and found right.
//
// `go test ./internal/room -update` writes the file anew, and so does
// GOLDEN_UPDATE=1 for many packages at once; then read the diff like code.
package golden

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// Check fails the test unless got is what testdata/name holds.
func Check(t testing.TB, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update || os.Getenv("GOLDEN_UPDATE") == "1" {
		if err := write(file, got); err != nil {
			t.Fatalf("updating golden file: %v", err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%s does not exist; make it with -update, then read it", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	if d := Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got; if got is right, run again with -update):\n%s", file, d)
	}
}

func write(file string, got []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, got, 0o644)
}

// around is how many equal lines a diff shows beside a changed one.
const around = 2

// Diff returns the lines that differ, with their numbers in want and some
// equal lines around them, or "" when the texts are equal byte for byte.
func Diff(want, got string) string {
	if want == got {
		return ""
	}
	edits := compare(lines(want), lines(got))
	shown := make([]bool, len(edits))
	for i, e := range edits {
		if e.sign != ' ' {
			for j := max(0, i-around); j <= min(len(edits)-1, i+around); j++ {
				shown[j] = true
			}
		}
	}
	var b strings.Builder
	number := 1 // of the line in want
	for i, e := range edits {
		switch {
		case shown[i]:
			fmt.Fprintf(&b, "%5d %c %s\n", number, e.sign, visible(e.line))
		case i == 0 || shown[i-1]:
			b.WriteString("      …\n")
		}
		if e.sign != '+' {
			number++
		}
	}
	return b.String()
}

// lines splits after each line feed, so that a missing last one is a difference.
func lines(s string) []string {
	split := strings.SplitAfter(s, "\n")
	if split[len(split)-1] == "" {
		split = split[:len(split)-1]
	}
	return split
}

// visible shows what an eye would miss: no line feed at the end, a carriage
// return, a byte that is not text.
func visible(line string) string {
	text, whole := strings.CutSuffix(line, "\n")
	if quoted := fmt.Sprintf("%q", text); strings.ContainsAny(text, "\r\x00\ufeff") || strings.Contains(quoted, `\x`) {
		text = quoted
	}
	if !whole {
		text += "⏎̸ (no line feed)"
	}
	return text
}
