package intake

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/sheet"
	"gongmai/internal/unit"
)

// Columns of a table of given figures.
const (
	colCode     = "indicator"
	colTitle    = "indicator_name"
	colScope    = "scope"
	colPeriod   = "period"
	colValue    = "value"
	colUnit     = "unit"
	colProvider = "provider"
	colOn       = "on"
	colStage    = "stage"
	colDocument = "document"
	colNote     = "note"
	colReason   = "reason"
)

var givenColumns = []column{
	{Column: sheet.Column{Code: colCode, Name: "指标代码", Type: sheet.AsCode}, also: []string{"code"}},
	{Column: sheet.Column{Code: colTitle, Name: "指标"}, also: []string{"指标名称", "name"}},
	{Column: sheet.Column{Code: colScope, Name: "范围"}},
	{Column: sheet.Column{Code: colPeriod, Name: "期别"}, also: []string{"期间", "时期", "报告期"}},
	{Column: sheet.Column{Code: colValue, Name: "数值"}, also: []string{"数"}},
	{Column: sheet.Column{Code: colUnit, Name: "计量单位"}},
	{Column: sheet.Column{Code: colProvider, Name: "提供单位"}, also: []string{"来源", "提供部门"}},
	{Column: sheet.Column{Code: colOn, Name: "日期", Type: sheet.AsDate}, also: []string{"提供日期", "date"}},
	{Column: sheet.Column{Code: colStage, Name: "阶段"}},
	{Column: sheet.Column{Code: colDocument, Name: "文件"}, also: []string{"依据", "依据文件", "文号"}},
	{Column: sheet.Column{Code: colNote, Name: "备注"}},
	{Column: sheet.Column{Code: colReason, Name: "原因"}, also: []string{"改动原因", "说明"}},
}

// TakeGiven takes given figures in, one a row.
func (d *Desk) TakeGiven(ctx context.Context, r *sheet.Reading, a Ask) (res Result, err error) {
	defer errs.Wrap(&err, "importing given figures")
	t, err := read(r, givenColumns)
	if err != nil {
		return res, err
	}
	a.progress("正在核对", len(t.rows))
	var figures []given.Figure
	seen := map[string]sheet.Place{}
	for _, row := range t.rows {
		f := d.figure(t, row)
		f.Reason = cmp.Or(f.Reason, a.Reason)
		key := f.Indicator + "|" + given.Key(f.Scope, f.Period)
		if first, twice := seen[key]; twice && f.Indicator != "" {
			t.fault(row.first, "与 %s 是同一个数", first)
			continue
		}
		seen[key] = row.first
		figures = append(figures, f)
	}
	res.Faults = t.faults
	if len(res.Faults) == 0 {
		res.Added, res.Changed, err = d.Given.Check(ctx, figures...)
		if faults, ok := errors.AsType[errs.Faults](err); ok {
			return Result{Faults: faults}, nil
		}
	}
	if err != nil || len(res.Faults) > 0 {
		return res, err
	}
	if res.Unchanged = len(figures) - res.Stored(); a.DryRun || res.Stored() == 0 {
		return res, nil
	}
	_, err = d.Given.Put(ctx, figures...)
	return res, err
}

func (d *Desk) figure(t *table, r row) given.Figure {
	f := given.Figure{
		Provider: r.text(colProvider), On: r.cells[colOn].Day, Stage: r.text(colStage), Document: r.text(colDocument),
		Note: r.text(colNote), Reason: r.text(colReason), Place: r.at(colValue).String(),
	}
	if i := d.indicator(t, r); i != nil {
		f.Indicator = i.Code
		if u := r.text(colUnit); u != "" && u != string(i.Unit) {
			t.fault(r.at(colUnit), "%s的计量单位是“%s”，此处为“%s”", i.Name, i.Unit, u)
		}
	}
	var err error
	if f.Value, err = unit.Parse(strings.ReplaceAll(r.text(colValue), ",", "")); err != nil {
		t.fault(r.at(colValue), "数值应为数，现为“%s”", r.text(colValue))
	}
	if f.Period, err = periodOf(r.text(colPeriod)); err != nil {
		t.fault(r.at(colPeriod), "%s", errs.Text(err))
	}
	scope := r.text(colScope)
	if scope == "全县" {
		scope = string(indicator.County)
	}
	sc, err := indicator.ParseScope(scope)
	if err != nil {
		t.fault(r.at(colScope), "%s", errs.Text(err))
	}
	f.Scope = string(sc)
	return f
}

// indicator is what a row is about, by code or by exactly its name.
func (d *Desk) indicator(t *table, r row) *catalog.Indicator {
	cat := d.Catalogue()
	words := make([]string, 0, 2*len(cat.Indicators))
	if code := r.text(colCode); code != "" {
		if i := cat.Indicators[code]; i != nil {
			return i
		}
		for c := range cat.Indicators {
			words = append(words, c)
		}
		t.fault(r.at(colCode), "没有指标 %s%s", code, near(code, words))
		return nil
	}
	name := r.text(colTitle)
	var found []*catalog.Indicator
	for _, i := range cat.Indicators {
		if words = append(words, i.Name); plain(i.Name) == plain(name) {
			found = append(found, i)
		}
	}
	switch {
	case name == "":
		t.fault(r.first, "应写明指标代码或指标名称")
	case len(found) == 0:
		t.fault(r.at(colTitle), "没有指标“%s”%s", name, near(name, words))
	case len(found) > 1:
		t.fault(r.at(colTitle), "有 %d 个指标叫“%s”，请写指标代码", len(found), name)
	default:
		return found[0]
	}
	return nil
}

func near(s string, words []string) string {
	slices.Sort(words)
	if n := errs.Nearest(s, words); n != "" {
		return "，是否想写 " + n
	}
	return ""
}

// chinese is a period as offices write it: 2025年, 2025年11月, 2025年1—11月.
var chinese = regexp.MustCompile(`^(\d{4})年(?:(\d{1,2})(?:[-—–~至到](\d{1,2}))?月(?:份)?)?$`)

// periodOf reads a period. A spreadsheet turns 2025-11 into the first of that month.
func periodOf(s string) (period.Period, error) {
	if day, err := period.ParseDay(s); err == nil && day.DayOfMonth() == 1 {
		return period.Period{From: day.MonthOf(), To: day.MonthOf()}, nil
	}
	if m := chinese.FindStringSubmatch(strings.ReplaceAll(s, " ", "")); m != nil {
		switch {
		case m[2] == "":
			s = m[1]
		case m[3] == "":
			s = m[1] + "-" + two(m[2])
		default:
			s = m[1] + "-" + two(m[2]) + ".." + two(m[3])
		}
	}
	p, err := period.Parse(s)
	if err != nil {
		return p, errs.Say(errs.Invalid, "期别“%s”应写作 2025、2025H1、2025Q3、2025-11、2025-01..11 或 2025年1—11月", s)
	}
	return p, nil
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
