package document

import (
	"archive/zip"
	"embed"
	"io"
	"time"

	"gongmai/internal/errs"
)

//go:embed parts
var parts embed.FS

// static are the parts of the package that are the same for every document.
var static = []struct{ name, file string }{
	{"[Content_Types].xml", "content_types.xml"}, // first, as OPC readers expect
	{"_rels/.rels", "rels.xml"},
	{"word/_rels/document.xml.rels", "document_rels.xml"},
	{"word/styles.xml", "styles.xml"},
	{"word/settings.xml", "settings.xml"},
	{"word/fontTable.xml", "fontTable.xml"},
	{"word/footer1.xml", "footer1.xml"}, // odd pages
	{"word/footer2.xml", "footer2.xml"}, // even pages
	{"docProps/app.xml", "app.xml"},
	{"customXml/itemProps1.xml", "item_props.xml"},
	{"customXml/_rels/item1.xml.rels", "item_rels.xml"},
}

// zipTime stands for every part's time: the same document is the same bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// WriteDOCX writes d as a Word document laid out after GB/T 9704-2012.
func WriteDOCX(w io.Writer, d Document) (err error) {
	defer errs.Wrap(&err, "writing %q as docx", d.Title)
	if err := d.Check(); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, p := range static {
		b, err := parts.ReadFile("parts/" + p.file)
		if err != nil {
			return err
		}
		if err := addPart(z, p.name, b); err != nil {
			return err
		}
	}
	for _, p := range []struct {
		name string
		body []byte
	}{
		{"word/document.xml", documentXML(d)},
		{"docProps/core.xml", coreXML(d)},
		{"customXml/item1.xml", manifestXML(d)},
	} {
		if err := addPart(z, p.name, p.body); err != nil {
			return err
		}
	}
	return z.Close()
}

func addPart(z *zip.Writer, name string, b []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime})
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func coreXML(d Document) []byte {
	var m markup
	m.raw(xmlHead, `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	m.text(oneLine(d.Title))
	m.raw(`</dc:title><dc:creator>`)
	m.text(oneLine(d.Signer))
	m.raw(`</dc:creator>`)
	if d.Date != 0 {
		m.raw(`<dcterms:created xsi:type="dcterms:W3CDTF">`, d.Date.String(), `T00:00:00Z</dcterms:created>`)
	}
	m.raw(`</cp:coreProperties>`)
	return m.Bytes()
}

// manifestNS is the namespace of customXml/item1.xml.
const manifestNS = "urn:gongmai:figures:1"

// manifestXML lists the figures as they were when the document was written.
func manifestXML(d Document) []byte {
	var m markup
	m.raw(xmlHead, `<figures xmlns="`, manifestNS, `">`)
	for _, f := range d.Figures() {
		m.raw(`<figure id="`, f.ID, `" code="`)
		m.text(f.Code)
		m.raw(`" title="`)
		m.text(f.Title)
		if f.Missing {
			m.raw(`" missing="1`)
		}
		m.raw(`">`)
		m.text(f.Printed())
		m.raw(`</figure>`)
	}
	m.raw(`</figures>`)
	return m.Bytes()
}
