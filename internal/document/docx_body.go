package document

import "strings"

// body writes word/document.xml. marks numbers the bookmarks and controls.
type body struct {
	markup
	marks int
	wide  bool // the section at hand is landscape
}

func documentXML(d Document) []byte {
	b := &body{}
	b.Grow(64 << 10)
	b.raw(xmlHead, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	if d.Head != nil {
		b.head(*d.Head)
	}
	b.title(d.Title)
	if d.To != "" {
		b.line("a", "", d.To+"：")
	}
	b.blocks(d.Blocks)
	b.ending(d)
	for i, a := range d.Attachments {
		b.attachment(attachmentMark(i, len(d.Attachments)), a)
	}
	if b.wide && d.Imprint != nil {
		b.turn(false)
		b.blank(1) // without it LibreOffice puts 版记 on the page before
	}
	if d.Imprint != nil {
		b.imprint(*d.Imprint)
	}
	b.section("nextPage")
	b.raw(`</w:body></w:document>`)
	return b.Bytes()
}

func (b *body) blocks(bs []Block) {
	for _, x := range bs {
		switch x := x.(type) {
		case Paragraph:
			b.paragraph(x)
		case Table:
			b.table(x)
		case Blank:
			b.blank(int(x))
		case PageBreak:
			b.raw(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		}
	}
}

func (b *body) blank(n int) {
	for range n {
		b.raw(`<w:p/>`)
	}
}

// line writes one paragraph of plain text; props are what follows pStyle.
func (b *body) line(style, props, text string) {
	b.raw(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`, props, `</w:pPr>`)
	b.run(text, "")
	b.raw(`</w:p>`)
}

func (b *body) title(title string) {
	if title == "" {
		return
	}
	for _, l := range titleLines(title) {
		b.line("title", "", l)
	}
	b.blank(1)
}

func (b *body) paragraph(p Paragraph) {
	style := "body"
	if len(p.Lead) > 0 && len(p.Runs) == 0 {
		style = string(rune('0' + p.Level))
	}
	b.raw(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
	if p.Flush {
		b.raw(`<w:ind w:firstLineChars="0" w:firstLine="0"/>`)
	}
	b.raw(`</w:pPr>`)
	face := ""
	if style == "body" {
		face = leadFace(p.Level)
	}
	b.runs(p.Lead, face)
	b.runs(p.Runs, "")
	b.raw(`</w:p>`)
}

// leadFace is the typeface of a run-in heading where it is not the body's.
func leadFace(level int) string {
	switch level {
	case 1:
		return "黑体"
	case 2:
		return "楷体_GB2312"
	}
	return ""
}

func (b *body) runs(rs []Run, face string) {
	for _, r := range rs {
		if r.Figure != nil {
			b.figure(*r.Figure, face)
		} else {
			b.run(r.Text, face)
		}
	}
}

// run writes s as one run; the hint gives quotes and dashes full width.
func (b *body) run(s, face string) {
	if s == "" {
		return
	}
	b.raw(`<w:r>`)
	b.runProps(face, false)
	b.content(s)
	b.raw(`</w:r>`)
}

func (b *body) runProps(face string, missing bool) {
	b.raw(`<w:rPr><w:rFonts w:hint="eastAsia"`)
	if face != "" {
		b.raw(` w:ascii="`, face, `" w:eastAsia="`, face, `" w:hAnsi="`, face, `"`)
	}
	b.raw(`/>`)
	if missing {
		b.raw(`<w:highlight w:val="yellow"/>`)
	}
	b.raw(`</w:rPr>`)
}

// content writes s as w:t, with tabs and line feeds as their own elements.
func (b *body) content(s string) {
	for len(s) > 0 {
		i := strings.IndexAny(s, "\t\n")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			b.raw(`<w:t xml:space="preserve">`)
			b.text(s[:i])
			b.raw(`</w:t>`)
		}
		if i == len(s) {
			return
		}
		if s[i] == '\t' {
			b.raw(`<w:tab/>`)
		} else {
			b.raw(`<w:br/>`)
		}
		s = s[i+1:]
	}
}

// figure writes f as a content control inside a bookmark.
func (b *body) figure(f Figure, face string) {
	b.marks++
	b.raw(`<w:bookmarkStart w:id="`)
	b.num(b.marks)
	b.raw(`" w:name="`, bookmarkPrefix, f.ID, `"/><w:sdt><w:sdtPr>`)
	b.runProps(face, f.Missing)
	if f.Title != "" {
		b.raw(`<w:alias w:val="`)
		b.text(truncate(oneLine(f.Title), 64))
		b.raw(`"/>`)
	}
	b.raw(`<w:tag w:val="`)
	b.text(tagOf(f))
	b.raw(`"/><w:id w:val="`)
	b.num(b.marks)
	b.raw(`"/><w:text/></w:sdtPr><w:sdtContent><w:r>`)
	b.runProps(face, f.Missing)
	b.content(oneLine(f.Printed()))
	b.raw(`</w:r></w:sdtContent></w:sdt><w:bookmarkEnd w:id="`)
	b.num(b.marks)
	b.raw(`"/>`)
}

// oneLine puts a space for line feeds and tabs, which a plain-text control
// and an attribute cannot hold.
func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\t", " ").Replace(s) }

// tagOf is code#id, or #id where the code is too long for Word's 64
// characters; the manifest always has the code.
func tagOf(f Figure) string {
	if t := f.Code + "#" + f.ID; len([]rune(t)) <= 64 {
		return t
	}
	return "#" + f.ID
}
