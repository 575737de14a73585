package document

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"gongmai/internal/period"
)

// annual is a whole annual summary with a figure for every masked number.
func annual(t testing.TB) Document {
	t.Helper()
	b, err := os.ReadFile("testdata/annual.txt")
	if err != nil {
		t.Fatal(err)
	}
	d := Document{
		Head: &Head{
			Issuer: "高台县工业和信息化局文件", Number: "高工信发〔2025〕15号",
		},
		Title:   "高台县工业和信息化局\n关于2025年质量发展工作情况的总结",
		To:      "县质量发展工作领导小组办公室",
		Annexes: []string{"重点项目进展情况表", "2025年工业经济主要指标一览表"},
		Signer:  "高台县工业和信息化局", Date: period.MustDay("2025-12-05"),
		Note:    "联系人：李喆，电话：0936-0000000",
		Imprint: &Imprint{CopyTo: "县委办公室，县人大常委会办公室，县政府办公室，县政协办公室，各工业园区管委会，县市场监督管理局", Issuer: "高台县工业和信息化局办公室", Date: period.MustDay("2025-12-08")},
		Attachments: []Attachment{
			{Title: "重点项目进展情况表", Landscape: true, Blocks: []Block{projectTable()}},
			{Title: "2025年工业经济主要指标一览表", Blocks: []Block{indicatorTable()}},
		},
	}
	n := 0
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); l != "" {
			d.Blocks = append(d.Blocks, seedParagraph(l, &n))
		}
	}
	return d
}

// seedParagraph reads a line of the annual summary: 一、 is a heading, （一）…。
// a heading that the text runs on from, * a figure.
func seedParagraph(l string, n *int) Paragraph {
	if i := strings.Index(l, "、"); i == len("一") {
		return Heading(1, l)
	}
	if strings.HasPrefix(l, "（") {
		i := strings.Index(l, "。") + len("。")
		return Paragraph{Level: 2, Lead: starred(l[:i], n), Runs: starred(l[i:], n)}
	}
	return Paragraph{Runs: starred(l, n)}
}

func starred(s string, n *int) []Run {
	var rs []Run
	for i, p := range strings.Split(s, "*") {
		if i > 0 {
			*n++
			f := Figure{ID: fmt.Sprintf("f%d", *n), Code: fmt.Sprintf("indicator_%d", *n), Text: fmt.Sprint(*n * 7 % 113), Title: "指标" + fmt.Sprint(*n)}
			if *n%17 == 0 {
				f.Missing, f.Title = true, "发放贷款余额"
			}
			rs = append(rs, Of(f))
		}
		if p != "" {
			rs = append(rs, Run{Text: p})
		}
	}
	return rs
}

func indicatorTable() Table {
	t := Table{
		Title: "表1 工业经济主要指标", Unit: "万元、%",
		Columns: []Column{{}, {}, {}, {}, {}, {}},
		Header: [][]Cell{
			{{Runs: []Run{{Text: "指标"}}, Down: 2}, {Runs: []Run{{Text: "计量单位"}}, Down: 2}, {Runs: []Run{{Text: "本年"}}, Span: 2}, {Runs: []Run{{Text: "上年同期"}}, Down: 2}, {Runs: []Run{{Text: "来源"}}, Down: 2}},
			Cells("1—11月", "同比"),
		},
		Notes: []string{"注：1. 规模以上工业企业为年主营业务收入2000万元及以上的工业法人单位。", "　　2. 增加值增速按可比价格计算。"},
	}
	for i := range 40 {
		row := Cells(fmt.Sprintf("规上工业增加值（第%d项）", i+1), "万元", "", fmt.Sprintf("%d.%d", i%13, i%10), fmt.Sprint(8000+i*37), "县统计局")
		row[2].Runs = []Run{Of(Figure{ID: fmt.Sprintf("t%d", i+1), Code: "va", Text: fmt.Sprint(9000 + i*41)})}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func projectTable() Table {
	return Table{
		Columns: []Column{{Width: 4, Align: Center}, {Width: 16}, {Width: 14}, {Width: 8}, {Width: 24}},
		Unit:    "亿元",
		Header:  [][]Cell{Cells("序号", "项目", "建设单位", "总投资", "进展")},
		Rows: [][]Cell{
			{{Runs: []Run{{Text: "1"}}}, {Runs: []Run{{Text: "生物医药中间体项目"}}}, {Runs: []Run{{Text: "海川生物"}}, Down: 2}, {Runs: []Run{{Text: "1.2"}}}, {Runs: []Run{{Text: "主体完工，正在安装设备，计划明年3月试生产。"}}}},
			{{Runs: []Run{{Text: "2"}}}, {Runs: []Run{{Text: "配套污水处理站"}}}, {Runs: []Run{{Text: "0.3"}}}, {Runs: []Run{{Text: "已投用"}}}},
			{{Runs: []Run{{Text: "合计"}}, Span: 3}, {Runs: []Run{{Text: "1.5"}}}, {Runs: []Run{{Text: "—"}}}},
		},
	}
}

// ruler is a page of lines of exactly 28 characters, to count them by.
func ruler(lines int) Document {
	const ten = "一二三四五六七八九十"
	var d Document
	l := strings.Repeat(ten, 3)[:28*3]
	d.Blocks = []Block{Paragraph{Flush: true, Runs: []Run{{Text: strings.Repeat(l, lines)}}}}
	if utf8.RuneCountInString(l) != 28 {
		panic("ruler")
	}
	return d
}
