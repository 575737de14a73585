package sheet

import (
	"archive/zip"
	"io"
	"path"
	"strings"

	"gongmai/internal/errs"
)

// archive is the opened container: parts by name, and what may still be unpacked.
type archive struct {
	parts map[string]*zip.File // names in lower case, with /
	left  int64                // bytes that may still be unpacked
	limit Limits
}

func newArchive(zr *zip.Reader, l Limits) *archive {
	a := &archive{parts: make(map[string]*zip.File, len(zr.File)), left: l.Unzipped, limit: l}
	for _, f := range zr.File {
		a.parts[partName(f.Name)] = f
	}
	return a
}

func partName(s string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(s, `\`, "/")), "/")
}

// scan calls fn with a scanner over a part; a part that is not there is no part.
func (a *archive) scan(name string, fn func(*scanner) error) (found bool, err error) {
	f := a.parts[partName(name)]
	if f == nil {
		return false, nil
	}
	if f.Flags&1 != 0 {
		return true, errPassword()
	}
	r, err := f.Open()
	if err != nil {
		return true, errBroken(name, err)
	}
	defer r.Close() // closes a reader over bytes in hand: nothing to lose
	s := newScanner(&metered{r, a})
	if s.has(0, "\xff\xfe") || s.has(0, "\xfe\xff") {
		return true, errOdd()
	}
	if err := fn(s); err != nil && err != s.err {
		return true, err
	}
	switch {
	case s.err == nil:
		return true, nil
	case errs.Kind(s.err) != nil:
		return true, s.err
	case s.err == errEncoding:
		return true, errOdd()
	}
	return true, errBroken(name, s.err)
}

// metered counts what is unpacked, over all parts of an archive.
type metered struct {
	r io.Reader
	a *archive
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.a.left -= int64(n); m.a.left < 0 {
		return 0, errs.Say(errs.Invalid, "文件解开后超过 %d MB，不予读取。请删去多余的工作表、图片和空行后再上传", m.a.limit.Unzipped>>20)
	}
	return n, err
}

// rels returns the targets of a part's relations by id, and the first of each
// kind (the last word of its type) under the kind's name with a leading #.
func (a *archive) rels(part string) (map[string]string, error) {
	dir, base := path.Split(part)
	out := map[string]string{}
	_, err := a.scan(dir+"_rels/"+base+".rels", func(s *scanner) error {
		for _, t, ok := s.next(); ok; _, t, ok = s.next() {
			if string(t.name) != "Relationship" || t.close {
				continue
			}
			id, _ := attr(t.attrs, "Id")
			typ, _ := attr(t.attrs, "Type")
			target, _ := attr(t.attrs, "Target")
			p := string(appendText(nil, target))
			if !strings.HasPrefix(p, "/") {
				p = path.Join(dir, p)
			}
			out[string(id)] = p
			if k := "#" + path.Base(string(typ)); out[k] == "" {
				out[k] = p
			}
		}
		return nil
	})
	return out, err
}

// bookSheet is one sheet as the workbook lists it.
type bookSheet struct {
	name, rel string
	hidden    bool
}

// workbook lists the sheets.
func (a *archive) workbook(part string) (sheets []bookSheet, base1904 bool, err error) {
	_, err = a.scan(part, func(s *scanner) error {
		for _, t, ok := s.next(); ok; _, t, ok = s.next() {
			switch {
			case t.close:
			case string(t.name) == "workbookPr":
				v, _ := attr(t.attrs, "date1904")
				base1904 = string(v) == "1" || string(v) == "true"
			case string(t.name) == "sheet":
				name, _ := attr(t.attrs, "name")
				state, _ := attr(t.attrs, "state")
				b := bookSheet{name: string(appendText(nil, name)), hidden: len(state) > 0 && string(state) != "visible"}
				b.rel = relID(t.attrs)
				sheets = append(sheets, b)
			}
		}
		return nil
	})
	return sheets, base1904, err
}

// relID returns r:id, which has the same local name as nothing else but sheetId.
func relID(attrs []byte) string {
	id, _ := attr(attrs, "id")
	return string(id)
}

// dated reports for each cell style whether it shows a date.
func (a *archive) dated(part string) ([]bool, error) {
	var xfs []bool
	custom := map[string]bool{}
	_, err := a.scan(part, func(s *scanner) error {
		inside := false
		for _, t, ok := s.next(); ok; _, t, ok = s.next() {
			switch string(t.name) {
			case "numFmt":
				id, _ := attr(t.attrs, "numFmtId")
				code, _ := attr(t.attrs, "formatCode")
				custom[string(id)] = dateFormat(string(appendText(nil, code)))
			case "cellXfs":
				inside = !t.close && !t.empty
			case "xf":
				if inside && !t.close {
					id, _ := attr(t.attrs, "numFmtId")
					xfs = append(xfs, builtinDates[string(id)] || custom[string(id)])
				}
			}
		}
		return nil
	})
	return xfs, err
}

// builtinDates are the number formats that the file format predefines for
// dates, with those of Chinese editions (ECMA-376 Part 1, 18.8.30).
var builtinDates = map[string]bool{
	"14": true, "15": true, "16": true, "17": true, "22": true, "27": true, "28": true, "29": true,
	"30": true, "31": true, "36": true, "50": true, "51": true, "52": true, "53": true, "54": true, "57": true, "58": true,
}

// dateFormat reports whether a format shows a day: y or d outside quotes,
// brackets and escapes. Month alone is not enough, m being minutes too.
func dateFormat(code string) bool {
	if i := strings.IndexByte(code, ';'); i >= 0 {
		code = code[:i]
	}
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		}
	}
	return false
}
