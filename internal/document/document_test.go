package document

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongmai/internal/errs"
	"gongmai/internal/period"
)

var update = flag.Bool("update", false, "write golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, d)
	}
}

// lines puts each paragraph, row and block on a line of its own.
func lines(b []byte) []byte {
	for _, tag := range []string{"<w:p>", "<w:p/>", "<w:tbl>", "<w:tr>", "<w:sectPr>", "<w:sdt>", "</w:sdt>", "</w:body>"} {
		b = bytes.ReplaceAll(b, []byte(tag), []byte("\n"+tag))
	}
	return append(b, '\n')
}

// small has one of everything.
func small() Document {
	return Document{
		Head:  &Head{Copy: "000001", Secrecy: "机密★1年", Urgency: "特急", Issuer: "高台县工业和信息化局文件", Number: "高工信发〔2025〕15号", Approver: "王明"},
		Title: "关于<规上>工业 & 能耗的报告",
		To:    "县人民政府",
		Blocks: []Block{
			Heading(1, "一、总体情况"),
			Paragraph{
				Level: 2, Lead: []Run{{Text: "（一）平稳增长。"}},
				Runs: []Run{{Text: "实现增加值"}, Of(Figure{ID: "va", Code: "va.industrial", Text: "12.30", Title: "规上工业增加值"}), {Text: "亿元，贷款"}, Of(Figure{ID: "loan", Code: "loan", Missing: true, Title: "发放贷款"}), {Text: "亿元。"}},
			},
			Blank(1),
			Table{
				Title: "表1 能耗", Unit: "吨标准煤", Columns: []Column{{Width: 2}, {Width: 1}, {Width: 1}},
				Header: [][]Cell{{{Runs: []Run{{Text: "行业"}}, Down: 2}, {Runs: []Run{{Text: "能耗"}}, Span: 2}}, Cells("本年", "上年")},
				Rows:   [][]Cell{{{Runs: []Run{{Text: "化工"}}}, {Runs: []Run{Of(Figure{ID: "e1", Code: "energy.total", Text: "1200"})}}, {Runs: []Run{{Text: "1100"}}}}},
				Notes:  []string{"注：按等价值计算。"},
			},
			PageBreak{},
			Paragraph{Flush: true, Runs: []Run{{Text: "第一行\n第二行\t末"}}},
		},
		Annexes: []string{"名单", "指标表"},
		Signer:  "高台县工业和信息化局", Date: period.MustDay("2025-03-05"), Note: "联系人：李喆",
		Imprint: &Imprint{CopyTo: "县委办公室", Issuer: "高台县工业和信息化局办公室", Date: period.MustDay("2025-03-06")},
		Attachments: []Attachment{
			{Title: "名单", Blocks: []Block{Text("甲")}},
			{Title: "指标表", Landscape: true, Blocks: []Block{Text("乙")}},
		},
	}
}

func TestGolden(t *testing.T) {
	d := small()
	golden(t, "small.document.xml", lines(documentXML(d)))
	golden(t, "small.manifest.xml", append(manifestXML(d), '\n'))
	for name, write := range map[string]func(io.Writer, Document) error{"small.html": WriteHTML, "small.txt": WriteText} {
		var b bytes.Buffer
		if err := write(&b, d); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

func TestCheck(t *testing.T) {
	one := []Run{{Text: "x"}}
	fig := func(id string) []Block { return []Block{Paragraph{Runs: []Run{Of(Figure{ID: id, Text: "1"})}}} }
	for _, tt := range []struct {
		name string
		d    Document
		want string // part of the only fault; "" is sound
	}{
		{"sound", small(), ""},
		{"empty", Document{}, ""},
		{"id with a dash", Document{Blocks: fig("a-b")}, "应为 1–36 位"},
		{"id empty", Document{Blocks: fig("")}, "应为 1–36 位"},
		{"id too long", Document{Blocks: fig(strings.Repeat("a", 37))}, "应为 1–36 位"},
		{"id twice", Document{Blocks: append(fig("a"), fig("a")...)}, "重复"},
		{"id twice over an attachment", Document{Blocks: fig("a"), Attachments: []Attachment{{Blocks: fig("a")}}}, "重复"},
		{"figure without text", Document{Blocks: []Block{Paragraph{Runs: []Run{Of(Figure{ID: "a"})}}}}, "待补"},
		{"lead without level", Document{Blocks: []Block{Paragraph{Lead: one}}}, "标题层次"},
		{"level five", Document{Blocks: []Block{Heading(5, "x")}}, "标题层次"},
		{"nil block", Document{Blocks: []Block{nil}}, "内容为空"},
		{"no columns", Document{Blocks: []Block{Table{}}}, "1–63 栏"},
		{"short row", Document{Blocks: []Block{Table{Columns: make([]Column, 2), Rows: [][]Cell{Cells("a", "b"), Cells("a")}}}}, "表格第 2 行没有铺满 2 栏"},
		{"long row", Document{Blocks: []Block{Table{Columns: make([]Column, 2), Rows: [][]Cell{Cells("a", "b", "c")}}}}, "表格第 1 行"},
		{"span over the edge", Document{Blocks: []Block{Table{Columns: make([]Column, 2), Rows: [][]Cell{{{}, {Span: 2}}}}}}, "表格第 1 行"},
		{"rows run out", Document{Blocks: []Block{Table{Columns: make([]Column, 1), Rows: [][]Cell{{{Down: 2}}}}}}, "越出最后一行"},
		{"header runs into body", Document{Blocks: []Block{Table{Columns: make([]Column, 1), Header: [][]Cell{{{Down: 2}}}}}}, "表头第 1 行"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.d.Check()
			if tt.want == "" {
				if err != nil {
					t.Fatalf("Check() = %v; want nil", err)
				}
				return
			}
			if errs.Kind(err) != errs.Invalid || !strings.Contains(errs.Text(err), tt.want) || strings.Contains(errs.Text(err), "\n") {
				t.Fatalf("Check() = %v; want one fault with %q", err, tt.want)
			}
			if werr := WriteDOCX(io.Discard, tt.d); errs.Kind(werr) != errs.Invalid {
				t.Errorf("WriteDOCX() = %v; want Invalid", werr)
			}
			if werr := WriteHTML(io.Discard, tt.d); errs.Kind(werr) != errs.Invalid {
				t.Errorf("WriteHTML() = %v; want Invalid", werr)
			}
		})
	}
}

func TestGridCoversEverySlot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, rows := rapid.IntRange(1, 5).Draw(t, "columns"), 0
		var table [][]Cell
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			var row []Cell
			for range rapid.IntRange(0, n).Draw(t, "cells") {
				row = append(row, Cell{Span: rapid.IntRange(0, 3).Draw(t, "span"), Down: rapid.IntRange(0, 3).Draw(t, "down")})
			}
			table = append(table, row)
			rows++
		}
		placed, bad := grid(table, n)
		if bad >= 0 {
			return
		}
		for i, line := range placed {
			at := 0
			for _, s := range line {
				if s.col != at {
					t.Fatalf("row %d: slot at %d; want %d", i, s.col, at)
				}
				at += s.span
			}
			if at != n {
				t.Fatalf("row %d covers %d columns; want %d", i, at, n)
			}
		}
	})
}

func TestTitleLines(t *testing.T) {
	for _, tt := range []struct {
		title string
		want  []string
	}{
		{"高台县工业和信息化局2025年工作总结", []string{"高台县工业和信息化局2025年工作总结"}},
		{"按意义\n分行", []string{"按意义", "分行"}},
		{"高台县工业和信息化局关于报送2025年质量发展工作情况的报告", []string{"高台县工业和信息化局", "关于报送2025年质量发展工作情况的报告"}},
		{"2025年高台县规模以上工业企业质量发展工作开展情况总结", []string{"2025年高台县规模以上工业", "企业质量发展工作开展情况总结"}},
	} {
		if d := cmp.Diff(tt.want, titleLines(tt.title)); d != "" {
			t.Errorf("titleLines(%q) (-want +got):\n%s", tt.title, d)
		}
	}
}

func TestTitleLinesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringOfN(rapid.SampledFrom([]rune("高台县2025年关于的、工业报告（）")), 0, 90, -1).Draw(t, "title")
		got := titleLines(title)
		if strings.Join(got, "") != title {
			t.Fatalf("titleLines(%q) = %q loses text", title, got)
		}
		if slices.Contains(got[:len(got)-1], "") || !utf8.ValidString(strings.Join(got, "\n")) {
			t.Fatalf("titleLines(%q) = %q has an empty line", title, got)
		}
	})
}

func TestSigning(t *testing.T) {
	day := period.MustDay("2025-03-05") // 2025年3月5日: 12 half characters
	for _, tt := range []struct {
		name string
		d    Document
		want []signed
	}{
		{"seal: name centred over the date", Document{Head: &Head{}, Signer: "县工信局", Date: day}, []signed{{"县工信局", 10}, {"2025年3月5日", 8}}},
		{"seal: long name", Document{Head: &Head{}, Signer: "高台县工业和信息化局", Date: day}, []signed{{"高台县工业和信息化局", 4}, {"2025年3月5日", 8}}},
		{"no seal: date two characters after the name", Document{Signer: "高台县工业和信息化局", Date: day}, []signed{{"高台县工业和信息化局", 4}, {"2025年3月5日", 8}}},
		{"no seal: date longer than name", Document{Signer: "县工信局", Date: day}, []signed{{"县工信局", 12}, {"2025年3月5日", 4}}},
		{"date only", Document{Date: day}, []signed{{"2025年3月5日", 4}}},
		{"neither", Document{}, nil},
	} {
		if d := cmp.Diff(tt.want, signing(tt.d), cmp.AllowUnexported(signed{})); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

// nasty has what breaks markup: markup itself, controls, broken UTF-8.
const nasty = "<&>\"']]>\x00\x01\x0b\x1b\ufffe\xff😀\u0301喆\r\n\t{{x}}</w:t></span>"

func TestMarkupHoldsNastyText(t *testing.T) {
	d := small()
	d.Title, d.To, d.Signer, d.Note = nasty, nasty, nasty, nasty
	d.Head.Issuer, d.Head.Number = nasty, nasty
	d.Blocks = append(d.Blocks,
		Paragraph{Level: 2, Lead: []Run{{Text: nasty}}, Runs: []Run{{Text: nasty}, Of(Figure{ID: "n", Code: nasty, Text: nasty, Title: nasty})}},
		Table{Title: nasty, Columns: make([]Column, 1), Rows: [][]Cell{Cells(nasty)}, Notes: []string{nasty}})
	for name, b := range map[string][]byte{"document": documentXML(d), "core": coreXML(d), "manifest": manifestXML(d)} {
		if err := wellFormed(b); err != nil {
			t.Errorf("%s.xml: %v", name, err)
		}
	}
	var h bytes.Buffer
	if err := WriteHTML(&h, d); err != nil {
		t.Fatal(err)
	}
	if s := h.String(); strings.Contains(s, "</w:t>") || strings.Contains(s, "<&>") || strings.Contains(s, `"'`) {
		t.Errorf("HTML carries text as markup:\n%s", s)
	}
	got, err := readBack(d)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(got, func(a Anchor) bool { return a.ID == "n" })
	if want := "<&>\"']]>😀\u0301喆 {{x}}</w:t></span>"; i < 0 || strings.Join(strings.Fields(got[i].Text), " ") != want {
		t.Errorf("figure came back as %+q; want %+q", got[i].Text, want)
	}
}

func wellFormed(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}
