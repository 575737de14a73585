package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
)

// Wanted is one figure of a request list (征数清单).
type Wanted struct {
	Figure   *indicator.Figure
	Missing  bool // nothing prints yet
	Provider string
}

// Requests lists, by provider, the figures of an outline that other offices are
// asked for: those that are missing, and those that only they can state.
func Requests(ctx context.Context, r *indicator.Reading, o *catalog.Outline) (map[string][]Wanted, error) {
	out := map[string][]Wanted{}
	for _, code := range codesOf(r.Cat, o) {
		f, err := r.InRun(ctx, code)
		if err != nil {
			return nil, err
		}
		i := f.Indicator
		asked := i.Records() == nil && i.Formula == nil && i.Source == nil
		if i.Provider == "" || (f.Known && !asked && f.Source != indicator.FromGiven) {
			continue
		}
		out[i.Provider] = append(out[i.Provider], Wanted{Figure: f, Missing: !f.Known, Provider: i.Provider})
	}
	return out, nil
}

// codesOf lists the indicators of an outline's texts and annexes, each once, in order.
func codesOf(c *catalog.Catalogue, o *catalog.Outline) (out []string) {
	add := func(code string) {
		if c.Indicators[code] != nil && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	for _, b := range o.Blocks {
		for _, t := range []string{b.Heading, b.RunIn, b.Text} {
			for _, h := range catalog.Placeholders(t) {
				add(h.Code)
			}
		}
		for _, code := range b.Rows {
			add(code)
		}
	}
	return out
}

// Letter is the official letter (函) that asks a provider for figures by a day.
func Letter(r *indicator.Reading, provider string, wanted []Wanted, by period.Day) document.Document {
	issuer := r.Cat.Settings["document.issuer"]
	t := document.Table{
		Columns: []document.Column{{Width: 6, Align: document.Center}, {Width: 30, Align: document.Left}, {Width: 18, Align: document.Center}, {Width: 10, Align: document.Center}, {Width: 16, Align: document.Right}},
		Header:  [][]document.Cell{document.Cells("序号", "指标", "时间", "单位", "数值")},
	}
	for n, w := range wanted {
		t.Rows = append(t.Rows, document.Cells(fmt.Sprint(n+1), w.Figure.Indicator.Name, w.Figure.Period.Chinese(), string(w.Figure.Indicator.Unit), ""))
	}
	body := fmt.Sprintf("因编写%d年工作总结需要，请贵单位提供附件所列 %d 项数据，注明口径和截止时间，加盖公章后于%s前反馈我局。", r.Run.Year, len(wanted), chineseDay(by))
	return document.Document{
		Title: "关于商请提供有关数据的函", To: provider, Signer: issuer, Date: r.Run.AsOf, Annexes: []string{"所需数据清单"},
		Blocks:      []document.Block{document.Text(body), document.Text("专此函达，请予支持为盼。")},
		Attachments: []document.Attachment{{Title: "所需数据清单", Blocks: []document.Block{t}}},
	}
}

// Message is the same request as a text to send.
func Message(r *indicator.Reading, provider string, wanted []Wanted, by period.Day) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s：您好！我局正在编写%d年工作总结，麻烦提供以下数据（请注明口径和截止时间），%s前反馈即可：\n", provider, r.Run.Year, chineseDay(by))
	for n, w := range wanted {
		fmt.Fprintf(&b, "%d. %s（%s，单位：%s）\n", n+1, w.Figure.Indicator.Name, w.Figure.Period.Chinese(), w.Figure.Indicator.Unit)
	}
	b.WriteString("谢谢支持！")
	return b.String()
}

func chineseDay(d period.Day) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.DayOfMonth())
}
