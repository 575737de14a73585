package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gongmai/internal/errs"
)

// Limits bound what Read takes. A zero field means its default.
type Limits struct {
	Unzipped int64 // bytes of all parts read; default 512 MiB
	Rows     int   // rows of a sheet that hold something; default 200,000
	Columns  int   // the rightmost column that may hold something; default 1,024
	Cells    int   // cells of all sheets that hold something; default 4,000,000
}

func (l Limits) withDefaults() Limits {
	d := Limits{512 << 20, 200_000, 1_024, 4_000_000}
	if l.Unzipped > 0 {
		d.Unzipped = l.Unzipped
	}
	if l.Rows > 0 {
		d.Rows = l.Rows
	}
	if l.Columns > 0 {
		d.Columns = l.Columns
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	return d
}

// Read reads an .xlsx. What stops it is Invalid and tells in Chinese what to
// do; an error of r itself is returned as it is.
//
// Rows and cells that hold nothing cost no memory, however many are formatted.
func Read(r io.ReaderAt, size int64, l Limits) (*Reading, error) {
	l = l.withDefaults()
	if err := recognise(r, size); err != nil {
		return nil, err
	}
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errBroken("zip", err)
	}
	a := newArchive(zr, l)
	top, err := a.rels("")
	if err != nil {
		return nil, err
	}
	book := top["#officeDocument"]
	if book == "" {
		book = "xl/workbook.xml"
	}
	if a.parts[partName(book)] == nil || !strings.HasSuffix(partName(book), ".xml") || a.parts["word/document.xml"] != nil {
		return nil, a.notBook()
	}
	return a.read(book)
}

func (a *archive) read(book string) (*Reading, error) {
	rels, err := a.rels(book)
	if err != nil {
		return nil, err
	}
	sheets, base1904, err := a.workbook(book)
	if err != nil {
		return nil, err
	}
	c := cells{archive: a}
	if c.dated, err = a.dated(rels["#styles"]); err != nil {
		return nil, err
	}
	if c.shared, err = a.sharedStrings(rels["#sharedStrings"]); err != nil {
		return nil, err
	}
	out := &Reading{base1904: base1904}
	for _, b := range sheets {
		p := Page{Name: b.name, Hidden: b.hidden}
		found, err := a.scan(rels[b.rel], func(s *scanner) error { return c.page(s, &p) })
		if err != nil {
			return nil, err
		}
		if !found { // charts and macro sheets hold no cells
			continue
		}
		if p.Name == manifestName {
			out.manifest, out.known = parseManifest(&p)
			continue
		}
		out.Pages = append(out.Pages, p)
	}
	return out, nil
}

// recognise tells files that are no zip by their first bytes.
func recognise(r io.ReaderAt, size int64) error {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading the head of a workbook: %w", err)
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case size == 0:
		return errs.Say(errs.Invalid, "文件是空的，可能没有传完整，请重新上传")
	case bytes.HasPrefix(head, []byte("PK")):
		return nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		locked, err := contains(r, size, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"))
		if err != nil {
			return err
		}
		if locked {
			return errPassword()
		}
		return errs.Say(errs.Invalid, "这是旧格式的文件（.xls、.et 或 .doc），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")
	case bytes.HasPrefix(text, []byte("<")):
		return errs.Say(errs.Invalid, "这是网页或 XML 文件，只是用了表格的扩展名，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")
	case bytes.HasPrefix(head, []byte("%PDF")):
		return errs.Say(errs.Invalid, "这是 PDF 文件，请上传 .xlsx 工作簿")
	case looksText(head):
		return errs.Say(errs.Invalid, "这是文本文件（如 CSV），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")
	}
	return errs.Say(errs.Invalid, "认不出这个文件，请上传 .xlsx 工作簿")
}

// looksText takes UTF-8 and GBK: anything without the control bytes that text never has.
func looksText(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return bytes.ContainsAny(b, ",\t;\n") || utf8.Valid(b)
}

// contains looks for t in the whole of r.
func contains(r io.ReaderAt, size int64, t []byte) (bool, error) {
	buf := make([]byte, 1<<20)
	for at := int64(0); at < size; at += int64(len(buf) - len(t)) {
		n, err := r.ReadAt(buf, at)
		if bytes.Contains(buf[:n], t) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("searching a workbook: %w", err)
		}
	}
	return false, nil
}

// notBook says what a zip without a workbook is.
func (a *archive) notBook() error {
	switch {
	case a.parts["word/document.xml"] != nil:
		return errs.Say(errs.Invalid, "这是 Word 文档，请上传 .xlsx 工作簿")
	case a.parts["xl/workbook.bin"] != nil:
		return errs.Say(errs.Invalid, "这是二进制工作簿（.xlsb），请另存为 .xlsx 再上传")
	case a.parts["content.xml"] != nil:
		return errs.Say(errs.Invalid, "这是 OpenDocument 表格（.ods），请另存为 .xlsx 再上传")
	}
	return errs.Say(errs.Invalid, "这是压缩包，里面没有工作簿；请解压后上传其中的 .xlsx")
}

func errPassword() error {
	return errs.Say(errs.Invalid, "文件设有打开密码，请取消密码、另存后再上传")
}

func errOdd() error {
	return errs.Say(errs.Invalid, "文件内部编码少见，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")
}

// errBroken keeps the cause for the log behind a sentence for people.
func errBroken(part string, cause error) error {
	return fmt.Errorf("reading part %q: %w", part, &broken{cause})
}

type broken struct{ cause error }

func (b *broken) Error() string { return b.cause.Error() }
func (b *broken) Unwrap() []error {
	return []error{errs.Say(errs.Invalid, "文件已损坏或没有传完整，请重新保存后再上传"), b.cause}
}
