package document

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"

	"gongmai/internal/errs"
)

// forRendering rewrites a DOCX for LibreOffice 7.4, whose faults would show:
//
//   - it turns content controls into input fields, which lose their typeface
//     and the space between numbers and Chinese: the controls are unwrapped;
//   - it reads w:overflowPunct inverted, and in justified lines it then drops
//     the punctuation that hangs over the margin: one setting, for all;
//   - it floats a table only where 469/100 mm of the line stay free: our 版记
//     is made that much narrower.
//
// The document that people get is never rewritten.
func forRendering(docx []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		return nil, errs.Say(errs.Invalid, "文件不是 DOCX")
	}
	if len(z.File) > maxParts {
		return nil, errTooMuch
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if !strings.HasPrefix(f.Name, "word/") || !strings.HasSuffix(f.Name, ".xml") {
			err = w.Copy(f)
		} else {
			err = rewritePart(w, f)
		}
		if err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func rewritePart(w *zip.Writer, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return errs.Say(errs.Invalid, "文件的 %s 打不开：%v", f.Name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxBodyXML+1))
	if err != nil {
		return errs.Say(errs.Invalid, "文件的 %s 已损坏：%v", f.Name, err)
	}
	if len(b) > maxBodyXML {
		return errTooMuch
	}
	return addPart(w, f.Name, renderable(b))
}

var (
	// w:sdtPr holds no w:sdtPr; w:sdt and w:sdtContent may stand anywhere.
	controlPr   = regexp.MustCompile(`(?s)<w:sdt(End)?Pr(\s[^>]*)?/>|<w:sdtPr(\s[^>]*)?>.*?</w:sdtPr>|<w:sdtEndPr(\s[^>]*)?>.*?</w:sdtEndPr>`)
	controlTag  = regexp.MustCompile(`</?w:sdt(Content)?(\s[^>]*)?/?>`)
	overflow    = regexp.MustCompile(`<w:overflowPunct(\s[^>]*)?/>`)
	pDefaults   = regexp.MustCompile(`<w:pPrDefault\s*/>`)
	pDefaultsPr = regexp.MustCompile(`<w:pPrDefault>\s*(<w:pPr>|<w:pPr\s*/>)?`)
)

func renderable(b []byte) []byte {
	b = controlPr.ReplaceAll(b, nil)
	b = controlTag.ReplaceAll(b, nil)
	b = overflow.ReplaceAll(b, nil)
	b = pDefaults.ReplaceAll(b, []byte(`<w:pPrDefault><w:pPr/></w:pPrDefault>`))
	b = pDefaultsPr.ReplaceAllFunc(b, func(m []byte) []byte {
		end := ""
		if !bytes.HasSuffix(m, []byte(`<w:pPr>`)) {
			end = `</w:pPr>`
		}
		return []byte(`<w:pPrDefault><w:pPr><w:overflowPunct w:val="1"/>` + end)
	})
	return bytes.ReplaceAll(b, []byte(imprintTable), []byte(strings.ReplaceAll(imprintTable, "8845", "8570")))
}
