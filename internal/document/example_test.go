package document_test

import (
	"bytes"
	"fmt"
	"os"

	"gongmai/internal/document"
	"gongmai/internal/period"
)

// A report is written, leaves the house, and its figures are found again.
func Example() {
	d := document.Document{
		Title: "2025年工业经济运行情况",
		Blocks: []document.Block{
			document.Paragraph{
				Level: 2, Lead: []document.Run{{Text: "（一）平稳增长。"}},
				Runs: []document.Run{
					{Text: "全县规上工业企业实现增加值"},
					document.Of(document.Figure{ID: "va", Code: "va.industrial", Text: "12.30", Title: "规上工业增加值"}),
					{Text: "亿元，新升规入户企业"},
					document.Of(document.Figure{ID: "new", Code: "enterprise.new", Missing: true, Title: "当年新升规企业"}),
					{Text: "户。"},
				},
			},
		},
		Signer: "高台县工业和信息化局", Date: period.MustDay("2025-12-05"),
	}
	if err := document.WriteText(os.Stdout, d); err != nil {
		fmt.Println(err)
	}
	var b bytes.Buffer
	if err := document.WriteDOCX(&b, d); err != nil {
		fmt.Println(err)
	}
	figures, err := document.ReadFigures(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range figures {
		fmt.Println(f.Code, f.Text)
	}
	// Output:
	// 2025年工业经济运行情况
	// （一）平稳增长。全县规上工业企业实现增加值12.30亿元，新升规入户企业【待补：当年新升规企业】户。
	// 高台县工业和信息化局
	// 2025年12月5日
	// va.industrial 12.30
	// enterprise.new 【待补：当年新升规企业】
}
