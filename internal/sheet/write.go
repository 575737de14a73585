package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gongmai/internal/errs"

	"github.com/xuri/excelize/v2"
)

// table draws one sheet: a list or a card.
type table interface {
	frame() frame
	draw(*canvas)
	checks() []check
	positions() (columns, rows []int)
}

func newTable(s Sheet) table {
	if s.Orient == Card {
		return newCard(s)
	}
	return newList(s)
}

// Write writes b as an .xlsx. The same Book gives the same bytes.
func Write(w io.Writer, b Book) (err error) {
	defer errs.Wrap(&err, "writing workbook %q", b.Form)
	if err := b.check(); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	tables := make([]table, len(b.Sheets))
	for i, s := range b.Sheets {
		tables[i] = newTable(s)
	}
	if err := prepare(f, b, tables); err != nil {
		return err
	}
	st := &styles{file: f, made: map[look]int{}}
	dims := make([]string, 0, len(tables)+1)
	var lists [][]string
	for i, t := range tables {
		if err := addChecks(f, b.Sheets[i].Name, t.checks(), &lists); err != nil {
			return err
		}
		dim, err := drawSheet(f, st, b.Sheets[i].Name, t.frame(), t.draw)
		if err != nil {
			return err
		}
		dims = append(dims, dim)
	}
	dim, err := drawSheet(f, st, manifestName, frame{}, func(c *canvas) { drawManifest(c, manifestLines(b, tables), lists) })
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if _, err := f.WriteTo(&buf); err != nil {
		return err
	}
	return pack(w, buf.Bytes(), append(dims, dim))
}

// check refuses what Excel would not open.
func (b Book) check() error {
	if len(b.Sheets) == 0 {
		return errs.Say(errs.Invalid, "工作簿没有工作表")
	}
	seen := map[string]bool{strings.ToLower(manifestName): true}
	for _, s := range b.Sheets {
		name := strings.ToLower(s.Name)
		switch {
		case s.Name == "" || len([]rune(s.Name)) > 31 || strings.ContainsAny(s.Name, `[]:*?/\'`):
			return errs.Say(errs.Invalid, "工作表名“%s”不合规：应为 1 至 31 个字，不含 [ ] : * ? / \\ '", s.Name)
		case seen[name]:
			return errs.Say(errs.Invalid, "工作表名“%s”重复", s.Name)
		case len(s.Columns) == 0:
			return errs.Say(errs.Invalid, "工作表“%s”没有栏目", s.Name)
		case len(s.Columns) > maxColumns || len(s.Rows)+s.Blank > maxLines:
			return errs.Say(errs.Invalid, "工作表“%s”有 %d 行 %d 栏，Excel 最多 %d 行 %d 栏，请改用 CSV 或分表导出",
				s.Name, len(s.Rows)+s.Blank, len(s.Columns), maxLines, maxColumns)
		}
		seen[name] = true
	}
	return nil
}

// prepare makes the sheets and sets all that must stand before their cells.
func prepare(f *excelize.File, b Book, tables []table) error {
	for i, s := range b.Sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.Name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(s.Name); err != nil {
			return err
		}
	}
	if _, err := f.NewSheet(manifestName); err != nil {
		return err
	}
	if err := f.SetSheetVisible(manifestName, false); err != nil {
		return err
	}
	for i, s := range b.Sheets {
		if err := setupPage(f, s, tables[i].frame()); err != nil {
			return fmt.Errorf("setting up sheet %q: %w", s.Name, err)
		}
	}
	title := b.Sheets[0].Title
	if err := f.SetAppProps(&excelize.AppProperties{Application: "Gongmai"}); err != nil {
		return err
	}
	return f.SetDocProps(&excelize.DocProperties{
		Creator: "工脉", Title: title, Language: "zh-CN",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z", // fixed: same Book, same bytes
	})
}

func drawSheet(f *excelize.File, st *styles, name string, fr frame, draw func(*canvas)) (dim string, err error) {
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return "", err
	}
	for i := len(fr.widths) - 1; i >= 0; i-- { // each call puts its column before the others; the file must have them ascend
		if err := sw.SetColWidth(i+1, i+1, fr.widths[i]); err != nil {
			return "", err
		}
	}
	c := &canvas{stream: sw, styles: st, name: name}
	draw(c)
	if c.err != nil {
		return "", c.err
	}
	return "A1:" + cellName(max(c.col, 1), max(c.row, 1)), sw.Flush()
}

func drawManifest(c *canvas, lines, lists [][]string) {
	n := len(lines)
	for _, l := range lists {
		n = max(n, len(l))
	}
	text := look{format: "@", nowrap: true}
	for i := range n {
		spots := make([]spot, 0, listColumn+len(lists))
		if i < len(lines) {
			for _, t := range lines[i] {
				spots = append(spots, spot{t, text})
			}
		}
		for k, l := range lists {
			if i < len(l) {
				for len(spots) < listColumn-1+k {
					spots = append(spots, spot{nil, text})
				}
				spots = append(spots, spot{l[i], text})
			}
		}
		c.line(0, spots)
	}
}

// excelValue returns what the file holds for v. A number of more than 15
// digits goes as text: programs keep numbers as float64 and would round it.
func excelValue(v Value) any {
	switch v.Kind {
	case Missing:
		return nil
	case Number:
		s := v.Number.String()
		if c := v.Number.Coef(); c > 999_999_999_999_999 || c < -999_999_999_999_999 {
			return s
		}
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return s
		}
		return x
	case Day:
		return serial(v.Day)
	}
	return v.String()
}
