package survey

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/sheet"
	"gongmai/internal/unit"
)

// layout is a form as a table of a workbook. The same layout writes it and
// reads it back.
type layout struct {
	cat    *catalog.Catalogue
	form   *catalog.Form
	period period.Period
	items  []*catalog.Item // those of one name stand side by side
	order  []int           // of items, by code
	shared map[string]bool // names that several items have
}

// Columns of a list that are no items. An item's code never begins so.
const (
	columnEnterprise = "_enterprise"
	columnName       = "_name"
	firstItem        = 2 // in a list
)

func newLayout(cat *catalog.Catalogue, form *catalog.Form, p period.Period) *layout {
	l := &layout{cat: cat, form: form, period: p, shared: map[string]bool{}}
	byName := map[string][]*catalog.Item{}
	for i := range form.Items {
		it := &form.Items[i]
		byName[it.Name] = append(byName[it.Name], it)
	}
	for i := range form.Items {
		n := form.Items[i].Name
		l.items = append(l.items, byName[n]...)
		l.shared[n] = l.shared[n] || len(byName[n]) > 1
		delete(byName, n)
	}
	for i := range l.items {
		l.order = append(l.order, i)
	}
	slices.SortFunc(l.order, func(a, b int) int { return strings.Compare(l.items[a].Code, l.items[b].Code) })
	return l
}

// list is the table of many enterprises, a row for each.
func (l *layout) list() []sheet.Column {
	cols := []sheet.Column{
		{Code: columnEnterprise, No: "甲", Name: "统一社会信用代码", Type: sheet.AsCode, Width: 21, Key: true, Locked: true},
		{Code: columnName, No: "乙", Name: "企业名称", Width: 30, Locked: true},
	}
	for i, it := range l.items {
		c := l.column(i, it)
		c.Name = it.Name
		switch {
		case l.shared[it.Name]:
			c.Group, c.Name = it.Name, l.span(it)
		case l.spoken(it):
			c.Name += "（" + l.span(it) + "）"
		}
		cols = append(cols, c)
	}
	return cols
}

// card is the table of one enterprise, a line for each item.
func (l *layout) card() []sheet.Column {
	var cols []sheet.Column
	for i, it := range l.items {
		c := l.column(i, it)
		c.Name = strings.Repeat("　", it.Indent) + it.Name
		if l.shared[it.Name] || l.spoken(it) {
			c.Name += "（" + l.span(it) + "）"
		}
		cols = append(cols, c)
	}
	return cols
}

// spoken: the span of a lone item is said where nobody would guess it.
func (l *layout) spoken(it *catalog.Item) bool {
	return it.FactType() == fact.Number && !slices.Contains([]string{"", catalog.ColumnMonth, catalog.ColumnEnd}, it.Column)
}

// span names what an item covers, in the words of printed forms.
func (l *layout) span(it *catalog.Item) string {
	word := map[string]string{"month": "月", "quarter": "季", "year": "年"}[l.form.Every]
	switch it.Column {
	case catalog.ColumnMonth:
		return "本" + word
	case catalog.ColumnYTD:
		if l.form.Every == "year" {
			return "本年"
		}
		return "1—本" + word
	case catalog.ColumnMonthLast:
		return "上年同" + map[string]string{"month": "月", "quarter": "季", "year": "期"}[l.form.Every]
	case catalog.ColumnYTDLast:
		return "上年同期累计"
	case catalog.ColumnEnd:
		return "期末"
	}
	return "填报"
}

func (l *layout) column(i int, it *catalog.Item) sheet.Column {
	c := sheet.Column{Code: it.Code, No: number(i), Required: it.Need && l.form.Copy == "", Prompt: l.prompt(i, it)}
	switch typ := it.Type; {
	case it.FactType() == fact.Number:
		c.Unit, c.Type, c.Scale, c.Width = string(it.Unit), sheet.AsDecimal, uint8(it.Scale), 12
		if it.Scale == 0 {
			c.Type = sheet.AsInteger
		}
		if !it.Negative && l.form.Copy == "" {
			c.Min = new(unit.Decimal)
		}
	case typ == catalog.TypeDate:
		c.Type = sheet.AsDate
	case typ == catalog.TypeBool:
		c.Type, c.Options = sheet.AsEnum, []string{"是", "否"}
	case typ == catalog.TypeEnum:
		c.Type = sheet.AsEnum
		if list := l.cat.Lists[it.Of]; list != nil {
			for _, o := range list.Options {
				if o.Until == 0 || o.Until >= l.period.First() {
					c.Options = append(c.Options, o.Name)
				}
			}
		}
	default:
		c.Width = 24
	}
	return c
}

func number(i int) string { return fmt.Sprintf("%02d", i+1) }

// prompt is what stands beside a cell while it is filled in: the item's hint
// and the relations that name it.
func (l *layout) prompt(i int, it *catalog.Item) string {
	var out []string
	if it.Hint != "" {
		out = append(out, it.Hint)
	}
	for k := range l.form.Checks {
		if c := &l.form.Checks[k]; c.Level == catalog.Hard && slices.Contains(c.Cond.Uses(), it.Code) {
			out = append(out, "审核："+l.rule(c))
		}
	}
	return strings.Join(out, "\n")
}

var placeholder = regexp.MustCompile(`\{(prev\.|last\.)?([a-z0-9_]+)\}`)

// rule is what a check says, with the printed numbers of the items for their values.
func (l *layout) rule(c *catalog.Check) string {
	return placeholder.ReplaceAllStringFunc(c.Say, func(s string) string {
		m := placeholder.FindStringSubmatch(s)
		i := slices.IndexFunc(l.items, func(it *catalog.Item) bool { return it.Code == m[2] })
		if i < 0 {
			return ""
		}
		return "(" + map[string]string{"prev.": "上期", "last.": "上年"}[m[1]] + number(i) + ")"
	})
}

// cell is a value as the workbook shows it.
func (l *layout) cell(it *catalog.Item, v fact.Value) sheet.Value {
	switch v.Type() {
	case fact.Missing:
		return sheet.Value{}
	case fact.NotApplicable:
		return sheet.Value{Kind: sheet.NotApplicable}
	case fact.NotReturned:
		return sheet.Value{Kind: sheet.NoReply}
	case fact.Number:
		d, _ := v.Number()
		return sheet.OfNumber(d)
	case fact.Day:
		return sheet.OfDay(v.Day())
	}
	if list := l.cat.Lists[it.Of]; list != nil && it.Type == catalog.TypeEnum {
		return sheet.OfText(list.NameOf(v.Text()))
	}
	return sheet.OfText(v.String())
}

// value is what a cell of the workbook states; fault is "" or a sentence.
func (l *layout) value(it *catalog.Item, v sheet.Value) (out fact.Value, fault string) {
	switch v.Kind {
	case sheet.Missing:
		return fact.Value{}, ""
	case sheet.NotApplicable:
		return fact.Absent(fact.NotApplicable), ""
	case sheet.NoReply:
		return fact.Absent(fact.NotReturned), ""
	case sheet.Number:
		return fact.NumberOf(v.Number), ""
	case sheet.Day:
		return fact.DayOf(v.Day), ""
	}
	out, err := l.cat.ParseItem(it, v.Text)
	if err != nil {
		return fact.Value{}, errs.Text(err)
	}
	return out, ""
}
