package document

import "fmt"

// table writes t over the whole type area, its header repeated on every page.
func (b *body) table(t Table) {
	wide := typeWide
	if b.wide {
		wide = pageHigh - marginTop - marginBot
	}
	if t.Title != "" {
		b.line("caption", "", t.Title)
	}
	if t.Unit != "" {
		b.line("cell", `<w:keepNext/><w:jc w:val="right"/>`, "单位："+t.Unit)
	}
	ws := t.widths(wide)
	b.raw(`<w:tbl><w:tblPr>`)
	fmt.Fprintf(b, `<w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, wide)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.raw(`<w:`, side, ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.raw(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range ws {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.raw(`</w:tblGrid>`)
	header, _ := grid(t.Header, len(t.Columns))
	for _, row := range header {
		b.row(row, ws, rowStyle{header: true})
	}
	rows, _ := grid(t.Rows, len(t.Columns))
	aligns := make([]Align, len(t.Columns))
	for i := range aligns {
		aligns[i] = t.align(i, rows)
	}
	for i, row := range rows {
		b.row(row, ws, rowStyle{aligns: aligns, keep: i == len(rows)-1 && len(t.Notes) > 0})
	}
	if len(header)+len(rows) == 0 { // a table without rows is a damaged file
		b.row([]slot{{span: len(t.Columns)}}, ws, rowStyle{aligns: aligns})
	}
	b.raw(`</w:tbl>`)
	if len(t.Notes) == 0 {
		b.raw(`<w:p><w:pPr><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>`) // keeps tables apart
	}
	for _, n := range t.Notes {
		b.line("cell", "", n)
	}
}

// rowStyle is how the cells of a row are set: keep holds a last row to the notes below.
type rowStyle struct {
	header, keep bool
	aligns       []Align // by column, of body rows
}

func (b *body) row(slots []slot, ws []int, st rowStyle) {
	b.raw(`<w:tr><w:trPr><w:cantSplit/>`)
	if st.header {
		b.raw(`<w:tblHeader/>`)
	}
	b.raw(`</w:trPr>`)
	for _, s := range slots {
		w := 0
		for _, x := range ws[s.col : s.col+s.span] {
			w += x
		}
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, w)
		if s.span > 1 {
			fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, s.span)
		}
		switch {
		case s.below:
			b.raw(`<w:vMerge/>`)
		case s.Down > 1:
			b.raw(`<w:vMerge w:val="restart"/>`)
		}
		b.raw(`<w:vAlign w:val="center"/></w:tcPr>`)
		b.cell(s, st)
		b.raw(`</w:tc>`)
	}
	b.raw(`</w:tr>`)
}

func (b *body) cell(s slot, st rowStyle) {
	style, align := "cellhead", Center
	if !st.header {
		style, align = "cell", st.aligns[s.col]
		if s.span > 1 {
			align = Center
		}
	}
	b.raw(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
	if st.keep {
		b.raw(`<w:keepNext/>`)
	}
	switch align {
	case Center:
		b.raw(`<w:jc w:val="center"/>`)
	case Right:
		b.raw(`<w:jc w:val="right"/>`)
	}
	b.raw(`</w:pPr>`)
	b.runs(s.Runs, "")
	b.raw(`</w:p>`)
}
