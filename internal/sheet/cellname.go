package sheet

import "strconv"

// Place is one cell of one worksheet; Row and Column count from 1.
type Place struct {
	Sheet       string
	Row, Column int
}

// Cell returns C7.
func (p Place) Cell() string { return cellName(p.Column, p.Row) }

func (p Place) String() string {
	if p.Sheet == "" {
		return p.Cell()
	}
	return p.Sheet + "!" + p.Cell()
}

func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }

// parseRef reads C7 or $C$7 out of bytes; a part that is not there is 0.
func parseRef(b []byte) (col, row int) {
	i := 0
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c >= 'A' && c <= 'Z':
			col = col*26 + int(c-'A') + 1
		case c >= 'a' && c <= 'z':
			col = col*26 + int(c-'a') + 1
		case c == '$':
		default:
			goto digits
		}
		if col > maxColumns {
			return 0, 0
		}
	}
digits:
	for ; i < len(b); i++ {
		if b[i] < '0' || b[i] > '9' {
			return 0, 0
		}
		if row = row*10 + int(b[i]-'0'); row > maxLines {
			return 0, 0
		}
	}
	return col, row
}

// columnName returns A, B, …, AA for 1, 2, …, 27.
func columnName(col int) string {
	var b [4]byte
	i := len(b)
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}
