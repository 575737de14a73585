package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/unit"
)

var (
	codePattern  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	fieldPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// checker finds what is wrong with a catalogue as a whole.
type checker struct {
	*Catalogue
	faults *errs.Faults
}

func (c *Catalogue) check(faults *errs.Faults) {
	k := &checker{c, faults}
	if c.Industries == nil {
		faults.Add("codes/gbt4754-2017-industry.csv", "缺少国民经济行业分类表")
	}
	for _, l := range sorted(c.Lists) {
		k.list(l)
	}
	for _, r := range sorted(c.Registers) {
		k.label(r.Pos, r.Code, r.Label)
		k.typ(&r.Type)
		if r.Key != "" {
			k.field(r.Pos, &r.Type, "key", r.Key)
		}
	}
	for _, l := range sorted(c.Ledgers) {
		k.ledger(l)
	}
	for _, f := range sorted(c.Forms) {
		k.form(f)
	}
	k.indicators()
	k.reports()
	for _, r := range sorted(c.Roles) {
		k.label(r.Pos, r.Code, r.Label)
	}
}

// sorted yields the values of a map in the order of its keys, so that faults
// come in the same order every time.
func sorted[K interface{ ~int | ~string }, V any](m map[K]V) []V {
	var out []V
	for _, key := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[key])
	}
	return out
}

func (k *checker) at(p Pos, format string, args ...any) {
	k.faults.Add(p.File+":"+strconv.Itoa(p.Line), format, args...)
}

func (k *checker) label(p Pos, code string, l Label) {
	if !codePattern.MatchString(code) {
		k.at(p, "代码 %q 只能含字母、数字、下划线和连字符", code)
	}
	k.names(p, code, l)
}

func (k *checker) names(p Pos, what string, l Label) {
	if l.Name == "" {
		k.at(p, "%s 缺少中文名 name", what)
	}
	if l.En == "" && !strings.HasPrefix(p.File, "own/") {
		k.at(p, "%s 缺少英文名 en", what)
	}
}

// known answers whether word is one of words; if not, it is a fault with the
// nearest right one.
func (k *checker) known(p Pos, what, word string, words []string) bool {
	if slices.Contains(words, word) {
		return true
	}
	hint := ""
	if n := errs.Nearest(word, words); n != "" {
		hint = "，是否想写 " + n
	}
	k.at(p, "%s %q 没有定义%s", what, word, hint)
	return false
}

func keys[V any](m map[string]V) []string { return slices.Collect(maps.Keys(m)) }

func (k *checker) list(l *List) {
	k.label(l.Pos, l.Code, l.Label)
	seen := map[string]bool{}
	for _, o := range l.Options {
		k.names(l.Pos, "代码表 "+l.Code+" 的 "+o.Code, o.Label)
		if seen[o.Code] {
			k.at(l.Pos, "代码表 %s 中 %s 写了两次", l.Code, o.Code)
		}
		seen[o.Code] = true
	}
}

var fieldTypes = []string{TypeText, TypeNote, TypeNumber, TypeDate, TypeBool, TypeEnum, TypeEnums, TypeTexts, TypeRef, TypeFiles, TypePeople, TypeCreditCode, TypeIndustry, TypeRegion, TypeIndicator}

func (k *checker) typ(t *Type) {
	seen := map[string]bool{}
	for i := range t.Fields {
		f := &t.Fields[i]
		if !fieldPattern.MatchString(f.Code) {
			k.at(f.Pos, "字段代码 %q 应为小写字母、数字和下划线", f.Code)
		}
		if seen[f.Code] || slices.ContainsFunc(recordVars, func(v exprVar) bool { return v.Name == f.Code }) {
			k.at(f.Pos, "字段 %s 重复，或与系统名称相同", f.Code)
		}
		seen[f.Code] = true
		k.names(f.Pos, "字段 "+f.Code, f.Label)
		k.known(f.Pos, "字段类型", f.Type, fieldTypes)
		k.fieldDetails(f)
	}
	if t.Subject != "" {
		k.field(t.Pos, t, "subject", t.Subject)
	}
	if t.Title != "" {
		k.field(t.Pos, t, "title", t.Title)
	}
	if t.Office != "" {
		if l := k.Lists["offices"]; l != nil {
			k.known(t.Pos, "股室", t.Office, codes(l))
		}
	}
}

func codes(l *List) []string {
	var out []string
	for _, o := range l.Options {
		out = append(out, o.Code)
	}
	return out
}

func (k *checker) fieldDetails(f *Field) {
	switch f.Type {
	case TypeEnum, TypeEnums:
		k.known(f.Pos, "代码表", f.Of, keys(k.Lists))
	case TypeRef:
		if _, ok := k.TypeOf(f.To); !ok {
			k.at(f.Pos, "引用的对象 %q 没有定义（应如 register:park、ledger:danger）", f.To)
		}
	case TypeNumber:
		k.unit(f.Pos, f.Unit)
		k.scale(f.Pos, f.Scale)
	}
	for _, m := range []*string{f.Min, f.Max} {
		if m != nil {
			if _, err := unit.Parse(*m); err != nil {
				k.at(f.Pos, "字段 %s 的上下限 %q 不是数", f.Code, *m)
			}
		}
	}
}

func (k *checker) scale(p Pos, n int) {
	if n < 0 || n > unit.MaxScale {
		k.at(p, "小数位数应在 0 至 %d 之间", unit.MaxScale)
	}
}

func (k *checker) unit(p Pos, u unit.Code) {
	if _, ok := k.Units[u]; !ok {
		k.known(p, "计量单位", string(u), k.Units.Codes())
	}
}

func (k *checker) field(p Pos, t *Type, role, code string) (*Field, bool) {
	f, ok := t.Field(code)
	if !ok {
		k.known(p, role+" 所指字段", code, fieldCodes(t))
	}
	return f, ok
}

func fieldCodes(t *Type) []string {
	var out []string
	for _, f := range t.Fields {
		out = append(out, f.Code)
	}
	return out
}

func (k *checker) ledger(l *Ledger) {
	k.label(l.Pos, l.Code, l.Label)
	k.typ(&l.Type)
	if l.Uses != "" {
		if k.known(l.Pos, "流程", l.Uses, keys(k.Flows)) {
			f := k.Flows[l.Uses]
			l.States = append(slices.Clone(f.States), l.States...)
			l.Steps = append(slices.Clone(f.Steps), l.Steps...)
		}
	}
	if len(l.States) == 0 {
		k.at(l.Pos, "台账 %s 没有状态", l.Code)
	}
	env, err := k.RecordEnv(&l.Type)
	if err != nil {
		k.at(l.Pos, "%v", err)
		return
	}
	k.steps(l, env)
	for i := range l.Clocks {
		k.clock(l, &l.Clocks[i])
	}
	for i := range l.Duties {
		d := &l.Duties[i]
		k.label(d.Pos, d.Code, d.Label)
		k.known(d.Pos, "周期", d.Every, []string{"month", "quarter", "year"})
		k.dateField(d.Pos, &l.Type, "on", d.On)
		d.Cond = k.saying(d.Pos, k.condition(d.Pos, env, d.Where), &l.Type, l.States)
	}
}

func (k *checker) dateField(p Pos, t *Type, role, code string) {
	if f, ok := k.field(p, t, role, code); ok && f.Type != TypeDate {
		k.at(p, "%s 所指字段 %s 应为日期", role, code)
	}
}

func (k *checker) steps(l *Ledger, env *exprEnv) {
	var states []string
	for _, s := range l.States {
		if slices.Contains(states, s.Code) {
			k.at(l.Pos, "状态 %s 写了两次", s.Code)
		}
		states = append(states, s.Code)
		k.names(l.Pos, "状态 "+s.Code, s.Label)
		k.known(l.Pos, "状态色调", s.Tone, []string{"", "wait", "work", "done", "stop"})
	}
	seen := map[string]bool{}
	for i := range l.Steps {
		s := &l.Steps[i]
		k.label(s.Pos, s.Code, s.Label)
		if seen[s.Code] {
			k.at(s.Pos, "步骤 %s 写了两次", s.Code)
		}
		seen[s.Code] = true
		k.known(s.Pos, "状态", s.To, states)
		for _, f := range s.From {
			k.known(s.Pos, "状态", f, states)
		}
		for _, r := range s.By {
			k.known(s.Pos, "角色", r, keys(k.Roles))
		}
		for _, n := range s.Need {
			k.field(s.Pos, &l.Type, "need", n)
		}
		for _, n := range s.Clear {
			k.field(s.Pos, &l.Type, "clear", n)
		}
		s.Cond = k.saying(s.Pos, k.condition(s.Pos, env, s.When), &l.Type, l.States)
		if s.When != "" && s.Say == "" {
			k.at(s.Pos, "步骤 %s 有条件 when，应以 say 说明不满足时缺什么", s.Code)
		}
	}
	k.reach(l)
}

// reach finds states that cannot be reached, and ones that cannot be left
// though they are not an end (tone done or stop).
func (k *checker) reach(l *Ledger) {
	reached, left := map[string]bool{}, map[string]bool{}
	for _, s := range l.Steps {
		if len(s.From) == 0 {
			reached[s.To] = true
		}
		for _, f := range s.From {
			left[f] = true
		}
	}
	for range l.States {
		for _, s := range l.Steps {
			if slices.ContainsFunc(s.From, func(f string) bool { return reached[f] }) {
				reached[s.To] = true
			}
		}
	}
	for _, s := range l.States {
		if !reached[s.Code] {
			k.at(l.Pos, "台账 %s 的状态 %s 到不了", l.Code, s.Code)
		}
		if !left[s.Code] && s.Tone != "done" && s.Tone != "stop" {
			k.at(l.Pos, "台账 %s 的状态 %s 出不去，也不是终点（tone: done 或 stop）", l.Code, s.Code)
		}
	}
}

func (k *checker) clock(l *Ledger, c *Clock) {
	if _, ok := l.State(c.State); !ok {
		k.at(c.Pos, "时限所指状态 %q 没有定义", c.State)
	}
	if _, err := ParseSpan(c.Due); err != nil {
		k.at(c.Pos, "%v", err)
	}
	if c.Warn != "" {
		if _, err := ParseSpan(c.Warn); err != nil {
			k.at(c.Pos, "%v", err)
		}
	}
	if c.Escalate != "" {
		k.known(c.Pos, "角色", c.Escalate, keys(k.Roles))
	}
	if c.From != "" {
		k.dateField(c.Pos, &l.Type, "from", c.From)
	}
}

func (k *checker) condition(p Pos, env *exprEnv, text string) *exprProgram {
	if text == "" {
		return nil
	}
	prog, err := env.Condition(text)
	if err != nil {
		k.at(p, "%s", errs.Text(err))
	}
	return prog
}

// saying checks the codes that a condition compares fields and states with.
func (k *checker) saying(p Pos, prog *exprProgram, t *Type, states []State) *exprProgram {
	if prog == nil {
		return nil
	}
	for name, words := range prog.Said() {
		var all []string
		if f, ok := t.Field(name); ok && k.Lists[f.Of] != nil {
			all = codes(k.Lists[f.Of])
		} else if name == "state" {
			for _, s := range states {
				all = append(all, s.Code)
			}
		}
		for _, w := range words {
			if all != nil {
				k.known(p, "条件中 "+name+" 的代码", w, all)
			}
		}
	}
	return prog
}

var columns = []string{ColumnMonth, ColumnYTD, ColumnMonthLast, ColumnYTDLast, ColumnEnd}

func (k *checker) form(f *Form) {
	k.label(f.Pos, f.Code, f.Label)
	k.known(f.Pos, "报送周期", f.Every, []string{"month", "quarter", "year"})
	k.known(f.Pos, "用途", f.Purpose, []string{"statistics", "operation"})
	if f.Copy == "" && (f.Number == "" || f.Authority == "" || f.Approval == "" || f.ValidUntil == 0) {
		k.at(f.Pos, "自制报表应有表号、制定机关、批准文号、有效期（number、authority、approval、valid_until）")
	}
	if (f.Due.Day == 0) == (f.Due.Workdays == 0) {
		k.at(f.Pos, "due 应写 day 或 workdays 之一")
	}
	seen := map[string]bool{}
	for i := range f.Items {
		it := &f.Items[i]
		if !fieldPattern.MatchString(it.Code) || seen[it.Code] {
			k.at(it.Pos, "指标项代码 %q 重复或不合格式", it.Code)
		}
		seen[it.Code] = true
		k.names(it.Pos, "指标项 "+it.Code, it.Label)
		if it.FactType() == fact.Number {
			if it.Unit == "" {
				it.Unit = f.Unit
			}
			k.unit(it.Pos, it.Unit)
			k.scale(it.Pos, it.Scale)
			k.known(it.Pos, "列", it.Column, columns)
		}
		if it.Of != "" {
			k.known(it.Pos, "代码表", it.Of, keys(k.Lists))
		}
	}
	k.formChecks(f)
}

func (k *checker) formChecks(f *Form) {
	env, err := k.FormEnv(f)
	if err != nil {
		k.at(f.Pos, "%v", err)
		return
	}
	seen := map[string]bool{}
	for i := range f.Checks {
		c := &f.Checks[i]
		if seen[c.Code] {
			k.at(c.Pos, "审核关系 %s 写了两次", c.Code)
		}
		seen[c.Code] = true
		k.known(c.Pos, "级别", c.Level, []string{Hard, Ask})
		if c.Say == "" {
			k.at(c.Pos, "审核关系 %s 应以 say 说明", c.Code)
		}
		c.Cond = k.condition(c.Pos, env, c.Rule)
	}
	if f.Who == "" {
		return
	}
	ent := k.Registers["enterprise"]
	if ent == nil {
		k.at(f.Pos, "who 需要企业名录 register: enterprise")
		return
	}
	renv, err := k.RecordEnv(&ent.Type)
	if err != nil {
		k.at(f.Pos, "%v", err)
		return
	}
	f.Cond = k.saying(f.Pos, k.condition(f.Pos, renv, f.Who), &ent.Type, nil)
}
