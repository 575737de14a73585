package indicator

import (
	"testing"

	"gongmai/internal/catalog"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func TestSentence(t *testing.T) {
	num := func(s string) unit.Ratio { return unit.Exact(unit.MustParse(s)) }
	output := &catalog.Indicator{Label: catalog.Label{Name: "规上工业总产值"}, Unit: "亿元", Digits: 2, Accumulate: catalog.AddsUp}
	growth := &catalog.Indicator{Label: catalog.Label{Name: "规上工业增加值同比（可比价）"}, Unit: "%", Digits: 1, Accumulate: catalog.OfSums, Sense: catalog.SenseGrowth}
	share := &catalog.Indicator{Label: catalog.Label{Name: "产品销售率"}, Unit: "%", Digits: 1, Accumulate: catalog.OfSums}
	count := &catalog.Indicator{Label: catalog.Label{Name: "规上工业企业户数"}, Unit: "户", Accumulate: catalog.AtEnd}
	p := period.MustParse("2025-01..11")
	for _, tt := range []struct {
		name  string
		f     Figure
		m     string
		scope string
		want  string
	}{
		{"a flow", Figure{Indicator: output, Known: true, Value: num("123.454")}, "增长8.2%", "", "2025年1—11月，规上工业总产值123.45亿元，同比增长8.2%"},
		{"of a park", Figure{Indicator: output, Known: true, Value: num("1")}, "", "南华园区", "2025年1—11月，南华园区规上工业总产值1.00亿元"},
		{"unmoved", Figure{Indicator: output, Known: true, Value: num("1")}, Flat, "", "2025年1—11月，规上工业总产值1.00亿元，与上年持平"},
		{"a growth rate speaks for itself", Figure{Indicator: growth, Known: true, Value: num("-3.06")}, "下降3.1%", "", "2025年1—11月，规上工业增加值同比下降3.1%"},
		{"a share", Figure{Indicator: share, Known: true, Value: num("97.5")}, "提高0.5个百分点", "", "2025年1—11月，产品销售率为97.5%，比上年同期提高0.5个百分点"},
		{"a stock", Figure{Indicator: count, Known: true, Value: num("45")}, "增长12.5%", "", "截至2025年11月末，规上工业企业户数45户，比上年同期末增长12.5%"},
		{"missing", Figure{Indicator: output}, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.f.Period = p
			if got := Sentence(&tt.f, Moved{Text: tt.m}, tt.m != "", tt.scope); got != tt.want {
				t.Errorf("Sentence() = %s; want %s", got, tt.want)
			}
		})
	}
}
