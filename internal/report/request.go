package report

import (
	"fmt"
	"strconv"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
)

// Request asks another office for figures (征数).
type Request struct {
	Cat      *catalog.Catalogue
	Provider string // its name
	Run      indicator.Run
	Today    period.Day
	Items    []RequestItem
}

// RequestItem is one figure that is asked for; Given is what is there already.
type RequestItem struct {
	Name   string
	Unit   string
	Period period.Period
	Given  string
}

// answerDays is how many workdays the office is given.
const answerDays = 5

func (q *Request) answerBy() period.Day { return q.Cat.Calendar().AddWorkdays(q.Today, answerDays) }

func chineseDay(d period.Day) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.DayOfMonth())
}

// Letter is the request as an official letter (函).
func (q *Request) Letter() document.Document {
	set := q.Cat.Settings
	t := document.Table{
		Columns: []document.Column{{Width: 6, Align: document.Center}, {Width: 40, Align: document.Left}, {Width: 16, Align: document.Center}, {Width: 10, Align: document.Center}, {Width: 16, Align: document.Right}},
		Header:  [][]document.Cell{document.Cells("序号", "指标", "时间", "单位", "数值")},
	}
	for n, i := range q.Items {
		t.Rows = append(t.Rows, document.Cells(strconv.Itoa(n+1), i.Name, i.Period.Chinese(), i.Unit, i.Given))
	}
	return document.Document{
		Title:  "关于商请提供" + strconv.Itoa(q.Run.Year) + "年有关数据的函",
		To:     q.Provider,
		Signer: set["document.issuer"],
		Date:   q.Today,
		Blocks: []document.Block{
			document.Text("因编写工业和信息化工作材料需要，商请贵单位提供附件所列数据（截至" + chineseDay(q.Run.AsOf) + "），注明口径和阶段（预计、快报或核定），于" +
				chineseDay(q.answerBy()) + "前反馈我单位。已填数值的，请核对。"),
			document.Text("联系电话：" + set["office.phone"] + "。"),
			document.Text("特此致函。"),
		},
		Annexes:     []string{"商请提供的数据"},
		Attachments: []document.Attachment{{Title: "商请提供的数据", Blocks: []document.Block{t}}},
	}
}

// Message is the request in the words of a short message.
func (q *Request) Message() string {
	var lacking []string
	for _, i := range q.Items {
		if i.Given == "" {
			lacking = append(lacking, i.Period.Chinese()+i.Name+"（"+i.Unit+"）")
		}
	}
	by := q.answerBy()
	if len(lacking) == 0 {
		return q.Provider + "：所需数据已收齐，谢谢。" + q.Cat.Settings["office.short_name"]
	}
	return fmt.Sprintf("%s：请于%d月%d日前提供以下 %d 项数据，并注明口径和阶段：%s。%s %s",
		q.Provider, by.Month(), by.DayOfMonth(), len(lacking), strings.Join(lacking, "；"), q.Cat.Settings["office.short_name"], q.Cat.Settings["office.phone"])
}
