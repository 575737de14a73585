package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"gongmai/internal/errs"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// zipped packs parts into a container.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for name, text := range parts {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// parts are those of a workbook with one sheet.
func parts(sheet string) map[string]string {
	return map[string]string{
		"[Content_Types].xml":        xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
		"_rels/.rels":                xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       xmlHead + `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>甲 &amp; 乙</t></si><si><r><t>富</t></r><r><t xml:space="preserve"> 文本</t></r><rPh><t>拼音</t></rPh></si><si/><si><t>_x0041_ a_x000D_b</t></si></sst>`,
		"xl/styles.xml":              xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="177" formatCode="[红色]&quot;day&quot;0.00_d"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
}

func sheetXML(rows string) string {
	return xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData>` + rows + `</sheetData></worksheet>`
}

func TestKindsOfCells(t *testing.T) {
	for _, tt := range []struct {
		name, row string
		want      []Raw
	}{
		{"number", `<c r="B1"><v>12.50</v></c>`, []Raw{{Text: "12.50", Column: 2}}},
		{"far column", `<c r="XFD1"><v>1</v></c>`, []Raw{{Text: "1", Column: 16384}}},
		{"no references", `<c><v>1</v></c><c/><c><v>3</v></c>`, []Raw{{Text: "1", Column: 1}, {Text: "3", Column: 3}}},
		{"shared text", `<c r="A1" t="s"><v>0</v></c>`, []Raw{{Text: "甲 & 乙", Column: 1, Kind: RawText}}},
		{"rich text without its reading", `<c r="A1" t="s"><v>1</v></c>`, []Raw{{Text: "富 文本", Column: 1, Kind: RawText}}},
		{"empty shared text", `<c r="A1" t="s"><v>2</v></c>`, nil},
		{"escapes of the format", `<c r="A1" t="s"><v>3</v></c>`, []Raw{{Text: "A a\rb", Column: 1, Kind: RawText}}},
		{"inline text", `<c r="A1" t="inlineStr"><is><r><t>a&lt;</t></r><r><t>&#x4E2D;&#33;</t></r></is></c>`, []Raw{{Text: "a<中!", Column: 1, Kind: RawText}}},
		{"cdata", `<c r="A1" t="inlineStr"><is><t><![CDATA[a<b>&amp;]]>c</t></is></c>`, []Raw{{Text: "a<b>&amp;c", Column: 1, Kind: RawText}}},
		{"line ends", "<c r=\"A1\" t=\"inlineStr\"><is><t>a\r\nb\rc</t></is></c>", []Raw{{Text: "a\nb\nc", Column: 1, Kind: RawText}}},
		{"boolean", `<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>`, []Raw{{Text: "TRUE", Column: 1, Kind: RawBool}, {Text: "FALSE", Column: 2, Kind: RawBool}}},
		{"error", `<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, []Raw{{Text: "#DIV/0!", Column: 1, Kind: RawError, Formula: true}}},
		{"formula", `<c r="A1"><f>1+1</f><v>2</v></c>`, []Raw{{Text: "2", Column: 1, Formula: true}}},
		{"formula of text", `<c r="A1" t="str"><f>"x"</f><v>x</v></c>`, []Raw{{Text: "x", Column: 1, Kind: RawText, Formula: true}}},
		{"formula of no text", `<c r="A1" t="str"><f>""</f><v></v></c>`, nil},
		{"formula never computed", `<c r="A1"><f>1+1</f></c><c r="B1"><f>2</f><v/></c>`, []Raw{{Column: 1, Kind: RawNone, Formula: true}, {Column: 2, Kind: RawNone, Formula: true}}},
		{
			"dates by style", `<c r="A1" s="1"><v>1</v></c><c r="B1" s="2"><v>2</v></c><c r="C1" s="3"><v>3</v></c><c r="D1" s="99"><v>4</v></c>`,
			[]Raw{{Text: "1", Column: 1, Dated: true}, {Text: "2", Column: 2, Dated: true}, {Text: "3", Column: 3}, {Text: "4", Column: 4}},
		},
		{"iso day", `<c r="A1" t="d"><v>2025-11-22T00:00:00</v></c>`, []Raw{{Text: "2025-11-22T00:00:00", Column: 1, Kind: RawDay}}},
		{"prefixes, quotes, comments", `<!-- <c> --><x:c r='A1' note="a>b"><x:v>7</x:v></x:c>`, []Raw{{Text: "7", Column: 1}}},
		{"comments inside a value", `<c r="A1"><v>1<!-- > -->2<?x?>3</v></c>`, []Raw{{Text: "123", Column: 1}}},
		{"styled and empty", `<c r="A1" s="1"/><c r="B1" s="1"></c>`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := zipped(t, parts(sheetXML(`<row r="1" spans="1:3">`+tt.row+`</row>`)))
			r, err := Read(bytes.NewReader(b), int64(len(b)), Limits{Columns: maxColumns})
			if err != nil {
				t.Fatal(err)
			}
			var got []Raw
			for _, l := range r.Pages[0].Lines {
				got = append(got, l.Cells...)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("cells (-want +got):\n%s", d)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	good := written(t, roster(3))
	book := func(change func(map[string]string)) []byte {
		p := parts(sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>`))
		change(p)
		return zipped(t, p)
	}
	cfb := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2<<20)
	for _, tt := range []struct {
		name string
		in   []byte
		want string
	}{
		{"empty", nil, "文件是空的，可能没有传完整，请重新上传"},
		{"xls", []byte(cfb), "这是旧格式的文件（.xls、.et 或 .doc），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"},
		{"password", []byte(cfb + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "文件设有打开密码，请取消密码、另存后再上传"},
		{"html", []byte("\ufeff <html><table>"), "这是网页或 XML 文件，只是用了表格的扩展名，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"},
		{"csv in gbk", []byte("\xc3\xfb\xb3\xc6,1\r\n"), "这是文本文件（如 CSV），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"},
		{"pdf", []byte("%PDF-1.7"), "这是 PDF 文件，请上传 .xlsx 工作簿"},
		{"picture", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "认不出这个文件，请上传 .xlsx 工作簿"},
		{"cut short", good[:len(good)*2/3], "文件已损坏或没有传完整，请重新保存后再上传"},
		{"zip of something", zipped(t, map[string]string{"a.txt": "x"}), "这是压缩包，里面没有工作簿；请解压后上传其中的 .xlsx"},
		{"word", zipped(t, map[string]string{"word/document.xml": "<w/>"}), "这是 Word 文档，请上传 .xlsx 工作簿"},
		{"ods", zipped(t, map[string]string{"content.xml": "<o/>"}), "这是 OpenDocument 表格（.ods），请另存为 .xlsx 再上传"},
		{"sheet cut inside a row", book(func(p map[string]string) {
			s := p["xl/worksheets/sheet1.xml"]
			p["xl/worksheets/sheet1.xml"] = s[:strings.Index(s, "</row>")]
		}), "文件已损坏或没有传完整，请重新保存后再上传"},
		{"sheet cut between rows", book(func(p map[string]string) {
			s := p["xl/worksheets/sheet1.xml"]
			p["xl/worksheets/sheet1.xml"] = s[:strings.Index(s, "</sheetData>")]
		}), "文件已损坏或没有传完整，请重新保存后再上传"},
		{"shared text out of range", book(func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = sheetXML(`<row r="1"><c t="s"><v>9</v></c></row>`)
		}), "文件已损坏或没有传完整，请重新保存后再上传"},
		{"rows out of order", book(func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = sheetXML(`<row r="2"><c><v>9</v></c></row><row r="1"><c><v>9</v></c></row>`)
		}), "文件已损坏或没有传完整，请重新保存后再上传"},
		{"dtd", book(func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]>` + p["xl/worksheets/sheet1.xml"]
		}), "文件已损坏或没有传完整，请重新保存后再上传"},
		{"odd encoding", book(func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = strings.Replace(p["xl/worksheets/sheet1.xml"], "UTF-8", "GB18030", 1)
		}), "文件内部编码少见，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"},
		{"utf-16", book(func(p map[string]string) { p["xl/worksheets/sheet1.xml"] = "\xff\xfe<\x00" }), "文件内部编码少见，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(bytes.NewReader(tt.in), int64(len(tt.in)), Limits{})
			if errs.Kind(err) != errs.Invalid || errs.Text(err) != tt.want {
				t.Errorf("Read = %v, text %q; want Invalid, %q", err, errs.Text(err), tt.want)
			}
		})
	}
}

// repeated writes a part of n equal pieces without holding it whole.
func repeated(t *testing.T, head, piece, tail string, n int) []byte {
	t.Helper()
	p := parts("")
	delete(p, "xl/worksheets/sheet1.xml")
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for name, text := range p {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	w, err := zw.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	block := strings.Repeat(piece, 1000)
	for _, s := range []string{head, "", tail} {
		if s == "" {
			for range n / 1000 {
				if _, err := io.WriteString(w, block); err != nil {
					t.Fatal(err)
				}
			}
		} else if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestZipBomb(t *testing.T) {
	bomb := repeated(t, `<worksheet><sheetData>`, strings.Repeat(`<row r="1"/>`, 80), `</sheetData></worksheet>`, 64_000)
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes: it is none", len(bomb))
	}
	_, err := Read(bytes.NewReader(bomb), int64(len(bomb)), Limits{Unzipped: 16 << 20})
	want := "文件解开后超过 16 MB，不予读取。请删去多余的工作表、图片和空行后再上传"
	if errs.Text(err) != want {
		t.Errorf("Read = %v; want %q", err, want)
	}
}

// Whole columns formatted to the last row are common; they hold nothing.
func TestMillionEmptyRows(t *testing.T) {
	rows := sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>` + "\x00" + `<row r="1048576"><c r="A1048576"><v>2</v></c></row>`)
	head, tail, _ := strings.Cut(rows, "\x00")
	b := repeated(t, head, `<row s="1" customFormat="1"><c s="1"/><c s="1"></c></row>`, tail, 1_048_000)
	var r *Reading
	allocated := testing.AllocsPerRun(1, func() {
		var err error
		if r, err = Read(bytes.NewReader(b), int64(len(b)), Limits{}); err != nil {
			t.Fatal(err)
		}
	})
	if n := len(r.Pages[0].Lines); n != 2 {
		t.Errorf("%d rows hold something, want 2", n)
	}
	if allocated > 1000 {
		t.Errorf("%v allocations for two cells", allocated)
	}
}

func TestLimits(t *testing.T) {
	b := written(t, roster(50))
	for _, tt := range []struct {
		l    Limits
		want string
	}{
		{Limits{Rows: 20}, "工作表“汇总”有内容的行超过 20 行，请分成几个文件上传"},
		{Limits{Columns: 9}, "工作表“汇总”的 J4 有内容，超出了第 9 列，请删去右边多余的内容"},
		{Limits{Cells: 100}, "工作簿有内容的单元格超过 100 个，请分成几个文件上传"},
	} {
		if _, err := Read(bytes.NewReader(b), int64(len(b)), tt.l); errs.Text(err) != tt.want {
			t.Errorf("Read under %+v = %v; want %q", tt.l, err, tt.want)
		}
	}
}

// byExcelize reads a sheet as excelize sees it: text by cell name, and numbers apart from text.
func byExcelize(t *testing.T, b []byte, sheet string) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for i, row := range rows {
		for j, text := range row {
			if text == "" {
				continue
			}
			name := cellName(j+1, i+1)
			typ, err := f.GetCellType(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			number := typ == excelize.CellTypeUnset || typ == excelize.CellTypeNumber
			out[name] = fmt.Sprint(number, " ", text)
		}
	}
	return out
}

// ours is the one page of r in the same form.
func ours(r *Reading) map[string]string {
	out := map[string]string{}
	for _, l := range r.Pages[0].Lines {
		for _, c := range l.Cells {
			out[cellName(c.Column, l.Number)] = fmt.Sprint(c.Kind == RawNumber, " ", c.Text)
		}
	}
	return out
}

func TestSameAsExcelize(t *testing.T) {
	var odd bytes.Buffer
	f := excelize.NewFile()
	for name, v := range map[string]any{
		"A1": "甲\n乙", "B1": 1.5, "C1": "  x ", "AA7": -3e-7, "D9": "_x0041_", "E9": "a&b<c>\"'", "F9": 123456789012345678, "G9": "",
	} {
		if err := f.SetCellValue("Sheet1", name, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := firstError(f.Write(&odd), f.Close()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		b     []byte
		sheet string
	}{
		{"card", written(t, monthly()), "运行监测月报"},
		{"list", written(t, roster(40)), "汇总"},
		{"numbers", written(t, wide(50, 40)), "数据"},
		{"excelize", odd.Bytes(), "Sheet1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(byExcelize(t, tt.b, tt.sheet), ours(opened(t, tt.b))); d != "" {
				t.Errorf("cells (-excelize +ours):\n%s", d)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>信用代码</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>`, `<sst><si><t>x</t></si></sst>`)
	f.Add(`<row><c t="s"><v>0</v></c><c s="1"><v>45000</v></c></row>`, `<sst><si><r><t>信用代码&amp;_x000D_</t></r></si></sst>`)
	f.Add(`<row r="1"><c r="A1"><![CDATA[<]]><f>1</f></c></row><!-- -->`, ``)
	f.Fuzz(func(t *testing.T, rows, shared string) {
		p := parts(sheetXML(rows))
		p["xl/sharedStrings.xml"] = shared
		b := zipped(t, p)
		r, err := Read(bytes.NewReader(b), int64(len(b)), Limits{Unzipped: 1 << 20})
		if err != nil {
			if errs.Kind(err) != errs.Invalid {
				t.Fatalf("Read = %v, which says nothing to people", err)
			}
			return
		}
		for _, pg := range r.Pages {
			last := 0
			for _, l := range pg.Lines {
				if l.Number <= last || len(l.Cells) == 0 {
					t.Fatalf("line %d after %d with %d cells", l.Number, last, len(l.Cells))
				}
				last = l.Number
			}
		}
		Match(r, foreign())
		s := foreign()
		s.Orient, s.Rows = Card, []Row{{ID: "a", Label: "本期"}}
		Match(r, s)
	})
}

func FuzzContainer(f *testing.F) {
	f.Add(written(f, roster(2)))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := Read(bytes.NewReader(b), int64(len(b)), Limits{Unzipped: 1 << 20}); err == nil {
			Match(r, foreign())
		} else if errs.Kind(err) != errs.Invalid {
			t.Fatalf("Read = %v, which says nothing to people", err)
		}
	})
}
