package sheet

import (
	"strconv"

	"gongmai/internal/period"
)

// The hidden sheet. Its lines, all text, in this order:
//
//	gongmai  1
//	form     B204-1
//	period   2025-11
//	digest   sm3:…
//	sheet    <name>  list|card  <first header row>  <first data row>
//	column   <code>  <column number, in a card row number>
//	row      <id>    <row number, in a card column number>
//	foot     <label>
//
// sheet opens a section; column, row and foot belong to the section they
// stand in. Option lists too long for a rule stand beside, from listColumn on.
const (
	manifestName = "_gongmai"
	manifestHead = "gongmai"
	manifestMark = "1"
	listColumn   = 10
)

// Manifest is what the hidden sheet of a workbook says of it.
type Manifest struct {
	Form   string
	Period period.Period
	Digest string

	sections []section
}

// section is the manifest of one sheet.
type section struct {
	sheet         string
	orient        Orient
	header, first int
	columns       map[string]int // by Column.Code
	ids           map[int]string // row ids by position
	foot          []string
}

var orientNames = [...]string{List: "list", Card: "card"}

// manifestLines returns the lines of b's hidden sheet.
func manifestLines(b Book, tables []table) [][]string {
	lines := [][]string{
		{manifestHead, manifestMark},
		{"form", b.Form},
		{"period", b.Period.String()},
		{"digest", b.Digest},
	}
	for i, t := range tables {
		s, f := b.Sheets[i], t.frame()
		columns, rows := t.positions()
		lines = append(lines, []string{"sheet", s.Name, orientNames[s.Orient], strconv.Itoa(f.header), strconv.Itoa(f.first)})
		for j, c := range s.Columns {
			lines = append(lines, []string{"column", c.Code, strconv.Itoa(columns[j])})
		}
		for j, r := range s.Rows {
			lines = append(lines, []string{"row", r.ID, strconv.Itoa(rows[j])})
		}
		for _, l := range s.Foot {
			lines = append(lines, []string{"foot", l.Name})
		}
	}
	return lines
}

// parseManifest reads a hidden sheet. Lines it does not know are passed over:
// what it says is only a hint.
func parseManifest(p *Page) (m Manifest, ok bool) {
	for i, l := range p.Lines {
		f := [5]string{}
		for _, c := range l.Cells {
			if c.Column <= len(f) {
				f[c.Column-1] = c.Text
			}
		}
		if i == 0 && (f[0] != manifestHead || f[1] != manifestMark) {
			return Manifest{}, false
		}
		var s *section
		if len(m.sections) > 0 {
			s = &m.sections[len(m.sections)-1]
		}
		m.line(s, f)
	}
	return m, len(m.sections) > 0
}

func (m *Manifest) line(s *section, f [5]string) {
	number := func(i int) int {
		n, err := strconv.Atoi(f[i])
		if err != nil || n < 1 || n > maxLines {
			return 0
		}
		return n
	}
	switch {
	case f[0] == "form":
		m.Form = f[1]
	case f[0] == "period":
		if p, err := period.Parse(f[1]); err == nil {
			m.Period = p
		}
	case f[0] == "digest":
		m.Digest = f[1]
	case f[0] == "sheet":
		n := section{sheet: f[1], header: number(3), first: number(4), columns: map[string]int{}, ids: map[int]string{}}
		if f[2] == orientNames[Card] {
			n.orient = Card
		}
		m.sections = append(m.sections, n)
	case s == nil:
	case f[0] == "column":
		s.columns[f[1]] = number(2)
	case f[0] == "row":
		s.ids[number(2)] = f[1]
	case f[0] == "foot" && f[1] != "":
		s.foot = append(s.foot, f[1])
	}
}
