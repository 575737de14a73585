package document

import "gongmai/internal/period"

// Document is one official document or plain paper. Empty parts are left out.
type Document struct {
	Head        *Head  // 版头; nil for a plain paper
	Title       string // line feeds split it by meaning; else it is balanced
	To          string // 主送机关, without the colon
	Blocks      []Block
	Annexes     []string // 附件说明: names only, numbering is added
	Signer      string   // 发文机关署名; line feeds between several
	Date        period.Day
	Note        string // 附注, without brackets
	Imprint     *Imprint
	Attachments []Attachment // each begins on a new page, before 版记
}

// Head is the red head (版头).
type Head struct {
	Copy     string // 份号, six digits
	Secrecy  string // 密级和保密期限: 机密★1年
	Urgency  string // 紧急程度: 特急, 加急
	Issuer   string // 发文机关标志: 高台县工业和信息化局文件
	Number   string // 发文字号: 高工信发〔2025〕15号
	Approver string // 签发人, upward documents only
}

// Imprint is 版记, between rules at the bottom of the last page.
type Imprint struct {
	CopyTo string // 抄送, without the full stop
	Issuer string // 印发机关
	Date   period.Day
}

// Attachment is an annex bound with the document.
type Attachment struct {
	Title     string
	Blocks    []Block
	Landscape bool // for wide tables
}

// Block is a part of the running text: Paragraph, Table, Blank or PageBreak.
type Block interface{ block() }

// Paragraph is a heading, a paragraph, or both on one line.
//
// Lead is the heading sentence and takes the typeface of Level (1 黑体, 2 楷体,
// 3 and 4 仿宋); Runs follow in 仿宋. A heading alone has no Runs, a plain
// paragraph no Lead. The numbering (一、 （一） 1. （1）) is part of the text.
type Paragraph struct {
	Level int // 1–4 of Lead; 0 without Lead
	Lead  []Run
	Runs  []Run
	Flush bool // no first-line indent
}

// Blank is a number of blank lines.
type Blank int

// PageBreak starts a new page.
type PageBreak struct{}

func (Paragraph) block() {}
func (Table) block()     {}
func (Blank) block()     {}
func (PageBreak) block() {}

// Run is a piece of a line: a Figure if there is one, else Text.
// A line feed in Text breaks the line, a tab is a tab.
type Run struct {
	Text   string
	Figure *Figure
}

// Figure is a number that opens to its lineage.
type Figure struct {
	ID      string // unique in the document; 1–36 ASCII letters, digits, _
	Code    string // indicator code
	Text    string // as printed, without the unit
	Missing bool   // no value yet: prints 【待补：Title】 and stands out
	Title   string // Chinese name of the indicator
}

// Printed is what the reader sees of f.
func (f Figure) Printed() string {
	if !f.Missing {
		return f.Text
	}
	if f.Title == "" {
		return "【待补】"
	}
	return "【待补：" + f.Title + "】"
}

// Heading returns a heading that stands alone on its line.
func Heading(level int, text string) Paragraph {
	return Paragraph{Level: level, Lead: []Run{{Text: text}}}
}

// Text returns a plain paragraph.
func Text(text string) Paragraph { return Paragraph{Runs: []Run{{Text: text}}} }

// Of returns a run that shows f.
func Of(f Figure) Run { return Run{Figure: &f} }

// Plain is what the reader sees of runs.
func Plain(runs []Run) string {
	s := ""
	for _, r := range runs {
		s += r.printed()
	}
	return s
}

func (r Run) printed() string {
	if r.Figure != nil {
		return r.Figure.Printed()
	}
	return r.Text
}

// Figures lists the figures of d in reading order.
func (d Document) Figures() []Figure {
	var fs []Figure
	d.runs(func(rs []Run) {
		for _, r := range rs {
			if r.Figure != nil {
				fs = append(fs, *r.Figure)
			}
		}
	})
	return fs
}

// runs calls f with every stretch of runs in reading order.
func (d Document) runs(f func([]Run)) {
	all := func(bs []Block) {
		for _, b := range bs {
			switch b := b.(type) {
			case Paragraph:
				f(b.Lead)
				f(b.Runs)
			case Table:
				b.runs(f)
			}
		}
	}
	all(d.Blocks)
	for _, a := range d.Attachments {
		all(a.Blocks)
	}
}
