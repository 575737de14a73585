package sheet

// groupHeight is the height of the line of groups, in points.
const groupHeight = 20

// list draws a Sheet whose rows are rows.
type list struct {
	s       Sheet
	f       frame
	grouped bool // a line of groups over the names
	numbers bool // a line of 栏次 under them
}

func newList(s Sheet) list {
	l := list{s: s}
	widths := make([]float64, len(s.Columns))
	frozen, wide := 0, 0.0
	for j, c := range s.Columns {
		widths[j] = c.columnWidth()
		l.grouped = l.grouped || c.Group != ""
		l.numbers = l.numbers || c.No != ""
		if wide += widths[j]; c.Locked && frozen == j && wide <= 60 {
			frozen = j + 1
		}
	}
	lines := 1
	if l.grouped {
		lines++
	}
	if l.numbers {
		lines++
	}
	l.f = newFrame(s, widths, lines, len(s.Rows)+s.Blank, frozen)
	return l
}

func (l list) frame() frame { return l.f }

func (l list) draw(c *canvas) {
	l.f.drawTop(c, l.s)
	l.drawHeader(c)
	l.drawRows(c)
	l.f.drawBottom(c, l.s)
}

func (l list) drawHeader(c *canvas) {
	n, all := len(l.s.Columns), allRequired(l.s.Columns)
	groups, names, numbers := make([]spot, n), make([]spot, n), make([]spot, n)
	height := 20.0
	for j, col := range l.s.Columns {
		name := marked(col, all)
		if col.Unit != "" {
			name += "\n（" + col.Unit + "）"
		}
		need := 15*float64(textLines(name, l.f.widths[j])) + 6
		if l.grouped && col.Group == "" {
			need -= groupHeight // it has that line too
		}
		height = max(height, need)
		names[j] = spot{name, headLook(edges(j, n, !l.grouped, false))}
		groups[j] = spot{nil, headLook(edges(j, n, true, false))}
		numbers[j] = spot{nil, headLook(edges(j, n, false, false))}
		if col.No != "" {
			numbers[j].value = col.No
		}
		if col.Group == "" && l.grouped { // the name stands in the merged cell's first line
			groups[j].value, names[j].value = name, nil
		} else if j == 0 || l.s.Columns[j-1].Group != col.Group {
			groups[j].value = col.Group
		}
	}
	top := l.f.header
	if l.grouped {
		c.line(groupHeight, groups)
		for j, k := 0, 0; j < n; j = k {
			g := l.s.Columns[j].Group
			for k = j + 1; g != "" && k < n && l.s.Columns[k].Group == g; k++ {
			}
			if g == "" {
				c.merge(j+1, top, j+1, top+1)
			} else {
				c.merge(j+1, top, k, top)
			}
		}
	}
	c.line(height, names)
	if l.numbers {
		c.line(16, numbers)
	}
}

func (l list) drawRows(c *canvas) {
	n := len(l.s.Columns)
	spots := make([]spot, n)
	for i := range len(l.s.Rows) + l.s.Blank {
		var r Row
		if i < len(l.s.Rows) {
			r = l.s.Rows[i]
		}
		height := 1
		for j, col := range l.s.Columns {
			cell := r.cell(j)
			if i >= len(l.s.Rows) {
				col.Locked = false // a blank line takes a new id too
			}
			bottom := i == len(l.s.Rows)+l.s.Blank-1
			spots[j] = spot{excelValue(cell.Value), col.look(cell, edges(j, n, false, bottom))}
			if cell.Kind == Text {
				height = max(height, textLines(cell.Text, l.f.widths[j]))
			}
		}
		c.line(15*float64(height)+3, spots)
	}
}

// checks returns the validations of the input columns.
func (l list) checks() []check {
	var out []check
	for j, c := range l.s.Columns {
		from := l.f.first
		if c.Locked {
			from += len(l.s.Rows)
		}
		if from <= l.f.last {
			out = append(out, check{c, []span{{j + 1, from, l.f.last}}})
		}
	}
	return out
}

func (l list) positions() (columns, rows []int) {
	for j := range l.s.Columns {
		columns = append(columns, j+1)
	}
	for i := range l.s.Rows {
		rows = append(rows, l.f.first+i)
	}
	return columns, rows
}
