package sheet

import (
	"maps"
	"slices"
)

func sortedKeys[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }

// cardHead is the head of a card in a page.
type cardHead struct {
	line               int            // index in Page.Lines
	number, name, unit int            // columns; 0 is none
	values             map[int]int    // by column number: index in Spec.Rows
	others             map[int]string // heads that are no row of ours
}

// Words that head the label columns of cards made elsewhere.
var (
	numberWords = []string{"代码", "指标代码", "项目代码"}
	nameWords   = []string{"指标名称", "项目名称", "指标", "项目", "名称"}
	unitWords   = []string{"计量单位", "单位"}
)

// card reads a table turned over.
func (m *matcher) card() {
	pages := m.candidates()
	for _, p := range pages {
		if h, ok := m.findCard(p); ok {
			m.start(p)
			m.cardRows(h)
			return
		}
	}
	var page *Page
	if len(pages) > 0 {
		page = pages[0]
	}
	m.noTable(page, "应有“代码、指标名称、计量单位”和数据栏")
}

func (m *matcher) findCard(p *Page) (cardHead, bool) {
	for i := range min(len(p.Lines), headerDepth) {
		h := cardHead{line: i, values: map[int]int{}, others: map[int]string{}}
		for _, c := range p.Lines[i].Cells {
			t := fold(c.Text)
			switch {
			case t == "":
			case slices.Contains(numberWords, t):
				h.number = c.Column
			case slices.Contains(nameWords, t):
				h.name = c.Column
			case slices.Contains(unitWords, t):
				h.unit = c.Column
			default:
				h.value(m.spec.Rows, c.Column, c.Text)
			}
		}
		if h.name > 0 && len(h.values) > 0 {
			return h, true
		}
	}
	return cardHead{}, false
}

// value notes a value column; of two with one label the first is the row's.
func (h *cardHead) value(rows []Row, col int, text string) {
	for k, r := range rows {
		if fold(r.Label) != fold(text) {
			continue
		}
		if !slices.Contains(slices.Collect(maps.Values(h.values)), k) {
			h.values[col] = k
			return
		}
	}
	h.others[col] = text
}

// cardRows reads the lines below the head.
func (m *matcher) cardRows(h cardHead) {
	row := m.page.Lines[h.line].Number
	for _, c := range sortedKeys(h.others) {
		if !m.ignored(h.others[c]) {
			m.fault(Place{Row: row, Column: c}, "本表没有“%s”这一栏，请删去此栏或改正表头", shown(h.others[c]))
		}
	}
	lines := m.cardItems(h)
	for j, c := range m.spec.Columns {
		if lines[j] == nil && c.Required && !c.Locked {
			m.fault(Place{}, "缺少“%s　%s”一行", number(m.spec.Columns, j), c.Name)
		}
	}
	for _, col := range sortedKeys(h.values) {
		r := &m.spec.Rows[h.values[col]]
		if r.Reference {
			continue
		}
		m.bad = make([]bool, len(m.spec.Columns))
		f := Found{Number: col, ID: r.ID, Entries: make([]Entry, len(m.spec.Columns))}
		m.seen[r.ID] = Place{Row: row, Column: col}
		for j := range m.spec.Columns {
			if lines[j] == nil {
				continue
			}
			f.Entries[j] = m.read(j, lines[j].at(col), lines[j].Number, col)
			m.held(j, r, f.Entries[j])
			if r.cell(j).Reference {
				f.Entries[j].Value = Value{}
			}
		}
		m.need(f)
		m.out.Rows = append(m.out.Rows, f)
	}
}

// cardItems finds the line of each column: by its number, held to its name,
// else by its name.
func (m *matcher) cardItems(h cardHead) []*Line {
	out := make([]*Line, len(m.spec.Columns))
	byNumber, byName := m.itemNames()
	below := m.page.Lines[h.line+1:]
	for i := range below {
		l := &below[i]
		if m.isFoot(*l) {
			break
		}
		num, name := fold(l.at(h.number).Text), itemName(l.at(h.name).Text)
		j, ok := byNumber[num]
		if num == "" || !ok {
			j, ok = byName[name]
		}
		switch {
		case !ok && (i == 0 && m.orderLine(*l, h) || !m.hasValues(*l, h)):
		case !ok:
			m.fault(Place{Row: l.Number, Column: h.name}, "本表没有“%s”这一项，请删去此行", shown(num+" "+name))
		case out[j] != nil:
			m.fault(Place{Row: l.Number, Column: h.name}, "“%s”与第 %d 行重复", m.spec.Columns[j].Name, out[j].Number)
		default:
			out[j] = l
			if name != itemName(m.spec.Columns[j].Name) {
				m.fault(Place{Row: l.Number, Column: h.name}, "此格不可改动，应为“%s”，现为“%s”", m.spec.Columns[j].Name, shown(l.at(h.name).Text))
			}
			m.heldUnit(h, *l, j)
		}
	}
	return out
}

// heldUnit refuses a changed unit: 万元 in the place of 千元 changes every figure.
func (m *matcher) heldUnit(h cardHead, l Line, j int) {
	want := m.spec.Columns[j].Unit
	if got := l.at(h.unit).Text; h.unit > 0 && fold(got) != fold(want) {
		m.fault(Place{Row: l.Number, Column: h.unit}, "计量单位应为“%s”，现为“%s”", want, shown(got))
	}
}

// itemNames are the columns by number and by name; a name that two share
// finds neither.
func (m *matcher) itemNames() (byNumber, byName map[string]int) {
	byNumber, byName = map[string]int{}, map[string]int{}
	shared := map[string]bool{}
	for j, c := range m.spec.Columns {
		byNumber[fold(number(m.spec.Columns, j))] = j
		n := itemName(c.Name)
		if _, twice := byName[n]; twice {
			shared[n] = true
		}
		byName[n] = j
	}
	for n := range shared {
		delete(byName, n)
	}
	return byNumber, byName
}

// itemName is an item's name without indents and the star of what is required.
func itemName(s string) string { return fold(s) }

// orderLine is the line 甲 乙 丙 1 2 3.
func (m *matcher) orderLine(l Line, h cardHead) bool {
	return fold(l.at(h.name).Text) == cardOrder[1] || fold(l.Cells[0].Text) == cardOrder[0]
}

func (m *matcher) hasValues(l Line, h cardHead) bool {
	for col := range h.values {
		if trim(l.at(col).Text) != "" {
			return true
		}
	}
	return false
}
