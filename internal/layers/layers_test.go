package layers

import (
	_ "embed"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

//go:embed floors.txt
var floors string

func TestHouseKeepsItsPlan(t *testing.T) {
	p, err := parsePlan(floors)
	if err != nil {
		t.Fatal(err)
	}
	faults, err := inspect(os.DirFS("../.."), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

func TestPlan(t *testing.T) {
	p, err := parsePlan("# ground\nerrs unit\n\ndb\n")
	if diff := cmp.Diff(plan{"errs": 0, "unit": 0, "db": 1}, p); diff != "" || err != nil {
		t.Errorf("parsePlan (-want +got): %v\n%s", err, diff)
	}
	if _, err := parsePlan("errs\ndb errs\n"); err == nil {
		t.Error("a room on two floors is accepted")
	}
}

func TestInspect(t *testing.T) {
	const plain = "golden errs unit\ndb fact\nrecord\napp\n"
	for _, tt := range []struct {
		name  string
		files map[string]string // path → imports below the module
		want  []string
	}{
		{"down is right", map[string]string{"internal/db/a.go": "internal/errs", "internal/record/a.go": "internal/db internal/unit", "cmd/x/a.go": "internal/app web"}, nil},
		{
			"up",
			map[string]string{"internal/db/a.go": "internal/record"},
			[]string{"internal/db/a.go imports internal/record: record is on floor 2, above db on floor 1"},
		},
		{
			"neighbour",
			map[string]string{"internal/fact/a.go": "internal/db"},
			[]string{"internal/fact/a.go imports internal/db: db is a neighbour of fact on floor 1"},
		},
		{
			"a part of a room is in its room",
			map[string]string{"internal/db/sub/a.go": "internal/db internal/errs internal/fact"},
			[]string{"internal/db/sub/a.go imports internal/fact: fact is a neighbour of db on floor 1"},
		},
		{
			"tests keep the floors too",
			map[string]string{"internal/db/a.go": "", "internal/db/a_test.go": "internal/record"},
			[]string{"internal/db/a_test.go imports internal/record: record is on floor 2, above db on floor 1"},
		},
		{
			"unplanned room",
			map[string]string{"internal/util/a.go": "internal/db"},
			[]string{`internal/util/a.go: room "util" is not in floors.txt`},
		},
		{"pins and the plan stand outside", map[string]string{"internal/deps/a.go": "internal/app", "internal/layers/a.go": ""}, nil},
		{"test aids in tests", map[string]string{
			"internal/record/a.go": "", "internal/record/a_test.go": "internal/db/dbtest internal/golden",
			"internal/errs/a.go": "", "internal/errs/a_test.go": "internal/golden",
			"internal/db/dbtest/a.go": "internal/db internal/golden", "internal/db/dbtest/run/a.go": "internal/db/dbtest",
		}, nil},
		{"test aids elsewhere", map[string]string{"internal/record/a.go": "internal/db/dbtest internal/golden"}, []string{
			"internal/record/a.go imports internal/db/dbtest: only tests import a test aid",
			"internal/record/a.go imports internal/golden: only tests import a test aid",
		}},
		{
			"a neighbour's test aid",
			map[string]string{"internal/fact/a.go": "", "internal/fact/a_test.go": "internal/db/dbtest"},
			[]string{"internal/fact/a_test.go imports internal/db/dbtest: db is a neighbour of fact on floor 1"},
		},
		{"embedded files", map[string]string{
			"catalog/a.go": "", "web/a.go": "", "internal/app/a.go": "catalog web", "internal/record/a.go": "", "internal/record/a_test.go": "catalog",
		}, nil},
		{"embedded files elsewhere", map[string]string{"internal/record/a.go": "catalog", "web/a.go": "internal/errs"}, []string{
			"internal/record/a.go imports catalog: only app, cmd, bench and tests take in catalog",
			"web/a.go imports internal/errs: web holds files and imports nothing of ours",
		}},
		{"commands are imported by nobody", map[string]string{"internal/app/a.go": "cmd/x bench/y"}, []string{
			"internal/app/a.go imports bench/y: nobody imports bench",
			"internal/app/a.go imports cmd/x: nobody imports cmd",
		}},
		{"other modules and testdata are left alone", map[string]string{"tools/go.mod": "", "tools/a.go": "internal/x", "internal/db/testdata/a.go": "internal/app"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			house := fstest.MapFS{}
			for name, imports := range tt.files {
				house[name] = &fstest.MapFile{Data: []byte(goFile(strings.Fields(imports)))}
			}
			check(t, house, plain, tt.want)
		})
	}
}

func TestPackageComments(t *testing.T) {
	const with, without = "// Package db (数据库) is one.\npackage db\n", "//go:build x\n\n// not a package comment\n\npackage db\n"
	for _, tt := range []struct {
		name string
		a, b string
		want []string
	}{
		{"one", with, without, nil},
		{"none", without, without, []string{"internal/db has 0 package comments, not one: []"}},
		{"two", with, with, []string{"internal/db has 2 package comments, not one: [a.go b.go]"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			house := fstest.MapFS{
				"internal/db/a.go":      {Data: []byte(tt.a)},
				"internal/db/b.go":      {Data: []byte(tt.b)},
				"internal/db/c_test.go": {Data: []byte("// Package db_test is not asked for one.\npackage db_test\n")},
			}
			check(t, house, "db", tt.want)
		})
	}
}

func check(t *testing.T, house fstest.MapFS, floors string, want []string) {
	t.Helper()
	p, err := parsePlan(floors)
	if err != nil {
		t.Fatal(err)
	}
	got, err := inspect(house, p)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("inspect (-want +got): %v\n%s", err, diff)
	}
}

// goFile is a file with a package comment and these imports.
func goFile(imports []string) string {
	text := "// Package x is one.\npackage x\n"
	for _, i := range imports {
		text += "import _ \"gongmai/" + i + "\"\n"
	}
	return text
}
