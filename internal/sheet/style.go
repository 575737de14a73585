package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is all that tells one cell style from another. Styles are made on
// first use, so their numbers follow the Book and nothing else.
type look struct {
	size   float64 // points; 0 is 10.5 (五号)
	bold   bool
	black  bool // 黑体 instead of 宋体
	grey   bool
	fill   string // RGB, "" for none
	align  string // left, center, right
	top    bool   // vertical top
	nowrap bool
	format string // number format, "" for general
	open   bool   // unlocked
	edge   edge
}

// edge says which borders a cell has. Tables are open at their sides and heavy
// above and below, as statistical forms are printed.
type edge struct{ left, right, top, bottom uint8 }

// Border styles of the file format.
const (
	thin  = 1
	heavy = 2
)

// Fills: input cells, heads, reference cells.
const (
	fillInput     = "FFFBE6"
	fillHead      = "E8EEF7"
	fillReference = "F2F2F2"
	inkReference  = "7F7F7F"
	inkLine       = "595959"
)

type styles struct {
	file *excelize.File
	made map[look]int
}

func (s *styles) id(l look) (int, error) {
	if id, ok := s.made[l]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(l.style())
	if err != nil {
		return 0, err
	}
	s.made[l] = id
	return id, nil
}

func (l look) style() *excelize.Style {
	font := &excelize.Font{Family: "宋体", Size: 10.5, Bold: l.bold}
	if l.black {
		font.Family = "黑体"
	}
	if l.size > 0 {
		font.Size = l.size
	}
	if l.grey {
		font.Color = inkReference
	}
	st := &excelize.Style{
		Font:       font,
		Alignment:  &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: !l.nowrap},
		Protection: &excelize.Protection{Locked: !l.open},
	}
	if l.edge != (edge{}) && l.align == "left" {
		st.Alignment.Indent = 1 // air between text and line; figures have it in their format
	}
	if l.top {
		st.Alignment.Vertical = "top"
	}
	if l.fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		st.CustomNumFmt = &l.format
	}
	for _, b := range []struct {
		side string
		kind uint8
	}{{"left", l.edge.left}, {"right", l.edge.right}, {"top", l.edge.top}, {"bottom", l.edge.bottom}} {
		if b.kind > 0 {
			st.Border = append(st.Border, excelize.Border{Type: b.side, Style: int(b.kind), Color: inkLine})
		}
	}
	return st
}

// format returns the number format of a column. Text and codes are "@", so
// that a cell edited by hand stays text and is never taken for a formula; "_ "
// leaves the width of a space.
func (c Column) format() string {
	switch c.Type {
	case AsDecimal:
		if c.Scale == 0 {
			return "#,##0_ "
		}
		return "#,##0." + strings.Repeat("0", int(c.Scale)) + "_ "
	case AsInteger:
		return "#,##0_ "
	case AsDate:
		return "yyyy-mm-dd"
	}
	return "@"
}

func (c Column) align() string {
	switch c.Type {
	case AsDecimal, AsInteger:
		return "right"
	case AsDate, AsEnum:
		return "center"
	}
	return "left"
}

// look returns how a cell of column c is drawn.
func (c Column) look(cell Cell, e edge) look {
	l := look{align: c.align(), format: c.format(), nowrap: c.align() == "right", edge: e}
	switch {
	case cell.Reference:
		l.fill, l.grey = fillReference, true
	case !c.Locked:
		l.fill, l.open = fillInput, true
	}
	if cell.Kind == NotApplicable || cell.Kind == NoReply {
		l.align = "center"
	}
	return l
}

var typeWidths = [...]float64{AsText: 16, AsDecimal: 13, AsInteger: 10, AsDate: 12, AsEnum: 10, AsCode: 21}

// columnWidth returns the width of c in a list, in digits.
func (c Column) columnWidth() float64 {
	if c.Width > 0 {
		return c.Width
	}
	w := typeWidths[c.Type]
	if c.Type == AsEnum {
		for _, o := range c.Options {
			w = min(max(w, textWidth(o)+3), 24)
		}
	}
	// Heads may take three lines, no more.
	return min(max(w, textWidth(c.Name)/3+2), 30)
}

// textWidth is how wide s prints, in digits: Chinese characters take two.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x2000 {
			w++
		} else {
			w += 2
		}
	}
	return w
}

// textLines is how many lines s takes in a cell of a width.
func textLines(s string, width float64) int {
	n := 0
	for part := range strings.SplitSeq(s, "\n") {
		n += max(1, int((textWidth(part)+width-2)/(width-1)))
	}
	return n
}
