package document

import "unicode/utf8"

// Align is where text stands in its cell.
type Align int

// The alignments. Auto centres headers and short text columns, and puts
// columns of figures to the right.
const (
	Auto Align = iota
	Left
	Center
	Right
)

// Column is one column of a table. Width is relative to the other columns; 0
// lets the longest text decide.
type Column struct {
	Width int
	Align Align
}

// Table is a ruled table. Header rows repeat on every page.
type Table struct {
	Title   string
	Unit    string // 单位：万元, without 单位
	Columns []Column
	Header  [][]Cell
	Rows    [][]Cell
	Notes   []string // below the table, as given: 注：…
}

// Cell is one cell. As in HTML, cells covered by a span are left out.
type Cell struct {
	Runs []Run
	Span int // columns; 0 and 1 are one
	Down int // rows; 0 and 1 are one
}

// Cells returns a row of plain text cells.
func Cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, s := range texts {
		row[i].Runs = []Run{{Text: s}}
	}
	return row
}

func (t Table) runs(f func([]Run)) {
	for _, rows := range [][][]Cell{t.Header, t.Rows} {
		for _, row := range rows {
			for _, c := range row {
				f(c.Runs)
			}
		}
	}
}

// slot is a cell in its place. below marks the continuation of a cell that
// spans rows; it carries no text.
type slot struct {
	Cell
	col, span int
	below     bool
}

// grid places the cells of rows on n columns: [row][slot], covering every
// column once. bad is the first row that does not fit, len(rows) where a span
// runs over the last row, and -1 where all is well.
func grid(rows [][]Cell, n int) (placed [][]slot, bad int) {
	down := make([]int, n) // rows still covered, by column
	over := make([]int, n) // width of the covering cell, at its first column
	for i, row := range rows {
		var line []slot
		col, next := 0, 0
		for col < n {
			switch {
			case down[col] > 0:
				w := over[col]
				line = append(line, slot{col: col, span: w, below: true})
				for k := range w {
					down[col+k]--
				}
				col += w
			case next < len(row):
				c := row[next]
				next++
				w, h := max(c.Span, 1), max(c.Down, 1)
				if !free(down, col, w) {
					return placed, i
				}
				line = append(line, slot{Cell: c, col: col, span: w})
				for k := range w {
					down[col+k] = h - 1
				}
				over[col] = w
				col += w
			default:
				return placed, i
			}
		}
		if next < len(row) {
			return placed, i
		}
		placed = append(placed, line)
	}
	for _, d := range down {
		if d > 0 {
			return placed, len(rows)
		}
	}
	return placed, -1
}

func free(down []int, col, w int) bool {
	if col+w > len(down) {
		return false
	}
	for _, d := range down[col : col+w] {
		if d > 0 {
			return false
		}
	}
	return true
}

// widths shares total twips among the columns: by Column.Width where given,
// else by the longest text between 4 and 24 half-width characters.
func (t Table) widths(total int) []int {
	weight := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		weight[i] = c.Width
		if c.Width <= 0 {
			weight[i] = t.longest(i)
		}
	}
	sum := 0
	for _, w := range weight {
		sum += w
	}
	out, at, before := make([]int, len(weight)), 0, 0
	for i, w := range weight {
		at += w
		edge := total * at / max(sum, 1)
		out[i], before = edge-before, edge
	}
	return out
}

func (t Table) longest(col int) int {
	w := 4
	for _, rows := range [][][]Cell{t.Header, t.Rows} {
		placed, _ := grid(rows, len(t.Columns))
		for _, line := range placed {
			for _, s := range line {
				if s.col == col && s.span == 1 {
					w = max(w, min(halves(Plain(s.Runs)), 24))
				}
			}
		}
	}
	return w + 2
}

// align is where body cells of a column stand.
func (t Table) align(col int, placed [][]slot) Align {
	if a := t.Columns[col].Align; a != Auto {
		return a
	}
	numeric, long := false, false
	for _, line := range placed {
		for _, s := range line {
			if s.col != col || s.below {
				continue
			}
			if len(s.Runs) == 1 && s.Runs[0].Figure != nil && s.Runs[0].Figure.Missing {
				numeric = true // where a number will stand
				continue
			}
			text := Plain(s.Runs)
			numeric = numeric || isNumber(text)
			long = long || utf8.RuneCountInString(text) > 8
		}
	}
	switch {
	case numeric && !long:
		return Right
	case long:
		return Left
	}
	return Center
}

func isNumber(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.' || r == '-' || r == '%' || r == ',' || r == '−':
		default:
			return false
		}
	}
	return digits > 0
}
