package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// check is a validation to put on some cells.
type check struct {
	column Column
	spans  []span
}

// span is a run of cells within one column.
type span struct{ col, from, to int }

// Limits of the file format, in characters; we stay below.
const (
	maxListText   = 200
	maxPromptHead = 30
	maxPromptText = 240
)

// addChecks puts validations on a sheet. A list of options too long to stand
// in the rule itself is kept in the hidden sheet: lists gathers those.
func addChecks(f *excelize.File, sheet string, checks []check, lists *[][]string) error {
	for _, c := range checks {
		v := excelize.NewDataValidation(true)
		for _, s := range c.spans {
			v.SetSqref(cellName(s.col, s.from) + ":" + cellName(s.col, s.to))
		}
		first := cellName(c.spans[0].col, c.spans[0].from)
		c.column.rule(v, first, lists)
		if c.column.Prompt != "" {
			v.SetInput(clip(c.column.Name, maxPromptHead), clip(c.column.Prompt, maxPromptText))
		}
		if v.Type == "" && c.column.Prompt == "" {
			continue
		}
		if err := f.AddDataValidation(sheet, v); err != nil {
			return fmt.Errorf("validating %q: %w", c.column.Name, err)
		}
	}
	return nil
}

// rule sets the rule of a column. Numbers take a formula of our own, because
// the built-in rule would refuse "/" for what does not apply.
func (c Column) rule(v *excelize.DataValidation, first string, lists *[][]string) {
	switch c.Type {
	case AsDecimal, AsInteger:
		v.Type = "custom"
		v.Formula1 = xmlText.Replace(c.numberFormula(first))
		v.SetError(excelize.DataValidationErrorStyleStop, "填写有误",
			clip(c.numberRule()+"。本单位没有这一项请填“/”，暂无数据请留空。", maxPromptText))
	case AsDate:
		v.Type, v.Operator = "date", "between"
		v.Formula1, v.Formula2 = fmt.Sprint(serial(earliest)), fmt.Sprint(serial(latest))
		v.SetError(excelize.DataValidationErrorStyleStop, "填写有误", "应为日期，请按 2025-11-22 的样子填写。")
	case AsEnum:
		text := strings.Join(c.Options, ",")
		v.Type = "list"
		if len([]rune(text)) <= maxListText && strings.Count(text, ",") == len(c.Options)-1 && !strings.HasPrefix(text, "=") {
			v.Formula1 = xmlText.Replace(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		} else {
			*lists = append(*lists, c.Options)
			col := columnName(listColumn + len(*lists) - 1)
			v.Formula1 = fmt.Sprintf("%s!$%s$1:$%s$%d", manifestName, col, col, len(c.Options))
		}
		v.SetError(excelize.DataValidationErrorStyleStop, "填写有误", "请从下拉列表中选择一项。")
	}
}

// xmlText escapes a formula, which excelize writes as it stands.
var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (c Column) numberFormula(cell string) string {
	places := uint8(0)
	if c.Type == AsDecimal {
		places = c.Scale
	}
	num := []string{fmt.Sprintf("ROUND(%s,%d)=%s", cell, places, cell)}
	if c.Min != nil {
		num = append(num, cell+">="+c.Min.String())
	}
	if c.Max != nil {
		num = append(num, cell+"<="+c.Max.String())
	}
	return fmt.Sprintf(`IF(ISNUMBER(%[1]s),AND(%[2]s),OR(%[1]s="/",%[1]s="无",%[1]s="—",%[1]s="不适用",%[1]s="未反馈"))`,
		cell, strings.Join(num, ","))
}

func (c Column) numberRule() string {
	b := "应为整数"
	if c.Type == AsDecimal && c.Scale > 0 {
		b = fmt.Sprintf("应为数字，最多 %d 位小数", c.Scale)
	}
	if c.Min != nil {
		b += "，不小于 " + c.Min.String()
	}
	if c.Max != nil {
		b += "，不大于 " + c.Max.String()
	}
	return b
}

// clip shortens s to n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
