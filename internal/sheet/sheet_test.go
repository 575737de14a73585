package sheet

import (
	"bytes"
	"fmt"
	"testing"

	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func dec(s string) *unit.Decimal { d := unit.MustParse(s); return &d }

func num(s string) Cell { return Cell{Value: OfNumber(unit.MustParse(s))} }
func txt(s string) Cell { return Cell{Value: OfText(s)} }

// monthly is the card of one enterprise.
func monthly() Book {
	c := func(no, code, name, unit string) Column {
		return Column{No: no, Code: code, Name: name, Unit: unit, Type: AsDecimal, Scale: 1, Min: dec("0")}
	}
	cols := []Column{
		c("01", "output", "工业总产值（当年价格）", "千元"),
		c("02", "new_product", "　其中：新产品产值", "千元"),
		c("03", "sales", "工业销售产值（当年价格）", "千元"),
		c("04", "export", "　其中：出口交货值", "千元"),
		c("05", "revenue", "营业收入", "千元"),
		c("06", "profit", "利润总额", "千元"),
		c("07", "orders", "在手订单金额", "千元"),
		c("08", "workers", "期末用工人数", "人"),
		c("09", "power", "用电量", "万千瓦时"),
		c("10", "state", "生产状态", "—"),
		c("11", "back", "预计恢复生产日期", "—"),
		c("12", "why", "本月波动原因", "—"),
	}
	for i := range cols {
		cols[i].Group = [...]string{"一、生产与销售", "二、效益", "三、要素与状态"}[min(i/4, 2)]
	}
	cols[5].Min = nil
	cols[0].Required, cols[0].Prompt = true, "按当年价格计算，不含增值税。"
	cols[4].Required = true
	cols[7].Type, cols[7].Scale = AsInteger, 0
	cols[8].Scale = 4
	cols[9].Type, cols[9].Options = AsEnum, []string{"正常生产", "季节性停产", "检修停产", "停产"}
	cols[10].Type = AsDate
	cols[11].Type = AsText
	last := []Cell{num("31250.5"), num("4200.0"), num("30180.2"), num("1200.0"), num("29900.7"), num("2210.3"), num("15000.0"), num("312"), num("86.1204"), txt("正常生产"), {}, txt("春节假期后订单集中交付")}
	year := []Cell{num("28400.0"), num("3900.0"), num("28010.6"), num("1500.0"), num("27650.1"), num("-310.8"), num("12000.0"), num("305"), num("80.5500"), txt("正常生产"), {}, {}}
	here := make([]Cell, 12)
	here[9] = txt("正常生产")
	return Book{
		Form: "GM-01", Period: period.MustParse("2025-11"), Digest: "sm3:0a1b2c",
		Sheets: []Sheet{{
			Name: "运行监测月报", Title: "工业企业运行监测月报", Middle: "2025年11月", Corner: "计量单位：见表内",
			Head: []Label{
				{Name: "表号", Text: "GM-01"},
				{Name: "制定机关", Text: "××县工业和信息化局"},
				{Name: "批准文号", Text: "×统制〔2025〕3号"},
				{Name: "有效期至", Text: "2027年12月"},
				{Name: "统一社会信用代码", Text: "91330000MA2XXXXX1A", Side: Left},
				{Name: "填报单位", Text: "××县永兴精密机械有限公司", Side: Left},
			},
			Columns: cols,
			Rows: []Row{
				{ID: "91330000MA2XXXXX1A", Label: "本期", Cells: here},
				{ID: "previous", Label: "上期", Reference: true, Cells: last},
				{ID: "year_ago", Label: "上年同期", Reference: true, Cells: year},
			},
			Notes:  []string{"浅黄色格为填报格，灰色格为系统带出，仅供对照。", "本单位没有的项目填“/”，暂无数据请留空，不要填 0。"},
			Foot:   []Label{{Name: "单位负责人"}, {Name: "统计负责人"}, {Name: "填表人"}, {Name: "报出日期", Text: "　年　月　日"}},
			Orient: Card,
		}},
	}
}

// roster is a list of enterprises with two-line heads.
func roster(rows int) Book {
	cols := []Column{
		{Code: "id", Name: "统一社会信用代码", Type: AsCode, Key: true, Locked: true, No: "甲"},
		{Code: "name", Name: "单位名称", Type: AsText, Locked: true, Width: 28, No: "乙"},
		{Code: "out_m", Name: "工业总产值", Group: "本月", Unit: "千元", Type: AsDecimal, Scale: 1, Min: dec("0"), Required: true, No: "1"},
		{Code: "rev_m", Name: "营业收入", Group: "本月", Unit: "千元", Type: AsDecimal, Scale: 1, No: "2"},
		{Code: "out_y", Name: "工业总产值", Group: "1—本月", Unit: "千元", Type: AsDecimal, Scale: 1, Min: dec("0"), No: "3"},
		{Code: "rev_y", Name: "营业收入", Group: "1—本月", Unit: "千元", Type: AsDecimal, Scale: 1, No: "4"},
		{Code: "men", Name: "期末用工人数", Unit: "人", Type: AsInteger, Min: dec("0"), Max: dec("100000"), No: "5"},
		{Code: "state", Name: "生产状态", Type: AsEnum, Options: []string{"正常生产", "季节性停产", "停产"}, No: "6"},
		{Code: "since", Name: "状态起始日期", Type: AsDate, No: "7"},
		{Code: "note", Name: "备注", Type: AsText, Width: 22, No: "8"},
	}
	s := Sheet{
		Name: "汇总", Title: "工业企业运行监测汇总表", Middle: "2025年11月", Corner: "单位：千元",
		Head:    []Label{{Name: "表号", Text: "GM-02"}, {Name: "填报单位", Text: "××经济开发区", Side: Left}},
		Columns: cols, Blank: 2, Paper: A3Landscape,
		Foot: []Label{{Name: "填表人"}, {Name: "审核人"}, {Name: "负责人"}, {Name: "报出日期"}},
	}
	for i := range rows {
		s.Rows = append(s.Rows, Row{ID: fmt.Sprintf("91330000MA2%07d", i), Cells: []Cell{
			txt(fmt.Sprintf("91330000MA2%07d", i)), txt(fmt.Sprintf("××县第%d机械厂", i+1)),
			num(fmt.Sprintf("%d.5", 1000+i)), num("980.0"), num("11500.2"),
			{Value: Value{Kind: NotApplicable}},
			num("86"), txt("正常生产"),
			{Value: OfDay(period.MustDay("2025-03-01").Add(i))},
			{Value: Value{Kind: NoReply}},
		}})
	}
	return Book{Form: "GM-02", Period: period.MustParse("2025-11"), Digest: "sm3:ff", Sheets: []Sheet{s}}
}

func written(t testing.TB, b Book) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, b); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return buf.Bytes()
}

func opened(t testing.TB, b []byte) *Reading {
	t.Helper()
	r, err := Read(bytes.NewReader(b), int64(len(b)), Limits{})
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return r
}
