package sheet

// RawKind is what a file says a cell holds, before any column is known.
type RawKind uint8

const (
	RawNumber RawKind = iota // Text is the stored number, such as 1234.5599999999999
	RawText
	RawBool  // Text is TRUE or FALSE
	RawError // Text is #DIV/0! and the like
	RawDay   // Text is an ISO 8601 day or time; few programs write these
	RawNone  // a formula whose value was never saved
)

// Raw is one cell that holds something.
type Raw struct {
	Text    string
	Column  int // from 1
	Kind    RawKind
	Dated   bool // the cell is shown as a date
	Formula bool // the value was computed
}

// Line is one row that holds something.
type Line struct {
	Number int   // from 1
	Cells  []Raw // by Column, ascending
}

// Page is one worksheet.
type Page struct {
	Name   string
	Hidden bool
	Lines  []Line // by Number, ascending
}

// Reading is what a workbook holds.
type Reading struct {
	Pages []Page // without the hidden sheet of Write

	manifest Manifest
	known    bool // the manifest was there
	base1904 bool // days count from 1904-01-01
}

// Manifest returns what Write noted in the workbook; ok is false for a
// workbook made elsewhere.
func (r *Reading) Manifest() (m Manifest, ok bool) { return r.manifest, r.known }

// text returns the cell in a column of l, or the zero Raw.
func (l Line) at(col int) Raw {
	lo, hi := 0, len(l.Cells)
	for lo < hi {
		m := (lo + hi) / 2
		if l.Cells[m].Column < col {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(l.Cells) && l.Cells[lo].Column == col {
		return l.Cells[lo]
	}
	return Raw{}
}
