package intake

import (
	"regexp"
	"slices"
	"strings"

	"gongmai/internal/errs"
	"gongmai/internal/sheet"
)

// column is one column that a file may have.
type column struct {
	sheet.Column
	also []string // other words for it in a header
}

// cell is one cell that states something.
type cell struct {
	sheet.Value
	at sheet.Place
}

// row is one row of a file, by the codes of its columns; empty cells are not there.
type row struct {
	first sheet.Place // its first cell
	cells map[string]cell
}

// table is what was read, and what is wrong with it.
type table struct {
	columns []column // those that the file has
	rows    []row
	bad     map[sheet.Place]bool
	faults  errs.Faults
}

// headerDepth is how many lines may stand above the header.
const headerDepth = 40

// read finds the table that has the most of the columns and reads it.
func read(r *sheet.Reading, columns []column) (*table, error) {
	page, line, found := header(r, columns)
	if page == nil {
		var names []string
		for _, c := range columns[:min(len(columns), 5)] {
			names = append(names, c.Name)
		}
		return nil, errs.Say(errs.Invalid, "找不到表头：应有“%s”等栏", strings.Join(names, "、"))
	}
	t := &table{bad: map[sheet.Place]bool{}}
	for i, c := range columns {
		if slices.Contains(found, i) || c.Key {
			t.columns = append(t.columns, c)
		}
	}
	// The header in our own words, so that the sheet room finds it.
	for i := range line.Cells {
		if k := named(columns, line.Cells[i].Text); k >= 0 {
			line.Cells[i].Text = columns[k].Name
		}
	}
	spec := sheet.Spec{Sheet: page.Name}
	for _, c := range t.columns {
		spec.Columns = append(spec.Columns, c.Column)
	}
	rows, faults := sheet.Match(r, spec)
	for _, f := range faults {
		if bareCell.MatchString(f.Place) {
			f.Place = rows.Sheet + "!" + f.Place
		}
		t.faults = append(t.faults, f)
	}
	t.take(rows)
	return t, nil
}

var bareCell = regexp.MustCompile(`^[A-Z]{1,3}[1-9][0-9]*$`)

// header finds the line whose texts name the most columns.
func header(r *sheet.Reading, columns []column) (page *sheet.Page, line *sheet.Line, found []int) {
	for i := range r.Pages {
		p := &r.Pages[i]
		if p.Hidden {
			continue
		}
		for j := range p.Lines[:min(len(p.Lines), headerDepth)] {
			var here []int
			for _, c := range p.Lines[j].Cells {
				if k := named(columns, c.Text); k >= 0 {
					here = append(here, k)
				}
			}
			if len(here) > len(found) {
				page, line, found = p, &p.Lines[j], here
			}
		}
	}
	return page, line, found
}

// named finds the column that a header text names, -1 for none.
func named(columns []column, text string) int {
	t := fold(text)
	for i, c := range columns {
		if t == fold(c.Name) || t == fold(c.Code) || (c.Unit != "" && t == fold(c.Name+"("+c.Unit+")")) {
			return i
		}
		for _, w := range c.also {
			if t == fold(w) {
				return i
			}
		}
	}
	return -1
}

// fold makes header texts comparable: no spaces, plain brackets, no case.
func fold(s string) string { return strings.ToLower(folder.Replace(s)) }

var folder = strings.NewReplacer(" ", "", "　", "", "\n", "", "\r", "", "_", "", "（", "(", "）", ")", "*", "", "：", "", ":", "")

func (t *table) take(rows sheet.Rows) {
	seen := map[string]bool{}
	for _, f := range rows.Rows {
		if seen[f.ID] && f.ID != "" {
			continue // named as a fault already
		}
		seen[f.ID] = true
		r := row{cells: map[string]cell{}}
		for j, e := range f.Entries {
			if e.Row == 0 {
				continue
			}
			at := rows.Place(e)
			if r.first.Row == 0 || at.Column < r.first.Column {
				r.first = at
			}
			if e.Kind != sheet.Missing {
				r.cells[t.columns[j].Code] = cell{e.Value, at}
			}
		}
		if len(r.cells) > 0 {
			t.rows = append(t.rows, r)
		}
	}
}

func (t *table) fault(at sheet.Place, format string, args ...any) {
	t.bad[at] = true
	t.faults.Add(at.String(), format, args...)
}

// at is where a row states a column, or its first cell.
func (r row) at(code string) sheet.Place {
	if c, ok := r.cells[code]; ok {
		return c.at
	}
	return r.first
}

// text is what a row states in a column as text, "" where nothing.
func (r row) text(code string) string {
	c, ok := r.cells[code]
	if !ok || c.Kind == sheet.NotApplicable || c.Kind == sheet.NoReply {
		return ""
	}
	return strings.TrimSpace(c.String())
}
