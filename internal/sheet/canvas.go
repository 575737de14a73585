package sheet

import (
	"unicode/utf16"

	"gongmai/internal/errs"

	"github.com/xuri/excelize/v2"
)

// Limits of the file format.
const (
	maxLines    = 1_048_576
	maxColumns  = 16_384
	maxCellText = 32_767 // UTF-16 units
)

// spot is one cell about to be written.
type spot struct {
	value any // string, float64, int64 or nil
	look  look
}

// canvas draws one worksheet line by line. Its first error sticks.
type canvas struct {
	stream *excelize.StreamWriter
	styles *styles
	name   string
	row    int // last line drawn
	col    int // widest line
	buf    []any
	err    error
}

// line draws the next line and returns its number. Height 0 is left to the program that opens it.
func (c *canvas) line(height float64, spots []spot) int {
	c.row++
	c.col = max(c.col, len(spots))
	if c.err != nil {
		return c.row
	}
	if c.row > maxLines {
		c.err = errs.Say(errs.Invalid, "工作表“%s”超过 %d 行，Excel 放不下，请改用 CSV 或分表导出", c.name, maxLines)
		return c.row
	}
	c.buf = c.buf[:0]
	for _, s := range spots {
		if t, ok := s.value.(string); ok && len(t) > maxCellText && len(utf16.Encode([]rune(t))) > maxCellText {
			c.err = errs.Say(errs.Invalid, "工作表“%s”第%d行有一格超过 %d 字，Excel 放不下", c.name, c.row, maxCellText)
			return c.row
		}
		id, err := c.styles.id(s.look)
		if err != nil {
			c.err = err
			return c.row
		}
		c.buf = append(c.buf, excelize.Cell{StyleID: id, Value: s.value})
	}
	c.err = c.stream.SetRow(cellName(1, c.row), c.buf, excelize.RowOpts{Height: min(height, 409)})
	return c.row
}

// merge joins cells; columns count from 1.
func (c *canvas) merge(col1, row1, col2, row2 int) {
	if c.err != nil || (col1 == col2 && row1 == row2) {
		return
	}
	c.err = c.stream.MergeCell(cellName(col1, row1), cellName(col2, row2))
}

// block is a run of columns that holds one text.
type block struct {
	from, to int // columns from 0, to excluded
	text     string
	look     look
}

// blocks draws one line of merged runs over n columns.
func (c *canvas) blocks(height float64, n int, bs []block) {
	spots := make([]spot, n)
	for _, b := range bs {
		for i := b.from; i < b.to; i++ {
			spots[i].look = b.look
		}
		if b.text != "" {
			spots[b.from].value = b.text
		}
	}
	row := c.line(height, spots)
	for _, b := range bs {
		c.merge(b.from+1, row, b.to, row)
	}
}

// cut divides columns into k runs at the given fractions of their whole width
// (the last is 1). Each run has at least one column: len(widths) ≥ k.
func cut(widths []float64, at ...float64) []int {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	ends := make([]int, len(at))
	i, sum := 0, 0.0
	for k, f := range at {
		sum += widths[i]
		i++
		for i < len(widths)-(len(at)-1-k) && (k == len(at)-1 || sum+widths[i]/2 <= f*total) {
			sum += widths[i]
			i++
		}
		ends[k] = i
	}
	return ends
}
