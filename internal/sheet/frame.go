package sheet

import "strings"

// frame is where a sheet's parts lie. Rows count from 1.
type frame struct {
	widths []float64 // of the columns on paper
	heads  [][]block // lines between title and table
	header int       // first header row of the table
	first  int       // first data row
	last   int       // last data row; first-1 when there is none
	frozen int       // columns kept in sight
}

// newFrame lays out s. headerLines and dataLines are what its table takes.
func newFrame(s Sheet, widths []float64, headerLines, dataLines, frozen int) frame {
	f := frame{widths: widths, frozen: frozen}
	f.heads = headLines(s, widths)
	f.header = 2 + len(f.heads)
	f.first = f.header + headerLines
	f.last = f.first + dataLines - 1
	return f
}

// headLines lays out the labels above the table: the form's data at the
// right, who reports at the left, the period between, bottoms aligned.
func headLines(s Sheet, widths []float64) [][]block {
	var left, right []string
	for _, l := range s.Head {
		if l.Side == Left {
			left = append(left, l.print())
		} else {
			right = append(right, l.print())
		}
	}
	if s.Corner != "" {
		right = append(right, s.Corner)
	}
	plain := look{nowrap: true}
	if len(widths) < 3 { // no room side by side
		var lines [][]block
		for _, t := range append(append(right, left...), nonEmpty(s.Middle)...) {
			lines = append(lines, []block{{0, len(widths), t, plain}})
		}
		return lines
	}
	n := max(len(left), len(right))
	if s.Middle != "" {
		n = max(n, 1)
	}
	ends := cut(widths, 0.42, 0.68, 1)
	lines := make([][]block, n)
	for i := range lines {
		at := func(texts []string) string {
			if k := i - (n - len(texts)); k >= 0 {
				return texts[k]
			}
			return ""
		}
		middle := ""
		if i == n-1 {
			middle = s.Middle
		}
		lines[i] = []block{
			{0, ends[0], at(left), plain},
			{ends[0], ends[1], middle, look{align: "center", nowrap: true}},
			{ends[1], ends[2], at(right), plain},
		}
		if len(right) == 1 && s.Corner != "" {
			lines[i][2].look.align = "right"
		}
	}
	return lines
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// print spreads a label of two characters over the width of four, as printed
// forms do: 表　　号：GM-01.
func (l Label) print() string {
	if r := []rune(l.Name); len(r) == 2 && r[0] > 0x2000 {
		return string(r[0]) + "　　" + string(r[1]) + "：" + l.Text
	}
	return l.Name + "：" + l.Text
}

// drawTop draws the title and the head lines.
func (f frame) drawTop(c *canvas, s Sheet) {
	n := len(f.widths)
	c.blocks(32, n, []block{{0, n, s.Title, look{size: 18, black: true, align: "center", nowrap: true}}})
	for _, l := range f.heads {
		c.blocks(17, n, l)
	}
}

// drawBottom draws notes and the foot line. Foot cells stay open: who filled
// in the form writes a name behind the colon.
func (f frame) drawBottom(c *canvas, s Sheet) {
	n, total := len(f.widths), 0.0
	for _, w := range f.widths {
		total += w
	}
	for i, t := range s.Notes {
		if i == 0 && !strings.HasPrefix(t, "说明") {
			t = "说明：" + t
		} else if i > 0 {
			t = "　　　" + t
		}
		c.blocks(15*float64(textLines(t, total)), n, []block{{0, n, t, look{size: 9, top: true}}})
	}
	if len(s.Foot) > 0 {
		c.blocks(26, n, f.foot(s.Foot, total))
	}
}

// foot gives each label a run of columns, or where the columns do not fit
// them, all labels one run in which they stand apart.
func (f frame) foot(labels []Label, total float64) []block {
	const room = 8 // for a name, in digits
	plain := look{nowrap: true, open: true}
	part := total / float64(len(labels))
	var bs []block
	if len(labels) <= len(f.widths) {
		at := make([]float64, len(labels))
		for i := range at {
			at[i] = float64(i+1) / float64(len(labels))
		}
		from := 0
		for i, to := range cut(f.widths, at...) {
			t := labels[i].Name + "：" + labels[i].Text
			width := 0.0
			for _, w := range f.widths[from:to] {
				width += w
			}
			if width < max(textWidth(t)+room, part*0.6) {
				bs = nil
				break
			}
			bs = append(bs, block{from, to, t, plain})
			from = to
		}
	}
	if bs != nil {
		return bs
	}
	line := ""
	for i, l := range labels {
		line += l.Name + "：" + l.Text
		if i < len(labels)-1 {
			gap := part*float64(i+1) - textWidth(line)
			line += strings.Repeat("　", max(2, int(gap/2)))
		}
	}
	return []block{{0, len(f.widths), line, plain}}
}

// edges returns the borders of the cell in column i of n; top and bottom mark
// the table's first and last line.
func edges(i, n int, top, bottom bool) edge {
	e := edge{left: thin, right: thin, top: thin, bottom: thin}
	if i == 0 {
		e.left = 0
	}
	if i == n-1 {
		e.right = 0
	}
	if top {
		e.top = heavy
	}
	if bottom {
		e.bottom = heavy
	}
	return e
}

// headLook is a header cell.
func headLook(e edge) look { return look{black: true, fill: fillHead, align: "center", edge: e} }

// marked returns the column's name with * before what must be filled in. Where
// everything must be, the star says nothing and is left out.
func marked(c Column, all bool) string {
	if c.Required && !c.Locked && !all {
		return "*" + c.Name
	}
	return c.Name
}

func allRequired(cols []Column) bool {
	for _, c := range cols {
		if !c.Locked && !c.Required {
			return false
		}
	}
	return true
}
