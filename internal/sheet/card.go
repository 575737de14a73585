package sheet

import "fmt"

// The label columns of a card, before its value columns.
const (
	cardNumber = "代码"
	cardName   = "指标名称"
	cardUnit   = "计量单位"
	cardLabels = 3
)

// cardLine is one line of a card's body: a section heading or an item.
type cardLine struct {
	section string
	column  int
}

// card draws a Sheet turned over: each column a line, each row a value column.
type card struct {
	s     Sheet
	f     frame
	lines []cardLine
}

func newCard(s Sheet) card {
	c := card{s: s}
	widths := []float64{8, 34, 11}
	value := 16.0
	for j, col := range s.Columns {
		if col.Width > 0 {
			value = max(value, col.Width)
		}
		if g := col.Group; g != "" && (j == 0 || s.Columns[j-1].Group != g) {
			c.lines = append(c.lines, cardLine{section: g})
		}
		c.lines = append(c.lines, cardLine{column: j})
	}
	for range s.Rows {
		widths = append(widths, value)
	}
	c.f = newFrame(s, widths, 2, len(c.lines), 2)
	return c
}

// number is the item's number as printed; without one it is counted.
func number(cols []Column, j int) string {
	if cols[j].No != "" {
		return cols[j].No
	}
	return fmt.Sprintf("%02d", j+1)
}

func (c card) frame() frame { return c.f }

func (c card) draw(v *canvas) {
	c.f.drawTop(v, c.s)
	c.drawHeader(v)
	all := allRequired(c.s.Columns)
	for i, l := range c.lines {
		bottom := i == len(c.lines)-1
		if l.section != "" {
			c.drawSection(v, l.section, bottom)
		} else {
			c.drawItem(v, l.column, all, bottom)
		}
	}
	c.f.drawBottom(v, c.s)
}

// cardOrder numbers the label columns and the value columns: 甲 乙 丙 1 2 3.
var cardOrder = []string{"甲", "乙", "丙"}

func (c card) drawHeader(v *canvas) {
	n := len(c.f.widths)
	names := []string{cardNumber, cardName, cardUnit}
	order := append([]string{}, cardOrder...)
	for i, r := range c.s.Rows {
		names = append(names, r.Label)
		order = append(order, fmt.Sprint(i+1))
	}
	top, under := make([]spot, n), make([]spot, n)
	for i := range names {
		top[i] = spot{names[i], headLook(edges(i, n, true, false))}
		under[i] = spot{order[i], headLook(edges(i, n, false, false))}
	}
	v.line(24, top)
	v.line(16, under)
}

func (c card) drawSection(v *canvas, name string, bottom bool) {
	n := len(c.f.widths)
	spots := make([]spot, n)
	for i := range spots {
		e := edges(i, n, false, bottom)
		if i > 0 {
			e.left = 0
		}
		if i < n-1 {
			e.right = 0
		}
		spots[i].look = look{black: true, nowrap: true, edge: e}
	}
	spots[0].value = name
	row := v.line(22, spots)
	v.merge(1, row, n, row)
}

func (c card) drawItem(v *canvas, j int, all, bottom bool) {
	n, col := len(c.f.widths), c.s.Columns[j]
	spots := make([]spot, n)
	name := marked(col, all)
	height := textLines(name, c.f.widths[1])
	for i, t := range []string{number(c.s.Columns, j), name, col.Unit} {
		l := look{align: "center", format: "@", edge: edges(i, n, false, bottom)}
		if i == 1 {
			l.align = "left"
		}
		spots[i] = spot{excelValue(OfText(t)), l}
	}
	for i, r := range c.s.Rows {
		cell := r.cell(j)
		k := cardLabels + i
		spots[k] = spot{excelValue(cell.Value), col.look(cell, edges(k, n, false, bottom))}
		if cell.Kind == Text {
			height = max(height, textLines(cell.Text, c.f.widths[k]))
		}
	}
	v.line(15*float64(height)+7, spots)
}

func (c card) checks() []check {
	var out []check
	columns, rows := c.positions()
	for j, col := range c.s.Columns {
		var spans []span
		for i, r := range c.s.Rows {
			if !col.Locked && !r.cell(j).Reference {
				spans = append(spans, span{rows[i], columns[j], columns[j]})
			}
		}
		if len(spans) > 0 {
			out = append(out, check{col, spans})
		}
	}
	return out
}

// positions of a card: columns lie in lines, rows in columns.
func (c card) positions() (columns, rows []int) {
	for i, l := range c.lines {
		if l.section == "" {
			columns = append(columns, c.f.first+i)
		}
	}
	for i := range c.s.Rows {
		rows = append(rows, cardLabels+1+i)
	}
	return columns, rows
}
