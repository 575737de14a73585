package sheet

import "strings"

// list reads a table whose rows are rows.
func (m *matcher) list() {
	n := newNames(m.spec.Columns)
	var best header
	var page *Page
	found := false
	pages := m.candidates()
	for _, p := range pages {
		if h, ok := sectionHeader(p, n, m.sectionOf(p)); ok {
			best, page, found = h, p, true
			break
		}
		if h, ok := findHeader(p, n); ok && (!found || len(h.columns) > len(best.columns)) {
			best, page, found = h, p, true
		}
	}
	if !found {
		if len(pages) > 0 {
			page = pages[0]
		}
		m.noTable(page, "应有“"+m.columnNames()+"”等栏")
		return
	}
	m.start(page)
	m.checkHeader(best)
	m.listRows(best)
}

func (m *matcher) columnNames() string {
	var out []string
	for _, c := range m.spec.Columns[:min(len(m.spec.Columns), 4)] {
		out = append(out, c.Name)
	}
	return strings.Join(out, "、")
}

// checkHeader notes columns too many and columns too few.
func (m *matcher) checkHeader(h header) {
	row := m.page.Lines[h.line].Number
	for _, c := range sortedKeys(h.others) {
		if !m.ignored(h.others[c]) {
			m.fault(Place{Row: row, Column: c}, "本表没有“%s”这一栏，请删去此栏或改正表头", shown(h.others[c]))
		}
	}
	for _, c := range sortedKeys(h.twice) {
		m.fault(Place{Row: row, Column: c}, "“%s”一栏重复", shown(h.twice[c]))
	}
	have := map[int]bool{}
	for _, j := range h.columns {
		have[j] = true
	}
	for j, c := range m.spec.Columns {
		if !have[j] && (c.Required || c.Key) {
			m.fault(Place{}, "缺少“%s”一栏", c.head())
		}
	}
}

func (m *matcher) ignored(text string) bool {
	t := fold(text)
	if t == "序号" || t == "" {
		return true
	}
	for _, s := range m.spec.Ignore {
		if fold(s) == t {
			return true
		}
	}
	return false
}

// slabRows is how many rows get their entries in one piece.
const slabRows = 256

// What a column number may mean besides a column of ours.
const (
	passOver = -1 // 序号, or a column already refused by its header
	noHeader = -2
)

// listRows reads the lines below the header.
func (m *matcher) listRows(h header) {
	lines := m.page.Lines[h.line+1:]
	cols := columnTable(h)
	at := make([]int32, len(m.spec.Columns))
	for c, j := range h.columns {
		at[j] = int32(c)
	}
	key := m.key()
	var slab []Entry
	m.out.Rows = make([]Found, 0, len(lines))
	m.bad = make([]bool, len(m.spec.Columns))
	strange := map[int]bool{}
	for i, l := range lines {
		if i < 3 && m.subheader(l, h) {
			continue
		}
		if m.isFoot(l) {
			break
		}
		if len(slab) == 0 {
			slab = make([]Entry, min(len(lines)-i, slabRows)*len(m.spec.Columns))
		}
		clear(m.bad)
		f := Found{Number: l.Number, Entries: slab[:len(m.spec.Columns):len(m.spec.Columns)]}
		if !m.listRow(l, cols, at, &f, strange) {
			continue
		}
		slab = slab[len(m.spec.Columns):]
		if m.finishRow(&f, key, l) {
			m.out.Rows = append(m.out.Rows, f)
		}
	}
}

// columnTable is h as a table by column number.
func columnTable(h header) []int {
	top := 0
	for c := range h.columns {
		top = max(top, c)
	}
	for c := range h.others {
		top = max(top, c)
	}
	for c := range h.twice {
		top = max(top, c)
	}
	t := make([]int, top+1)
	for c := range t {
		t[c] = noHeader
	}
	for c := range h.others {
		t[c] = passOver
	}
	for c := range h.twice {
		t[c] = passOver
	}
	for c, j := range h.columns {
		t[c] = j
	}
	return t
}

func (m *matcher) key() int {
	for j, c := range m.spec.Columns {
		if c.Key {
			return j
		}
	}
	return -1
}

// listRow converts one line; false when nothing of ours stands in it.
func (m *matcher) listRow(l Line, cols []int, at []int32, f *Found, strange map[int]bool) bool {
	held := false
	for j := range f.Entries {
		f.Entries[j] = Entry{}
		if at[j] > 0 {
			f.Entries[j] = Entry{Row: int32(l.Number), Column: at[j]}
		}
	}
	for i := range l.Cells {
		c := &l.Cells[i]
		j := noHeader
		if c.Column < len(cols) {
			j = cols[c.Column]
		}
		switch {
		case j >= 0:
			if c.Kind != RawText || trim(c.Text) != "" {
				held = true
				f.Entries[j] = m.read(j, *c, l.Number, c.Column)
			}
		case j == noHeader && trim(c.Text) != "" && !strange[c.Column]:
			strange[c.Column] = true
			m.fault(Place{Row: l.Number, Column: c.Column}, "此列没有表头，内容不会读入，请删去或补上表头")
		}
	}
	return held || m.idAt(l.Number) != ""
}

// idAt is the id that the manifest gives to a row without a key column.
func (m *matcher) idAt(row int) string {
	if m.section == nil || m.key() >= 0 {
		return ""
	}
	return m.section.ids[row]
}

// finishRow settles the id of a row, and what follows from it; false for a row
// that was shown for reference only.
func (m *matcher) finishRow(f *Found, key int, l Line) bool {
	at := Place{Row: l.Number, Column: l.Cells[0].Column}
	if key < 0 {
		f.ID = m.idAt(l.Number)
	} else {
		e := f.Entries[key]
		if f.ID = e.Value.String(); e.Kind == Missing || e.Kind == NotApplicable {
			f.ID = ""
			if e.Row > 0 && !m.bad[key] {
				m.fault(Place{Row: int(e.Row), Column: int(e.Column)}, "缺少“%s”，不知道这一行是谁的", m.spec.Columns[key].Name)
			}
		}
		if e.Row > 0 {
			at = Place{Row: int(e.Row), Column: int(e.Column)}
		}
	}
	if r := m.identify(*f, at, "单位"); r != nil {
		if r.Reference {
			return false
		}
		for j := range f.Entries {
			m.held(j, r, f.Entries[j])
			if r.cell(j).Reference {
				f.Entries[j].Value = Value{}
			}
		}
	}
	m.need(*f)
	return true
}

// subheader reports whether a line just below the names only numbers the
// columns or states their units.
func (m *matcher) subheader(l Line, h header) bool {
	for _, c := range l.Cells {
		t := fold(c.Text)
		j, ours := h.columns[c.Column]
		switch {
		case t == "" || t == "计量单位" || t == "栏次" || t == "代码":
		case strings.Contains("甲乙丙丁戊己", t):
		case ours && t == fold(m.spec.Columns[j].No):
		case ours && m.spec.Columns[j].Unit != "" && strings.Trim(t, "()") == fold(m.spec.Columns[j].Unit):
		case !ours && c.Kind == RawText && h.others[c.Column] != "":
		default:
			return false
		}
	}
	return true
}

// footWords begin the lines below a table.
var footWords = []string{"填表人", "填报人", "制表人", "制表", "审核人", "审核", "单位负责人", "统计负责人", "负责人", "经办人", "联系电话", "报出日期", "填报日期", "填表日期", "说明", "注", "备注", "填表说明"}

// isFoot reports whether a line stands below the table: its first text is a
// word of the foot with a colon.
func (m *matcher) isFoot(l Line) bool {
	var text string
	for _, c := range l.Cells {
		if text = fold(c.Text); text != "" {
			break
		}
	}
	word, _, ok := strings.Cut(text, ":")
	if !ok {
		return false
	}
	for _, w := range footWords {
		if word == w {
			return true
		}
	}
	if m.section != nil {
		for _, w := range m.section.foot {
			if word == fold(w) {
				return true
			}
		}
	}
	return false
}
