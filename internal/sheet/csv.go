package sheet

import (
	"encoding/csv"
	"io"
	"strings"

	"gongmai/internal/errs"
)

// WriteCSV writes the table of s, without title and foot, as UTF-8 with a
// byte order mark, by which Excel knows Chinese. Text that a spreadsheet
// would run as a formula gets a leading apostrophe.
func WriteCSV(w io.Writer, s Sheet) (err error) {
	defer errs.Wrap(&err, "writing csv of %q", s.Name)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	cw := csv.NewWriter(w)
	cw.UseCRLF = true
	lines := csvList
	if s.Orient == Card {
		lines = csvCard
	}
	lines(s, func(fields []string) { err = cw.Write(fields) }, func() bool { return err != nil })
	if err != nil {
		return err
	}
	cw.Flush()
	return cw.Error()
}

func csvList(s Sheet, put func([]string), stop func() bool) {
	line := make([]string, len(s.Columns))
	for j, c := range s.Columns {
		line[j] = harmless(c.head())
	}
	put(line)
	for _, r := range s.Rows {
		if stop() {
			return
		}
		for j := range s.Columns {
			line[j] = csvValue(r.cell(j).Value)
		}
		put(line)
	}
}

func csvCard(s Sheet, put func([]string), stop func() bool) {
	line := []string{cardNumber, cardName, cardUnit}
	for _, r := range s.Rows {
		line = append(line, harmless(r.Label))
	}
	put(line)
	for j, c := range s.Columns {
		if stop() {
			return
		}
		line = append(line[:0], harmless(number(s.Columns, j)), harmless(c.Name), harmless(c.Unit))
		for _, r := range s.Rows {
			line = append(line, csvValue(r.cell(j).Value))
		}
		put(line)
	}
}

// head is the column's whole name on one line: 本月·工业总产值（千元）.
func (c Column) head() string {
	h := c.Name
	if c.Group != "" {
		h = c.Group + "·" + h
	}
	if c.Unit != "" {
		h += "（" + c.Unit + "）"
	}
	return h
}

func csvValue(v Value) string {
	if v.Kind == Text {
		return harmless(v.Text)
	}
	return v.String()
}

// harmless keeps spreadsheets from running text as a formula. Excel in East
// Asian locales takes the full-width signs too.
func harmless(s string) string {
	t := strings.TrimLeft(s, " \u3000")
	if t == "" {
		return s
	}
	switch r := []rune(t)[0]; {
	case strings.ContainsRune("=+-@\t\r\n＝＋－＠", r):
		return "'" + s
	}
	return s
}
