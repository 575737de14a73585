package sheet

import (
	"slices"
	"strings"
)

// headerDepth is how many lines may stand above a table's header.
const headerDepth = 40

// header is the head of a list in a page.
type header struct {
	line    int            // index in Page.Lines of the line with the names
	columns map[int]int    // by column number: index in Spec.Columns
	others  map[int]string // header texts that are no column of ours
	twice   map[int]string // header texts of a column found already
}

// names finds columns by what their header may say.
type names struct {
	spec   []Column
	lookup map[string][]int // folded text → columns, in order
}

func newNames(cols []Column) names {
	n := names{cols, map[string][]int{}}
	for j, c := range cols {
		texts := map[string]bool{fold(c.Name): true, fold(c.Name + c.Unit): true, fold(c.Code): true}
		if c.Unit != "" {
			texts[fold(c.Name+"("+c.Unit+")")] = true
		}
		if c.Group != "" {
			texts[fold(c.Group+c.Name)] = true
			texts[fold(c.head())] = true
		}
		for t := range texts {
			if t != "" {
				n.lookup[t] = append(n.lookup[t], j)
			}
		}
	}
	return n
}

// find returns the columns that a header text may mean. A unit in brackets
// behind the name may be left out or be another way of writing it.
func (n names) find(text string) []int {
	t := fold(text)
	if js := n.lookup[t]; js != nil {
		return js
	}
	if i := strings.LastIndexByte(t, '('); i > 0 && strings.HasSuffix(t, ")") {
		if js := n.lookup[t[:i]]; len(js) > 0 && n.spec[js[0]].Unit == "" {
			return js // a unit that the column does not state; one that contradicts it is not ours
		}
	}
	return nil
}

// findHeader finds the line whose texts name the most columns.
func findHeader(p *Page, n names) (best header, ok bool) {
	for i := range min(len(p.Lines), headerDepth) {
		h := readHeader(p, n, i)
		if len(h.columns) > len(best.columns) {
			best = h
		}
	}
	return best, len(best.columns) >= max(1, min(2, len(n.spec)), len(n.spec)/4)
}

// readHeader takes line i as the line of names. A group, or a name in a cell
// merged downwards, stands on the line before; a merged cell's text is in its
// first cell only, so a group holds until the next text.
func readHeader(p *Page, n names, i int) header {
	h := header{line: i, columns: map[int]int{}, others: map[int]string{}, twice: map[int]string{}}
	var above Line
	if i > 0 && p.Lines[i-1].Number == p.Lines[i].Number-1 {
		above = p.Lines[i-1]
	}
	taken := map[int]bool{}
	for _, c := range p.Lines[i].Cells {
		if c.Kind != RawText {
			continue
		}
		js := n.find(c.Text)
		switch j := pick(n, js, taken, over(above, c.Column)); {
		case j >= 0:
			h.columns[c.Column], taken[j] = j, true
		case len(js) > 0:
			h.twice[c.Column] = c.Text
		default:
			h.others[c.Column] = c.Text
		}
	}
	for _, c := range above.Cells {
		if c.Kind != RawText || p.Lines[i].at(c.Column).Text != "" {
			continue
		}
		if j := pick(n, n.find(c.Text), taken, ""); j >= 0 {
			h.columns[c.Column], taken[j] = j, true
		}
	}
	return h
}

// sectionHeader takes the header where the manifest says it is, if every
// column's text still stands there.
func sectionHeader(p *Page, n names, s *section) (h header, ok bool) {
	if s == nil || s.first < 2 {
		return h, false
	}
	for i := range min(len(p.Lines), headerDepth) {
		if p.Lines[i].Number < s.header || p.Lines[i].Number >= s.first {
			continue
		}
		h = readHeader(p, n, i)
		columns := map[int]int{}
		for j, c := range n.spec {
			col, known := s.columns[c.Code]
			if _, twice := columns[col]; !known || twice || !n.says(p, i, col, j) {
				break
			}
			columns[col] = j
		}
		if len(columns) == len(n.spec) {
			h.columns, h.twice = columns, nil
			for col := range columns {
				delete(h.others, col)
			}
			return h, true
		}
	}
	return header{}, false
}

// says reports whether the header of col, in line i or the one before, can mean column j.
func (n names) says(p *Page, i, col, j int) bool {
	text := p.Lines[i].at(col).Text
	if text == "" && i > 0 {
		text = p.Lines[i-1].at(col).Text
	}
	return slices.Contains(n.find(text), j)
}

// over is the group text above a column.
func over(above Line, col int) string {
	text := ""
	for _, c := range above.Cells {
		if c.Column > col {
			break
		}
		text = c.Text
	}
	return text
}

func isGroup(n names, text string) bool {
	t := fold(text)
	for _, c := range n.spec {
		if c.Group != "" && fold(c.Group) == t {
			return true
		}
	}
	return false
}

// pick chooses among columns of one name: that of the group above, else the
// first not yet taken whose group does not contradict.
func pick(n names, js []int, taken map[int]bool, over string) int {
	over = fold(over)
	for _, j := range js {
		if g := n.spec[j].Group; !taken[j] && g != "" && fold(g) == over {
			return j
		}
	}
	for _, j := range js {
		if !taken[j] && (len(js) == 1 || !isGroup(n, over) || n.spec[j].Group == "") {
			return j
		}
	}
	return -1
}
