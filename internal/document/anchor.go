package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"gongmai/internal/errs"
)

// Anchor is a figure found in a document that came back.
type Anchor struct {
	ID   string
	Code string // "" where neither the tag nor the manifest is left
	Text string // as it stands in the document now
	Was  string // as it was written; "" without a manifest
	Lost bool   // in the manifest, no longer in the text
}

// Limits on what a document of others may make us read.
const (
	maxParts    = 4096
	maxBodyXML  = 64 << 20 // bytes of word/document.xml, unpacked
	maxManifest = 8 << 20
	maxAnchors  = 10000
	maxDepth    = 1000 // elements inside each other
	maxOpen     = 64   // figures inside each other
	maxFigure   = 4096 // bytes of one figure's text
)

const bookmarkPrefix = "fig_"

var errTooMuch = errs.Say(errs.Invalid, "文件展开后过大，或标记过多，未予读取")

// ReadFigures finds the figures of a DOCX by their content controls, and by
// their bookmarks where an editor dropped the controls, in reading order;
// lost ones follow. Text that tracked changes delete does not count.
func ReadFigures(r io.ReaderAt, size int64) ([]Anchor, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errs.Say(errs.Invalid, "文件不是 DOCX；旧格式（.doc、.wps）请另存为 .docx")
	}
	if len(z.File) > maxParts {
		return nil, errTooMuch
	}
	main := part(z, "word/document.xml")
	if main == nil {
		return nil, errs.Say(errs.Invalid, "文件里没有正文（word/document.xml），不是 Word 文档")
	}
	var s scan
	if err := readPart(main, maxBodyXML, s.token); err != nil {
		return nil, err
	}
	found := s.found()
	if m := manifestPart(z); m != nil {
		var listed manifest
		// A manifest that cannot be read is as good as none: the text counts.
		if err := readPart(m, maxManifest, listed.token); err == nil {
			found = listed.apply(found)
		} else if errs.Kind(err) == nil {
			return nil, err
		}
	}
	return found, nil
}

func part(z *zip.Reader, name string) *zip.File {
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, name) })
	if i < 0 {
		return nil
	}
	return z.File[i]
}

// manifestPart finds our custom part; editors renumber them.
func manifestPart(z *zip.Reader) *zip.File {
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "customXml/item") || strings.HasPrefix(f.Name, "customXml/itemProps") {
			continue
		}
		ours := false
		err := readPart(f, maxManifest, func(t xml.Token, _ int) error {
			if e, ok := t.(xml.StartElement); ok {
				ours = slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return a.Value == manifestNS })
				return io.EOF
			}
			return nil
		})
		if err == nil && ours {
			return f
		}
	}
	return nil
}

// readPart calls each for every token of f until io.EOF, holding to limit
// bytes unpacked whatever the archive says of itself.
func readPart(f *zip.File, limit int64, each func(t xml.Token, depth int) error) error {
	rc, err := f.Open()
	if err != nil {
		return errs.Say(errs.Invalid, "文件的 %s 打不开：%v", f.Name, err)
	}
	defer rc.Close()
	cut := &io.LimitedReader{R: rc, N: limit + 1}
	d := xml.NewDecoder(cut)
	for depth := 0; ; {
		t, err := d.RawToken()
		switch {
		case cut.N <= 0 || depth > maxDepth:
			return errTooMuch
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errs.Say(errs.Invalid, "文件的 %s 已损坏：%v", f.Name, err)
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if err := each(t, depth); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// splitTag reads code#id; ok is false for a tag of others.
func splitTag(tag string) (code, id string, ok bool) {
	i := strings.LastIndexByte(tag, '#')
	if i < 0 || !validID(tag[i+1:]) {
		return "", "", false
	}
	return tag[:i], tag[i+1:], true
}

// splitBookmark reads fig_<id>; an editor may add a number on copying, which
// then names no figure and is left alone.
func splitBookmark(name string) (id string, ok bool) {
	id, ok = strings.CutPrefix(name, bookmarkPrefix)
	return id, ok && validID(id)
}
