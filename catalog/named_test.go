package content_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	content "gongmai/catalog"
	"gongmai/internal/catalog"
)

// No Go or TypeScript file outside tests names a ledger, a form or an
// indicator: the domain is data. Codes of one plain word (plan, task) are looked
// for where they would be meant: behind ledger:, survey: or given:.
func TestNoCodeNamesTheDomain(t *testing.T) {
	c, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	add := func(code, kind string) {
		named[kind+":"+code] = true
		if strings.ContainsAny(code, "_-0123456789") {
			named[code] = true
		}
	}
	for code := range c.Ledgers {
		add(code, "ledger")
	}
	for code := range c.Forms {
		add(code, "survey")
	}
	for code := range c.Indicators {
		add(code, "given")
	}
	// Words of a report run (parameter: {run: …}) that are indicators' codes too.
	for _, word := range []string{"stat_year", "month_from", "month_to"} {
		delete(named, word)
	}
	quoted := regexp.MustCompile("[\"'`]([A-Za-z0-9_:-]+)[\"'`]")
	files := 0
	for _, root := range []string{"../internal", "../cmd", "../web/src"} {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !source(name) {
				return err
			}
			files++
			text, err := os.ReadFile(name)
			for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
				if named[m[1]] {
					t.Errorf("%s names %s", name, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 300 {
		t.Errorf("only %d files were read", files)
	}
}

// source reports whether a file is code that runs: no test, no test aid,
// nothing generated.
func source(name string) bool {
	for _, no := range []string{"_test.go", ".test.ts", ".test.tsx", "/countytest/", "test.tsx", "test.setup.ts", "schema.d.ts"} {
		if strings.Contains(name, no) {
			return false
		}
	}
	ext := filepath.Ext(name)
	return ext == ".go" || ext == ".ts" || ext == ".tsx"
}
