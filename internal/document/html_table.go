package document

import "fmt"

func (p *page) table(t Table) {
	p.raw("<figure class=\"sheet\">\n")
	if t.Title != "" {
		p.element("figcaption", "caption", t.Title)
	}
	if t.Unit != "" {
		p.element("p", "unit", "单位："+t.Unit)
	}
	p.raw("<table>\n<colgroup>")
	for _, w := range t.widths(10000) {
		fmt.Fprintf(p, `<col style="width:%d.%02d%%">`, w/100, w%100)
	}
	p.raw("</colgroup>\n")
	rows, _ := grid(t.Rows, len(t.Columns))
	aligns := make([]Align, len(t.Columns))
	for i := range aligns {
		aligns[i] = t.align(i, rows)
	}
	header, _ := grid(t.Header, len(t.Columns))
	p.section("thead", "th", header, nil)
	p.section("tbody", "td", rows, aligns)
	p.raw("</table>\n")
	for _, n := range t.Notes {
		p.element("p", "note", n)
	}
	p.raw("</figure>\n")
}

func (p *page) section(part, cell string, rows [][]slot, aligns []Align) {
	if len(rows) == 0 {
		return
	}
	p.raw(`<`, part, ">\n")
	for _, row := range rows {
		p.raw(`<tr>`)
		for _, s := range row {
			if s.below {
				continue
			}
			p.raw(`<`, cell)
			if s.span > 1 {
				fmt.Fprintf(p, ` colspan="%d"`, s.span)
			}
			if s.Down > 1 {
				fmt.Fprintf(p, ` rowspan="%d"`, s.Down)
			}
			if aligns != nil && s.span == 1 {
				p.raw([]string{"", "", ` class="center"`, ` class="right"`}[aligns[s.col]])
			} else if aligns != nil {
				p.raw(` class="center"`)
			}
			p.raw(`>`)
			p.runs(s.Runs)
			p.raw(`</`, cell, `>`)
		}
		p.raw("</tr>\n")
	}
	p.raw(`</`, part, ">\n")
}

func (p *page) ending(d Document) {
	if len(d.Annexes) > 0 {
		p.raw("<div class=\"annexes\">\n")
		for i, l := range annexLines(d.Annexes) {
			class := "annex"
			if i > 0 {
				class = "annex next"
			}
			p.element("p", class, l)
		}
		p.raw("</div>\n")
	}
	if lines := signing(d); len(lines) > 0 {
		p.raw("<div class=\"signature\">\n")
		for _, l := range lines {
			fmt.Fprintf(p, `<p style="margin-right:%d.%dem">`, l.right/2, l.right%2*5)
			p.text(l.text)
			p.raw("</p>\n")
		}
		p.raw("</div>\n")
	}
	if d.Note != "" {
		p.element("p", "postscript", "（"+d.Note+"）")
	}
}

func (p *page) imprint(m Imprint) {
	p.raw("<footer class=\"imprint\">\n")
	if m.CopyTo != "" {
		p.element("p", "copyto", "抄送："+m.CopyTo+"。")
	}
	p.raw(`<p class="issued"><span>`)
	p.text(m.Issuer)
	p.raw(`</span><span>`)
	if m.Date != 0 {
		p.text(chineseDay(m.Date) + "印发")
	}
	p.raw("</span></p>\n</footer>\n")
}
