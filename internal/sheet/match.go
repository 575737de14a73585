package sheet

import (
	"fmt"

	"gongmai/internal/errs"
	"gongmai/internal/period"
)

// Spec is the table that Match looks for.
type Spec struct {
	Form    string        // held against the workbook's manifest; "" is not
	Period  period.Period // likewise; the zero Period is not
	Sheet   string        // tried first; "" or one not found tries every visible sheet
	Orient  Orient
	Columns []Column
	Rows    []Row    // rows that may come back, with their labels; nil takes any. A card needs them
	Open    bool     // ids beyond Rows may come back too
	Ignore  []string // further columns that are passed over, by name; 序号 always is
}

// Found is one row that was read.
type Found struct {
	Number  int     // row number, in a card column number
	ID      string  // the key cell's text, else the id at its place in the manifest, else ""
	Entries []Entry // by index in Spec.Columns
}

// Entry is one cell that was read.
type Entry struct {
	Value
	Row, Column int32 // from 1; 0 where the file has no such column
}

// Rows are the rows of one table.
type Rows struct {
	Sheet string
	Rows  []Found
}

// Place returns where e stands.
func (r Rows) Place(e Entry) Place { return Place{r.Sheet, int(e.Row), int(e.Column)} }

// maxFaults bounds an answer that nobody would read to its end.
const maxFaults = 500

// Match finds the table that s describes and reads it. It gives every row it
// could read and all faults at once: cells with a fault are Missing. Bounds
// and rules between cells are left to the form's checks.
func Match(r *Reading, s Spec) (Rows, errs.Faults) {
	m := matcher{reading: r, spec: s}
	if !m.sameForm() {
		return Rows{}, m.faults
	}
	if s.Orient == Card {
		m.card()
	} else {
		m.list()
	}
	if m.over > 0 {
		m.faults.Add("", "还有 %d 处问题没有列出，请先改正以上各处", m.over)
	}
	return m.out, m.faults
}

// matcher holds one Match.
type matcher struct {
	reading *Reading
	spec    Spec
	page    *Page
	section *section // the page's manifest, or nil
	known   map[string]*Row
	seen    map[string]Place
	bad     []bool // columns of the row at hand that have a fault
	out     Rows
	faults  errs.Faults
	over    int
}

// sameForm refuses a workbook made for another form or period.
func (m *matcher) sameForm() bool {
	f, ok := m.reading.Manifest()
	if !ok {
		return true
	}
	if m.spec.Form != "" && f.Form != "" && f.Form != m.spec.Form {
		m.faults.Add("", "这是 %s 的表，现在要填报的是 %s", f.Form, m.spec.Form)
	}
	none := period.Period{}
	if m.spec.Period != none && f.Period != none && f.Period != m.spec.Period {
		m.faults.Add("", "这是%s的表，现在要填报的是%s", f.Period.Chinese(), m.spec.Period.Chinese())
	}
	return len(m.faults) == 0
}

func (m *matcher) fault(at Place, format string, args ...any) {
	if len(m.faults) >= maxFaults {
		m.over++
		return
	}
	m.faults.Add(m.place(at), format, args...)
}

// place names the sheet only where there is more than one.
func (m *matcher) place(at Place) string {
	visible := 0
	for _, p := range m.reading.Pages {
		if !p.Hidden {
			visible++
		}
	}
	switch {
	case at.Row == 0:
		return "工作表“" + m.page.Name + "”"
	case visible < 2:
		return at.Cell()
	}
	return Place{m.page.Name, at.Row, at.Column}.String()
}

// candidates lists the pages to try: the one named, else all that are shown.
func (m *matcher) candidates() []*Page {
	var out []*Page
	for i := range m.reading.Pages {
		p := &m.reading.Pages[i]
		if p.Name == m.spec.Sheet && m.spec.Sheet != "" {
			return []*Page{p}
		}
		if !p.Hidden {
			out = append(out, p)
		}
	}
	return out
}

// sectionOf returns the manifest of a page. Somebody may have renamed the
// tab: a manifest of one sheet then speaks of it.
func (m *matcher) sectionOf(p *Page) *section {
	ss := m.reading.manifest.sections
	for i := range ss {
		if ss[i].sheet == p.Name && ss[i].orient == m.spec.Orient {
			return &ss[i]
		}
	}
	if len(ss) == 1 && ss[0].orient == m.spec.Orient {
		return &ss[0]
	}
	return nil
}

// start notes the page that was chosen.
func (m *matcher) start(p *Page) {
	m.page, m.section = p, m.sectionOf(p)
	m.out.Sheet = p.Name
	m.seen = map[string]Place{}
	if m.spec.Rows != nil {
		m.known = make(map[string]*Row, len(m.spec.Rows))
		for i := range m.spec.Rows {
			m.known[m.spec.Rows[i].ID] = &m.spec.Rows[i]
		}
	}
}

// read converts one cell and notes its fault.
func (m *matcher) read(j int, r Raw, row, col int) Entry {
	e := Entry{Row: int32(row), Column: int32(col)}
	if r.Column == 0 {
		return e
	}
	c := &m.spec.Columns[j]
	v, fault := c.convert(r, m.reading.base1904)
	if fault != "" {
		m.bad[j] = true
		m.fault(Place{Row: row, Column: col}, "%s", fault)
	}
	e.Value = v
	return e
}

// held compares a locked cell with what was sent out. Figures shown for
// reference are passed over: they may have been corrected since.
func (m *matcher) held(j int, r *Row, e Entry) {
	if e.Row == 0 || !m.spec.Columns[j].Locked || m.spec.Columns[j].Key || j >= len(r.Cells) || r.Cells[j].Reference {
		return
	}
	if want := r.Cells[j].Value; want.Kind == Text && fold(want.Text) != fold(e.Text) {
		m.fault(Place{Row: int(e.Row), Column: int(e.Column)}, "此格不可改动，应为“%s”，现为“%s”", shown(want.Text), shown(e.Value.String()))
	}
}

// need notes required cells left empty.
func (m *matcher) need(f Found) {
	for j := range f.Entries {
		c, e := &m.spec.Columns[j], &f.Entries[j]
		if c.Required && !c.Locked && e.Kind == Missing && e.Row > 0 && !m.bad[j] {
			m.fault(Place{Row: int(e.Row), Column: int(e.Column)}, "“%s”必须填写，没有这一项请填“/”", c.Name)
		}
	}
}

// identify finds the row that f is, and notes what is wrong with its id.
func (m *matcher) identify(f Found, at Place, what string) *Row {
	if f.ID == "" {
		return nil
	}
	if first, twice := m.seen[f.ID]; twice {
		m.fault(at, "“%s”与 %s 重复", shown(f.ID), m.place(first))
		return nil
	}
	m.seen[f.ID] = at
	if m.known == nil {
		return nil
	}
	r := m.known[f.ID]
	if r == nil && !m.spec.Open {
		m.fault(at, "“%s”不在本表应报的%s之内", shown(f.ID), what)
	}
	return r
}

// noTable says that no page holds the table.
func (m *matcher) noTable(best *Page, missing string) {
	if best == nil {
		m.faults.Add("", "工作簿里没有可见的工作表")
		return
	}
	m.page = best
	m.faults.Add(fmt.Sprintf("工作表“%s”", best.Name), "找不到表头：%s。请使用下发的表样，不要改动表头", missing)
}
