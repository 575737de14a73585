package document

import (
	_ "embed"
	"io"
	"strconv"
	"strings"

	"gongmai/internal/errs"
)

//go:embed parts/paper.css
var paperCSS string

// WriteHTML writes d as <article class="paper">, for a page that brings its
// own style. A figure is <a class="fig" href="#fig-ID">, a missing one
// <span class="fig missing">; both carry data-id and data-code.
func WriteHTML(w io.Writer, d Document) (err error) {
	defer errs.Wrap(&err, "writing %q as html", d.Title)
	if err := d.Check(); err != nil {
		return err
	}
	var p page
	p.article(d)
	_, err = p.WriteTo(w)
	return err
}

// WriteHTMLPage writes d as a file of its own that prints on A4.
func WriteHTMLPage(w io.Writer, d Document) (err error) {
	defer errs.Wrap(&err, "writing %q as an html page", d.Title)
	if err := d.Check(); err != nil {
		return err
	}
	var p page
	p.raw("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
	p.text(oneLine(d.Title))
	p.raw("</title>\n<style>\n", paperCSS, "</style>\n</head>\n<body>\n")
	p.article(d)
	p.raw("</body>\n</html>\n")
	_, err = p.WriteTo(w)
	return err
}

// page writes HTML.
type page struct{ markup }

func (p *page) article(d Document) {
	p.raw("<article class=\"paper\">\n")
	if d.Head != nil {
		p.head(*d.Head)
	}
	if d.Title != "" {
		p.element("h1", "title", strings.Join(titleLines(d.Title), "\n"))
	}
	if d.To != "" {
		p.element("p", "to", d.To+"：")
	}
	p.blocks(d.Blocks)
	p.ending(d)
	for i, a := range d.Attachments {
		p.raw(`<section class="attachment`)
		if a.Landscape {
			p.raw(` landscape`)
		}
		p.raw("\">\n")
		p.element("p", "mark", attachmentMark(i, len(d.Attachments)))
		if a.Title != "" {
			p.element("h1", "title", strings.Join(titleLines(a.Title), "\n"))
		}
		p.blocks(a.Blocks)
		p.raw("</section>\n")
	}
	if d.Imprint != nil {
		p.imprint(*d.Imprint)
	}
	p.raw("</article>\n")
}

// element writes a line of text; line feeds in it become <br>.
func (p *page) element(tag, class, text string) {
	p.raw(`<`, tag, ` class="`, class, `">`)
	p.words(text)
	p.raw(`</`, tag, ">\n")
}

func (p *page) words(text string) {
	for i, l := range strings.Split(text, "\n") {
		if i > 0 {
			p.raw("<br>")
		}
		p.text(l)
	}
}

func (p *page) head(h Head) {
	p.raw("<header class=\"redhead\">\n")
	for _, x := range []struct{ class, text string }{
		{"mark copy", h.Copy}, {"mark secrecy", h.Secrecy}, {"mark urgency", h.Urgency},
	} {
		if x.text != "" {
			p.element("p", x.class, x.text)
		}
	}
	p.raw(`<p class="issuer" style="font-size:`, strconv.FormatFloat(float64(headSize(h.Issuer))/2, 'f', -1, 64), `pt">`)
	p.words(h.Issuer)
	p.raw("</p>\n")
	if h.Approver == "" {
		p.element("p", "number", h.Number)
	} else {
		p.raw(`<p class="number approved"><span>`)
		p.text(h.Number)
		p.raw(`</span><span>签发人：<span class="lead2">`)
		p.text(h.Approver)
		p.raw("</span></span></p>\n")
	}
	p.raw("</header>\n")
}

func (p *page) blocks(bs []Block) {
	for _, b := range bs {
		switch b := b.(type) {
		case Paragraph:
			p.paragraph(b)
		case Table:
			p.table(b)
		case Blank:
			for range int(b) {
				p.raw("<p class=\"blank\"><br></p>\n")
			}
		case PageBreak:
			p.raw("<hr class=\"pagebreak\">\n")
		}
	}
}

func (p *page) paragraph(b Paragraph) {
	tag, lead := "p", "lead"+strconv.Itoa(b.Level)
	if len(b.Lead) > 0 && len(b.Runs) == 0 {
		tag = "h" + strconv.Itoa(b.Level+1) // h1 is the title
	}
	p.raw(`<`, tag)
	switch {
	case tag != "p":
		p.raw(` class="`, lead, `"`)
	case b.Flush:
		p.raw(` class="flush"`)
	}
	p.raw(`>`)
	if tag == "p" && len(b.Lead) > 0 {
		p.raw(`<span class="`, lead, `">`)
		p.runs(b.Lead)
		p.raw(`</span>`)
	} else {
		p.runs(b.Lead)
	}
	p.runs(b.Runs)
	p.raw(`</`, tag, ">\n")
}

func (p *page) runs(rs []Run) {
	for _, r := range rs {
		if r.Figure != nil {
			p.figure(*r.Figure)
		} else {
			p.words(r.Text)
		}
	}
}

func (p *page) figure(f Figure) {
	tag := "a"
	if f.Missing {
		tag = "span"
		p.raw(`<span class="fig missing"`)
	} else {
		p.raw(`<a class="fig"`)
	}
	p.raw(` id="fig-`, f.ID, `" data-id="`, f.ID, `" data-code="`)
	p.text(f.Code)
	if !f.Missing {
		p.raw(`" href="#fig-`, f.ID)
	}
	if f.Title != "" {
		p.raw(`" title="`)
		p.text(oneLine(f.Title))
	}
	p.raw(`">`)
	p.text(f.Printed())
	p.raw(`</`, tag, `>`)
}
