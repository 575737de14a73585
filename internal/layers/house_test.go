package layers

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

const module = "gongmai"

// source is one Go file.
type source struct {
	dir, name, pkg string
	imports        []string // of this module, below its root
	comment        bool     // has a package comment
}

func (s source) test() bool { return strings.HasSuffix(s.name, "_test.go") }

// notOurs are folders without code of this module, wherever they stand.
var notOurs = []string{"bin", "data", "dist", "node_modules", "testdata"}

// walk parses every Go file below house, leaving out other modules, data and
// what tools make.
func walk(house fs.FS) (sources []source, err error) {
	err = fs.WalkDir(house, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if d.IsDir() {
			if name == "." {
				return nil
			}
			_, err := fs.Stat(house, path.Join(name, "go.mod"))
			if err == nil || slices.Contains(notOurs, base) || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		s, err := parse(house, name)
		sources = append(sources, s)
		return err
	})
	return sources, err
}

func parse(house fs.FS, name string) (source, error) {
	text, err := fs.ReadFile(house, name)
	if err != nil {
		return source{}, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return source{}, err
	}
	s := source{dir: path.Dir(name), name: path.Base(name), pkg: file.Name.Name, comment: file.Doc != nil}
	for _, spec := range file.Imports {
		if to, ours := below(spec); ours {
			s.imports = append(s.imports, to)
		}
	}
	return s, nil
}

// below returns the path of an import below the module's root.
func below(spec *ast.ImportSpec) (dir string, ours bool) {
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return "", false // the parser has refused it
	}
	if p == module {
		return ".", true
	}
	return strings.CutPrefix(p, module+"/")
}

// inspect returns everything that is wrong with the house, sorted.
func inspect(house fs.FS, p plan) (faults []string, err error) {
	sources, err := walk(house)
	if err != nil {
		return nil, err
	}
	comments := map[string][]string{} // package folder → files with a package comment
	for _, s := range sources {
		at := path.Join(s.dir, s.name)
		if where := placeOf(s.dir); where.in && !slices.Contains(outside, where.room) {
			if _, planned := p[where.room]; !planned {
				faults = append(faults, fmt.Sprintf("%s: room %q is not in floors.txt", at, where.room))
				continue
			}
		}
		for _, to := range s.imports {
			if why := p.why(s.dir, to, s.test()); why != "" && placeOf(s.dir).room != "deps" {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s", at, to, why))
			}
		}
		if !s.test() {
			comments[s.dir] = append(comments[s.dir], described(s)...)
		}
	}
	for dir, by := range comments {
		if len(by) != 1 {
			faults = append(faults, fmt.Sprintf("%s has %d package comments, not one: %v", dir, len(by), by))
		}
	}
	slices.Sort(faults)
	return faults, nil
}

func described(s source) []string {
	if s.comment {
		return []string{s.name}
	}
	return nil
}
