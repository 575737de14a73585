package document

import "fmt"

// head writes the red head. Three lines are kept for 份号, 密级 and 紧急程度
// even where they are empty, so that 发文机关标志 stands at 35 mm.
func (b *body) head(h Head) {
	for _, s := range []string{h.Copy, h.Secrecy, h.Urgency} {
		b.line("mark", "", s)
	}
	size := headSize(h.Issuer) // half-points
	high := size * 12          // twips: 1.2 of the size
	before := max(headTop-3*line-(high-size*10)/2, 0)
	b.raw(`<w:p><w:pPr><w:pStyle w:val="issuer"/>`)
	fmt.Fprintf(b, `<w:spacing w:before="%d" w:line="%d" w:lineRule="exact"/></w:pPr>`, before, high)
	fmt.Fprintf(b, `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, size, size)
	b.content(h.Issuer)
	b.raw(`</w:r></w:p>`)
	b.blank(2)
	rule := fmt.Sprintf(`<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="%d" w:color="FF0000"/></w:pBdr>`, ruleBelow)
	if h.Approver == "" {
		b.line("a", rule+`<w:jc w:val="center"/>`, h.Number)
	} else {
		b.raw(`<w:p><w:pPr><w:pStyle w:val="a"/>`, rule)
		fmt.Fprintf(b, `<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:ind w:firstLineChars="0" w:firstLine="%d"/></w:pPr>`, typeWide-character, character)
		b.run(h.Number+"\t签发人：", "")
		b.run(h.Approver, "楷体_GB2312")
		b.raw(`</w:p>`)
	}
	b.blank(2)
}

// ending writes 附件说明, 署名, 成文日期 and 附注.
func (b *body) ending(d Document) {
	if len(d.Annexes) > 0 {
		b.blank(1)
	}
	for i, l := range annexLines(d.Annexes) {
		left, hang := 13, 3 // half characters: the names stand below each other
		switch {
		case len(d.Annexes) == 1:
			left, hang = 10, 6
		case i == 0:
			hang = 9
		}
		b.line("a", fmt.Sprintf(`<w:ind w:left="%d" w:hanging="%d"/>`, left*character/2, hang*character/2), l)
	}
	b.signature(d)
	if d.Note != "" {
		b.line("body", "", "（"+d.Note+"）")
	}
}

func (b *body) signature(d Document) {
	lines := signing(d)
	if len(lines) == 0 {
		return
	}
	b.blank(1)
	if d.Head != nil {
		b.blank(1) // the seal stands over name and date
	}
	for i, l := range lines {
		keep := ""
		if i < len(lines)-1 {
			keep = `<w:keepNext/>`
		}
		b.line("a", fmt.Sprintf(`%s<w:ind w:right="%d"/><w:jc w:val="right"/>`, keep, l.right*character/2), l.text)
	}
}

// attachment writes an annex on a page of its own.
func (b *body) attachment(mark string, a Attachment) {
	start := `<w:pageBreakBefore/>`
	if a.Landscape != b.wide {
		b.turn(a.Landscape)
		start = ""
	}
	b.line("mark", start, mark)
	b.blank(1)
	b.title(a.Title)
	b.blocks(a.Blocks)
}

// turn ends the section at hand; what follows begins a page of the other kind.
func (b *body) turn(wide bool) {
	b.raw(`<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>`)
	b.section("nextPage")
	b.raw(`</w:pPr></w:p>`)
	b.wide = wide
}

// section writes the properties of the section at hand. The footer stands so
// that the dash of the page number is 7 mm below the type area.
func (b *body) section(kind string) {
	b.raw(`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:type w:val="`, kind, `"/>`)
	if b.wide {
		fmt.Fprintf(b, `<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, pageHigh, pageWide)
		fmt.Fprintf(b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="896" w:gutter="0"/>`, marginL, marginTop, marginR, marginBot)
	} else {
		fmt.Fprintf(b, `<w:pgSz w:w="%d" w:h="%d"/>`, pageWide, pageHigh)
		fmt.Fprintf(b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="1406" w:gutter="0"/>`, marginTop, marginR, marginBot, marginL)
	}
	fmt.Fprintf(b, `<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`, line)
}

// imprintTable opens 版记: a table that floats at the bottom of the type area.
// Rules: outer 0.35 mm, inner 0.25 mm. render.go knows this text.
const imprintTable = `<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/><w:tblW w:w="8845" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="8845"/></w:tblGrid>`

// imprint writes 版记, 四号 one character from either side.
func (b *body) imprint(m Imprint) {
	b.raw(imprintTable)
	if m.CopyTo != "" {
		b.imprintRow(`<w:ind w:left="1120" w:right="280" w:hanging="840"/>`, "抄送："+m.CopyTo+"。")
	}
	issued := m.Issuer
	if m.Date != 0 {
		issued += "\t" + chineseDay(m.Date) + "印发"
	}
	if issued != "" || m.CopyTo == "" {
		b.imprintRow(fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:ind w:left="280" w:right="280"/>`, typeWide-280), issued)
	}
	b.raw(`</w:tbl><w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>`)
}

func (b *body) imprintRow(props, text string) {
	b.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="8845" w:type="dxa"/></w:tcPr>`)
	b.line("imprint", props, text)
	b.raw(`</w:tc></w:tr>`)
}
