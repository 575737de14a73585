package catalog

import (
	"regexp"
	"slices"
	"strings"

	"gongmai/internal/errs"
	"gongmai/internal/expr"
	"gongmai/internal/unit"
)

type (
	exprVar     = expr.Var
	exprEnv     = expr.Env
	exprProgram = expr.Program
)

func (k *checker) indicators() {
	env, err := k.FigureEnv()
	if err != nil {
		k.faults.Add("indicators", "%v", err)
		return
	}
	for _, i := range sorted(k.Indicators) {
		k.indicator(i, env)
	}
	for _, i := range sorted(k.Indicators) {
		if loop := k.cycle(i.Code, nil); loop != nil {
			k.at(i.Pos, "指标互相引用成环：%s", strings.Join(loop, " → "))
			return
		}
	}
}

func (k *checker) indicator(i *Indicator, env *exprEnv) {
	k.label(i.Pos, i.Code, i.Label)
	k.known(i.Pos, "类别", i.Kind, []string{Reported, Counted, Derived, Parameter})
	k.known(i.Pos, "时间口径", i.Span, []string{SpanStat, SpanYear, SpanEnd, SpanNext})
	k.known(i.Pos, "谁优先", i.Prints, []string{"", "given", "records"})
	if i.Kind != Parameter {
		k.known(i.Pos, "累加方式", i.Accumulate, []string{AddsUp, AtEnd, OfSums})
		k.unit(i.Pos, i.Unit)
		if i.Caliber == "" {
			k.at(i.Pos, "指标 %s 缺少口径 caliber", i.Code)
		}
	}
	k.known(i.Pos, "含义", i.Sense, []string{"", SenseGrowth})
	if i.Growth != "" && k.known(i.Pos, "同比增速指标", i.Growth, keys(k.Indicators)) && k.Indicators[i.Growth].Sense != SenseGrowth {
		k.at(i.Pos, "growth 所指的 %s 不是增速（sense: growth）", i.Growth)
	}
	if i.Digits < 0 || i.Digits > 6 {
		k.at(i.Pos, "印出的小数位数应在 0 至 6 之间")
	}
	n := 0
	for _, has := range []bool{i.Count != nil, i.Sum != nil, i.Derive != "", i.Source != nil} {
		if has {
			n++
		}
	}
	if n > 1 {
		k.at(i.Pos, "指标 %s 的 count、sum、derive、parameter 只能有一个", i.Code)
	}
	if r := i.Records(); r != nil {
		k.records(i, r)
	}
	if i.Derive != "" {
		var err error
		if i.Formula, err = env.Formula(i.Derive); err != nil {
			k.at(i.Pos, "%v", err)
		}
	}
	if s := i.Source; s != nil && s.Setting != "" {
		k.known(i.Pos, "设置", s.Setting, keys(k.Settings))
	} else if s != nil && s.Run != "" {
		k.known(i.Pos, "运行参数", s.Run, []string{"year", "stat_year", "month_from", "month_to"})
	}
}

// kinds are all that can be counted.
func (k *checker) kinds() (all []string) {
	for _, r := range k.Registers {
		all = append(all, string(r.Kind))
	}
	for _, l := range k.Ledgers {
		all = append(all, string(l.Kind))
	}
	for _, f := range k.Forms {
		all = append(all, string(f.Kind))
	}
	slices.Sort(all)
	return all
}

func (k *checker) records(i *Indicator, r *Count) {
	if f, ok := k.FormOf(r.Of); ok {
		k.fromForm(i, r, f)
		return
	}
	t, ok := k.TypeOf(r.Of)
	if !ok {
		if n := errs.Nearest(string(r.Of), k.kinds()); n != "" {
			k.at(r.Pos, "计数对象 %q 没有定义，是否想写 %s", r.Of, n)
		} else {
			k.at(r.Pos, "计数对象 %q 没有定义（应如 ledger:patent、register:enterprise、survey:B203）", r.Of)
		}
		return
	}
	for role, code := range map[string]string{"on": r.On, "until": r.Until} {
		if code != "" {
			k.dateField(r.Pos, t, role, code)
		}
	}
	if r.Distinct != "" && r.Distinct != "subject" {
		k.field(r.Pos, t, "distinct", r.Distinct)
	}
	if i.Sum != nil {
		if f, ok := k.field(r.Pos, t, "field", r.Field); ok {
			if f.Type != TypeNumber {
				k.at(r.Pos, "合计字段 %s 应为数", r.Field)
			}
			k.convertible(r.Pos, f.Unit, i.Unit)
		}
	}
	if env, err := k.RecordEnv(t); err != nil {
		k.at(r.Pos, "%v", err)
	} else {
		var states []State
		if l := k.Ledgers[r.Of.Type()]; l != nil && r.Of.Room() == "ledger" {
			states = l.States
		}
		r.Cond = k.saying(r.Pos, k.condition(r.Pos, env, r.Where), t, states)
	}
}

func (k *checker) fromForm(i *Indicator, r *Count, f *Form) {
	for role, code := range map[string]string{ColumnMonth: r.Items.Month, ColumnYTD: r.Items.YTD, ColumnEnd: r.Items.End} {
		if code == "" {
			continue
		}
		it, ok := f.Item(code)
		if !ok {
			var all []string
			for _, x := range f.Items {
				all = append(all, x.Code)
			}
			k.known(r.Pos, "指标项", code, all)
			continue
		}
		if !strings.HasPrefix(it.Column, role) {
			k.at(r.Pos, "%s 所指 %s 是 %s 列", role, code, it.Column)
		}
		k.convertible(r.Pos, it.Unit, i.Unit)
	}
	if i.Sum != nil && r.Where != "" {
		k.at(r.Pos, "对报表求和不能带 where；要按条件计户数请用 count")
	}
	if i.Sum != nil && r.Items == (Items{}) {
		k.at(r.Pos, "对报表求和应写 items: {month, ytd} 或 {end}")
	}
	if env, err := k.FormEnv(f); err != nil {
		k.at(r.Pos, "%v", err)
	} else {
		r.Cond = k.condition(r.Pos, env, r.Where)
	}
}

func (k *checker) convertible(p Pos, from, to unit.Code) {
	a, b := k.Units[from], k.Units[to]
	if a.Dimension != b.Dimension {
		k.at(p, "计量单位 %s 不能换算成 %s", from, to)
	}
}

// cycle returns a loop of formulas through code, if there is one.
func (k *checker) cycle(code string, path []string) []string {
	if at := slices.Index(path, code); at >= 0 {
		return append(path[at:], code)
	}
	i := k.Indicators[code]
	if i == nil || i.Formula == nil {
		return nil
	}
	for _, u := range i.Formula.Uses() {
		if strings.HasPrefix(u, "last.") || strings.HasPrefix(u, "prev.") {
			continue // another period: it ends with the data
		}
		if loop := k.cycle(u, append(slices.Clone(path), code)); loop != nil {
			return loop
		}
	}
	return nil
}

// Placeholder is one {{code|form}} of a text.
type Placeholder struct {
	Start, End int // bytes
	Code, Form string
}

var placeholder = regexp.MustCompile(`\{\{\s*([a-z0-9_]+)\s*(?:\|\s*([^{}|]*?)\s*)?\}\}`)

// Placeholders finds the placeholders of a text.
func Placeholders(text string) []Placeholder {
	var out []Placeholder
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		p := Placeholder{Start: m[0], End: m[1], Code: text[m[2]:m[3]]}
		if m[4] >= 0 {
			p.Form = text[m[4]:m[5]]
		}
		out = append(out, p)
	}
	return out
}

// Words that a text may use beside indicators.
var runWords = []string{"period", "year", "next_year", "as_of", "issuer"}

func (k *checker) reports() {
	env, err := k.FigureEnv()
	if err != nil {
		return // said by indicators
	}
	for _, o := range sorted(k.Outlines) {
		k.label(o.Pos, o.Code, o.Label)
		k.placeholders(o.Pos, o.Title)
		for i := range o.Blocks {
			b := &o.Blocks[i]
			for _, t := range []string{b.Heading, b.Text, b.RunIn} {
				k.placeholders(b.Pos, t)
			}
			b.Cond = k.condition(b.Pos, env, b.When)
			for _, r := range b.Rows {
				k.known(b.Pos, "指标", r, keys(k.Indicators))
			}
		}
		for i := range o.Rules {
			o.Rules[i].Cond = k.condition(o.Rules[i].Pos, env, o.Rules[i].Rule)
		}
	}
	for _, b := range sorted(k.Bindings) {
		k.masks(b)
	}
}

func (k *checker) masks(b *Bindings) {
	for i, m := range b.Masks {
		k.known(m.Pos, "指标", m.Code, keys(k.Indicators))
		if m.N != i+1 {
			k.at(m.Pos, "第 %d 处应写 n: %d，现为 %d", i+1, i+1, m.N)
		}
	}
}

func (k *checker) placeholders(p Pos, text string) {
	found := Placeholders(text)
	if strings.Count(text, "{{") != len(found) {
		k.at(p, "占位符写法不对，应如 {{code}} 或 {{code|亿元}}：%s", text)
	}
	for _, h := range found {
		if slices.Contains(runWords, h.Code) {
			continue
		}
		if k.known(p, "指标", h.Code, keys(k.Indicators)) {
			k.manner(p, h)
		}
	}
}

// manner checks what a placeholder asks of its figure.
func (k *checker) manner(p Pos, h Placeholder) {
	word, _, _ := strings.Cut(h.Form, " ")
	switch word {
	case "", "change", "names", "tens", "abs":
		return
	}
	if _, ok := k.Units[unit.Code(word)]; !ok {
		k.known(p, "占位符写法", word, append(k.Units.Codes(), "change", "names", "tens", "abs"))
		return
	}
	k.convertible(p, k.Indicators[h.Code].Unit, unit.Code(word))
}
