package document

import (
	"io"
	"strings"
)

// WriteText writes d line by line, for comparing and for the terminal: a
// paragraph is a line, a table row is its cells between tabs.
func WriteText(w io.Writer, d Document) error {
	var t text
	if h := d.Head; h != nil {
		t.lines(h.Copy, h.Secrecy, h.Urgency, h.Issuer, h.Number, labelled("签发人：", h.Approver, ""))
	}
	t.lines(titleLines(d.Title)...)
	t.lines(labelled("", d.To, "："))
	t.blocks(d.Blocks)
	t.lines(annexLines(d.Annexes)...)
	t.lines(strings.Split(d.Signer, "\n")...)
	t.lines(chineseDay(d.Date), labelled("（", d.Note, "）"))
	for i, a := range d.Attachments {
		t.lines(attachmentMark(i, len(d.Attachments)))
		t.lines(titleLines(a.Title)...)
		t.blocks(a.Blocks)
	}
	if m := d.Imprint; m != nil {
		t.lines(labelled("抄送：", m.CopyTo, "。"), strings.TrimSpace(m.Issuer+"　"+labelled("", chineseDay(m.Date), "印发")))
	}
	_, err := io.WriteString(w, t.String())
	return err
}

type text struct{ strings.Builder }

func (t *text) lines(ls ...string) {
	for _, l := range ls {
		if l != "" {
			t.WriteString(l + "\n")
		}
	}
}

func (t *text) blocks(bs []Block) {
	for _, b := range bs {
		switch b := b.(type) {
		case Paragraph:
			t.lines(Plain(b.Lead) + Plain(b.Runs))
		case Table:
			t.lines(b.Title, labelled("单位：", b.Unit, ""))
			t.rows(b.Header)
			t.rows(b.Rows)
			t.lines(b.Notes...)
		}
	}
}

func (t *text) rows(rows [][]Cell) {
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				t.WriteByte('\t')
			}
			t.WriteString(oneLine(Plain(c.Runs)))
		}
		t.WriteByte('\n')
	}
}

func labelled(before, s, after string) string {
	if s == "" {
		return ""
	}
	return before + s + after
}
