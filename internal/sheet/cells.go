package sheet

import (
	"strings"

	"gongmai/internal/errs"
)

// cells reads worksheets of one workbook.
type cells struct {
	archive *archive
	dated   []bool   // by cell style
	shared  []string // shared strings
	count   int      // cells kept so far

	texts   strings.Builder // room for texts: a block is filled, then let go
	slab    []Raw           // room for cells, likewise
	scratch []byte
}

const (
	textBlock = 64 << 10
	slabCells = 4096
)

// page reads one worksheet into p.
func (c *cells) page(s *scanner, p *Page) error {
	row := 0
	inside := false
	for _, t, ok := s.next(); ok; _, t, ok = s.next() {
		switch string(t.name) {
		case "sheetData":
			if t.close || t.empty {
				return nil // what follows (merges, rules) is not for us
			}
			inside = true
		case "row":
			if t.close || !inside {
				continue
			}
			row = rowNumber(t.attrs, row)
			if row > maxLines {
				return errBroken(p.Name, errXML)
			}
			if t.empty {
				continue
			}
			line, err := c.line(s, p, row)
			if err != nil {
				return err
			}
			if len(line.Cells) == 0 {
				continue
			}
			if n := len(p.Lines); n > 0 && p.Lines[n-1].Number >= row {
				return errBroken(p.Name, errXML)
			}
			if p.Lines = append(p.Lines, line); len(p.Lines) > c.archive.limit.Rows {
				return errs.Say(errs.Invalid, "工作表“%s”有内容的行超过 %d 行，请分成几个文件上传", p.Name, c.archive.limit.Rows)
			}
		}
	}
	if inside {
		s.cut()
	}
	return s.err
}

// rowNumber reads r; without it a row follows the one before.
func rowNumber(attrs []byte, before int) int {
	v, ok := attr(attrs, "r")
	if !ok {
		return before + 1
	}
	n := 0
	for _, d := range v {
		if d < '0' || d > '9' || n > maxLines {
			return before + 1
		}
		n = n*10 + int(d-'0')
	}
	return n
}

// line reads the cells of a row up to its end.
func (c *cells) line(s *scanner, p *Page, row int) (Line, error) {
	if cap(c.slab)-len(c.slab) < 64 {
		c.slab = make([]Raw, 0, slabCells)
	}
	out := c.slab[len(c.slab):len(c.slab)]
	col := 0
	for {
		_, t, ok := s.next()
		if !ok {
			s.cut()
			return Line{}, s.err
		}
		if t.close && string(t.name) == "row" {
			break
		}
		if string(t.name) != "c" || t.close {
			continue
		}
		raw, typ := c.start(t, col)
		col = raw.Column
		if t.empty {
			continue
		}
		held, err := c.value(s, &raw, typ)
		if err != nil {
			return Line{}, err
		}
		if !held {
			continue
		}
		if raw.Column > c.archive.limit.Columns {
			return Line{}, errs.Say(errs.Invalid, "工作表“%s”的 %s 有内容，超出了第 %d 列，请删去右边多余的内容",
				p.Name, cellName(raw.Column, row), c.archive.limit.Columns)
		}
		if n := len(out); n > 0 && out[n-1].Column >= raw.Column {
			return Line{}, errBroken(p.Name, errXML)
		}
		if c.count++; c.count > c.archive.limit.Cells {
			return Line{}, errs.Say(errs.Invalid, "工作簿有内容的单元格超过 %d 个，请分成几个文件上传", c.archive.limit.Cells)
		}
		out = append(out, raw)
	}
	if cap(out) <= cap(c.slab)-len(c.slab) { // still in the slab, not moved by append
		c.slab = c.slab[:len(c.slab)+len(out)]
	}
	return Line{Number: row, Cells: out[:len(out):len(out)]}, nil
}

// start reads the attributes of a cell; before is the column of the last one.
func (c *cells) start(t tag, before int) (raw Raw, typ byte) {
	raw.Column = before + 1
	typ = 'n'
	for b := t.attrs; len(b) > 0; {
		name, v, rest, ok := nextAttr(b)
		if !ok {
			break
		}
		b = rest
		if len(name) != 1 {
			continue
		}
		switch name[0] {
		case 'r':
			if col, _ := parseRef(v); col > 0 {
				raw.Column = col
			}
		case 's':
			n := 0
			for _, d := range v {
				n = n*10 + int(d-'0')
				if n < 0 || n > len(c.dated) {
					break
				}
			}
			raw.Dated = n >= 0 && n < len(c.dated) && c.dated[n]
		case 't':
			typ = cellType(string(v))
		}
	}
	return raw, typ
}

// cellType shortens the types of the file format to a letter: number, shared
// text, text of a formula, inline text, bool, error, ISO day.
func cellType(t string) byte {
	switch t {
	case "s", "b", "e", "d":
		return t[0]
	case "str":
		return 'f'
	case "inlineStr":
		return 'i'
	}
	return 'n'
}

// value reads the content of a cell up to its end; held is false when there is none.
func (c *cells) value(s *scanner, raw *Raw, typ byte) (held bool, err error) {
	c.scratch = c.scratch[:0]
	keep, phonetic, stored := false, false, false
	for {
		text, t, ok := s.next()
		if !ok {
			s.cut()
			return false, s.err
		}
		if keep {
			c.scratch = appendText(c.scratch, text)
		}
		if t.text {
			if keep {
				c.scratch = append(c.scratch, t.attrs...)
			}
			continue
		}
		switch string(t.name) {
		case "v":
			keep = !t.close && !t.empty && typ != 'i'
			stored = true
		case "t":
			keep = !t.close && !t.empty && typ == 'i' && !phonetic
		case "rPh":
			phonetic = !t.close && !t.empty
		case "f":
			raw.Formula = true
		case "c":
			return c.finish(raw, typ, stored)
		}
	}
}

// finish decides the kind of a cell whose text is in scratch. A formula may
// come to no text, but without a stored value nobody knows what it came to.
func (c *cells) finish(raw *Raw, typ byte, stored bool) (held bool, err error) {
	b := c.scratch
	if len(b) == 0 {
		raw.Kind = RawNone
		return raw.Formula && !(stored && typ == 'f'), nil
	}
	switch typ {
	case 's':
		n := 0
		for _, d := range b {
			if d < '0' || d > '9' || n >= len(c.shared) {
				return false, errBroken("sharedStrings", errXML)
			}
			n = n*10 + int(d-'0')
		}
		if n >= len(c.shared) {
			return false, errBroken("sharedStrings", errXML)
		}
		raw.Kind, raw.Text = RawText, c.shared[n]
		return raw.Text != "", nil
	case 'i', 'f':
		raw.Kind = RawText
		b = unescape(b)
	case 'e':
		raw.Kind = RawError
	case 'd':
		raw.Kind = RawDay
	case 'b':
		raw.Kind, raw.Text = RawBool, "FALSE"
		if b[0] == '1' || b[0] == 't' {
			raw.Text = "TRUE"
		}
		return true, nil
	default:
		raw.Kind = RawNumber
	}
	raw.Text = c.keep(b)
	return true, nil
}

// keep returns b as a string in the current block of texts.
func (c *cells) keep(b []byte) string {
	if c.texts.Cap()-c.texts.Len() < len(b) {
		c.texts = strings.Builder{}
		c.texts.Grow(max(textBlock, len(b)))
	}
	at := c.texts.Len()
	c.texts.Write(b)
	return c.texts.String()[at:]
}
