package survey

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/sheet"
)

// Workbook is a form to fill in: for all enterprises that are expected or have
// filed, a list; for one enterprise, a card. What is known stands in it.
func (s *Store) Workbook(ctx context.Context, m *record.Moment, form string, p period.Period, enterprise string) (b sheet.Book, err error) {
	defer errs.Wrap(&err, "making a workbook of %s for %s", form, p)
	cat := s.cat()
	f := cat.Forms[form]
	if f == nil {
		return b, errs.Say(errs.NotFound, "没有报表 %s", form)
	}
	if why := Closed(f, p); len(why) > 0 {
		return b, errs.Say(errs.Invalid, "%s：%s", f.Name, strings.Join(why, "；"))
	}
	l := newLayout(cat, f, p)
	firms, err := s.asked(ctx, m, f, p, enterprise)
	if err != nil {
		return b, err
	}
	t := l.sheet(enterprise != "")
	err = m.Read(ctx, f.Kind, func(v fact.View) error {
		if enterprise != "" {
			l.cardOf(&t, v, firms[0])
			return nil
		}
		for _, firm := range firms {
			cells := []sheet.Cell{{Value: sheet.OfText(firm.Code)}, {Value: sheet.OfText(firm.Name)}}
			t.Rows = append(t.Rows, sheet.Row{ID: firm.Code, Cells: append(cells, l.cells(v, p, firm.Code)...)})
		}
		return nil
	})
	b = sheet.Book{Form: f.Code, Period: p, Digest: issue{cat.Digest, m.Seq}.String(), Sheets: []sheet.Sheet{t}}
	if rules := l.rules(); len(rules.Rows) > 0 {
		b.Sheets = append(b.Sheets, rules)
	}
	return b, err
}

// asked lists the enterprises of a workbook, by code.
func (s *Store) asked(ctx context.Context, m *record.Moment, f *catalog.Form, p period.Period, enterprise string) ([]*register.Firm, error) {
	if enterprise == "" {
		lines, err := s.Expected(ctx, m, f, p)
		if err != nil {
			return nil, err
		}
		return s.alsoFiled(ctx, m, f, p, lines)
	}
	roll, err := s.register.Roll(ctx, m, p.Last())
	if err != nil {
		return nil, err
	}
	firm := roll.Firm(enterprise)
	if firm == nil || !m.Sees(f.Kind, enterprise) {
		return nil, errs.Say(errs.NotFound, "名录中没有企业 %s", enterprise)
	}
	return []*register.Firm{firm}, nil
}

// alsoFiled adds who was not asked and has filed, so that nothing is left out.
func (s *Store) alsoFiled(ctx context.Context, m *record.Moment, f *catalog.Form, p period.Period, firms []*register.Firm) ([]*register.Firm, error) {
	roll, err := s.register.Roll(ctx, m, p.Last())
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, x := range firms {
		seen[x.Code] = true
	}
	return firms, m.Read(ctx, f.Kind, func(v fact.View) error {
		for r := range v.Of(p) {
			if firm := roll.Firm(r.Subject()); firm != nil && !seen[firm.Code] {
				firms = append(firms, firm)
			}
		}
		return nil
	})
}

func (l *layout) cells(v fact.View, p period.Period, enterprise string) []sheet.Cell {
	out := make([]sheet.Cell, len(l.items))
	if r, ok := v.Record(Key(p, enterprise)); ok {
		for i, it := range l.items {
			out[i].Value = l.cell(it, r.Get(it.Code))
		}
	}
	return out
}

// cardOf puts one enterprise into a card: its return, and grey beside it what
// it stated a period and a year before.
func (l *layout) cardOf(t *sheet.Sheet, v fact.View, firm *register.Firm) {
	t.Head = append(t.Head,
		sheet.Label{Name: "统一社会信用代码", Text: firm.Code, Side: sheet.Left},
		sheet.Label{Name: "单位名称", Text: firm.Name, Side: sheet.Left})
	t.Rows = []sheet.Row{
		{ID: firm.Code, Label: "本期", Cells: l.cells(v, l.period, firm.Code)},
		{ID: "prev", Label: "上期", Reference: true, Cells: l.cells(v, l.period.Previous(), firm.Code)},
		{ID: "last", Label: "上年同期", Reference: true, Cells: l.cells(v, l.period.YearAgo(), firm.Code)},
	}
}

func (l *layout) sheet(card bool) sheet.Sheet {
	f := l.form
	t := sheet.Sheet{
		Name: l.tab(), Title: f.Name, Middle: l.period.Chinese(), Corner: l.corner(),
		Notes: []string{"没有这一项的填“/”，暂无数据的留空；空格不作 0。"},
		Foot:  []sheet.Label{{Name: "填表人"}, {Name: "审核人"}, {Name: "负责人"}, {Name: "填表日期"}},
	}
	head := func(name, text string) {
		if text != "" {
			t.Head = append(t.Head, sheet.Label{Name: name, Text: text})
		}
	}
	head("表号", f.Number)
	head("制定机关", f.Authority)
	head("批准文号", f.Approval)
	if f.ValidUntil != 0 {
		head("有效期至", fmt.Sprintf("%d年%d月%d日", f.ValidUntil.Year(), f.ValidUntil.Month(), f.ValidUntil.DayOfMonth()))
	}
	if f.Copy != "" {
		t.Title += "（副本导入表）"
		t.Notes = append(t.Notes, "本表只用于导入"+f.Copy+"的副本，不得用来布置或收取统计报表。")
	}
	if card {
		t.Orient, t.Paper, t.Columns = sheet.Card, sheet.A4Portrait, l.card()
		t.Notes[0] += "灰底各格供对照，不用填。"
		return t
	}
	t.Head = append(t.Head, sheet.Label{Name: "综合单位", Text: l.cat.Settings["office.name"], Side: sheet.Left})
	t.Paper, t.Columns = sheet.A4Landscape, l.list()
	if len(l.items) > 10 {
		t.Paper = sheet.A3Landscape
	}
	return t
}

// tab is the name of the worksheet: 月报, or the number of the copied form.
func (l *layout) tab() string {
	if l.form.Copy != "" {
		return l.form.Code
	}
	return map[string]string{"month": "月报", "quarter": "季报", "year": "年报"}[l.form.Every]
}

// corner says the unit where all numbers have one.
func (l *layout) corner() string {
	one := ""
	for _, it := range l.items {
		if it.FactType() != fact.Number {
			continue
		}
		if u := string(it.Unit); one == "" || one == u {
			one = u
		} else {
			return "计量单位：见表内"
		}
	}
	return "单位：" + one
}

// rules is a second worksheet: the relations that a return must keep.
func (l *layout) rules() sheet.Sheet {
	t := sheet.Sheet{
		Name: "审核关系", Title: l.form.Name + "审核关系", Paper: sheet.A4Portrait,
		Columns: []sheet.Column{
			{Code: "code", Name: "编号", Width: 8, Locked: true}, {Code: "level", Name: "级别", Width: 12, Locked: true}, {Code: "say", Name: "内容", Width: 70, Locked: true},
		},
		Notes: []string{"括号内是表中各栏（行）的序号；“上期”“上年”指此前上报的数。"},
	}
	for i := range l.form.Checks {
		c := &l.form.Checks[i]
		level := "请核实"
		if c.Level == catalog.Hard {
			level = "必须满足"
		}
		if c.Level == catalog.Hard && l.form.Copy != "" {
			level = "标记"
		}
		t.Rows = append(t.Rows, sheet.Row{ID: c.Code, Cells: []sheet.Cell{
			{Value: sheet.OfText(c.Code)}, {Value: sheet.OfText(level)}, {Value: sheet.OfText(l.rule(c))},
		}})
	}
	return t
}

// issue is what a workbook carries hidden: the catalogue it was made by, and
// the seq up to which it knows.
type issue struct {
	catalogue string
	seq       fact.Seq
}

func (i issue) String() string { return i.catalogue + "@" + strconv.FormatInt(int64(i.seq), 10) }

func parseIssue(s string) (i issue, ok bool) {
	digest, seq, _ := strings.Cut(s, "@")
	n, err := strconv.ParseInt(seq, 10, 64)
	return issue{digest, fact.Seq(n)}, err == nil && n >= 0
}
