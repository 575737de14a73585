package sheet

import (
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Book is a workbook. Form, Period and Digest (of the form's definition) are
// carried by the hidden sheet and shown nowhere.
type Book struct {
	Form   string
	Period period.Period
	Digest string
	Sheets []Sheet
}

// Orient is how a table lies on the page.
type Orient uint8

const (
	List Orient = iota // rows are rows, columns are columns
	Card               // each Column is a line; each Row is a value column with its Label as head
)

// Paper is the sheet it prints on.
type Paper uint8

const (
	A4Portrait Paper = iota
	A4Landscape
	A3Portrait
	A3Landscape
)

// Side places a label above the table.
type Side uint8

const (
	Right Side = iota // 表号, 制定机关, 批准文号, 有效期至
	Left              // 填报单位
)

// Label is a name and what stands after its colon; Text may be empty.
type Label struct {
	Name string
	Text string
	Side Side
}

// Sheet is one table with what surrounds it.
type Sheet struct {
	Name    string // of the tab: at most 31 characters, none of []:*?/\
	Title   string
	Middle  string // above the table, centred: 2025年11月
	Corner  string // above the table, right: 单位：千元
	Head    []Label
	Columns []Column
	Rows    []Row
	Blank   int      // empty lines to type into after Rows, in a list
	Notes   []string // 说明, one line each
	Foot    []Label  // 填表人, 审核人, 单位负责人, 报出日期
	Orient  Orient
	Paper   Paper
}

// Type is how a column's cells are shown, checked and read.
type Type uint8

const (
	AsText    Type = iota
	AsDecimal      // Scale decimal places
	AsInteger
	AsDate
	AsEnum // one of Options
	AsCode // digits that are no number: credit codes, telephone numbers
)

// Column is one item of the table.
type Column struct {
	Code     string // the program's name; in the hidden sheet only
	No       string // 代码 or 栏次 as printed: 01, 甲, 1
	Name     string
	Group    string  // head over neighbours that share it; in a card the heading above the line
	Unit     string  // 计量单位 as printed
	Width    float64 // in digits; 0 takes one that suits Type and Name
	Type     Type
	Scale    uint8
	Options  []string
	Key      bool // its text is the row's id
	Locked   bool // a label, or a figure shown for reference
	Required bool
	Min, Max *unit.Decimal // what may be typed; nil is no bound. Match leaves bounds to the form's checks
	Prompt   string        // shown when the cell is entered
}

// Row is one row of a list, or one value column of a card.
type Row struct {
	ID        string
	Label     string // head in a card: 本期, 1—本月
	Reference bool   // the whole row is locked and grey: 上期, 上年同期
	Cells     []Cell // by column; what is not there is Missing
}

// Cell is what Write puts into one place.
type Cell struct {
	Value
	Reference bool // grey and locked, never read back
}

// cell returns the cell of column j; a reference row makes all of them so.
func (r Row) cell(j int) Cell {
	var c Cell
	if j < len(r.Cells) {
		c = r.Cells[j]
	}
	c.Reference = c.Reference || r.Reference
	return c
}

// Spec returns what Match needs in order to read b's sheet i back.
func (b Book) Spec(i int) Spec {
	s := b.Sheets[i]
	p := Spec{Form: b.Form, Period: b.Period, Sheet: s.Name, Orient: s.Orient, Columns: s.Columns, Rows: s.Rows}
	if s.Orient == List && s.Blank > 0 {
		p.Open = true
	}
	return p
}
