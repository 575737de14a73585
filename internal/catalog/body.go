package catalog

import (
	"slices"
	"strings"

	"gongmai/internal/calendar"
	"gongmai/internal/code"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Calendar returns the workdays of all years that the catalogue knows.
func (c *Catalogue) Calendar() *calendar.Calendar {
	var off, work []period.Day
	for _, h := range c.Holidays {
		off, work = append(off, h.Off...), append(work, h.Work...)
	}
	return calendar.New(off, work)
}

// ParseField reads one field from text as people type or paste it. Empty text
// is Missing; the fault is a Chinese sentence.
func (c *Catalogue) ParseField(f *Field, s string) (fact.Value, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return fact.Value{}, nil
	}
	return c.parse(f.Type, f.Of, f.Scale, s)
}

// ParseItem reads one item of a form from text.
func (c *Catalogue) ParseItem(i *Item, s string) (fact.Value, error) {
	s = strings.TrimSpace(s)
	switch s {
	case "":
		return fact.Value{}, nil
	case "/", "—", "无", "不适用":
		return fact.Absent(fact.NotApplicable), nil
	case "未反馈":
		return fact.Absent(fact.NotReturned), nil
	}
	typ := i.Type
	if typ == "" {
		typ = TypeNumber
	}
	return c.parse(typ, i.Of, i.Scale, s)
}

func (c *Catalogue) parse(typ, of string, scale int, s string) (fact.Value, error) {
	switch typ {
	case TypeNumber:
		d, err := unit.Parse(strings.ReplaceAll(s, ",", ""))
		if err != nil {
			return fact.Value{}, errs.Say(errs.Invalid, "应为数，现为“%s”", s)
		}
		if d.Trim().Scale() > uint8(scale) {
			return fact.Value{}, errs.Say(errs.Invalid, "最多 %d 位小数，现为 %s", scale, s)
		}
		return fact.NumberOf(d), nil
	case TypeDate:
		d, err := period.ParseDay(s)
		if err != nil {
			return fact.Value{}, errs.Say(errs.Invalid, "应为日期，如 2025-03-01，现为“%s”", s)
		}
		return fact.DayOf(d), nil
	case TypeBool:
		switch s {
		case "是", "true", "1":
			return fact.BoolOf(true), nil
		case "否", "false", "0":
			return fact.BoolOf(false), nil
		}
		return fact.Value{}, errs.Say(errs.Invalid, "应为是或否，现为“%s”", s)
	case TypeEnum:
		v, err := c.option(of, s)
		return fact.TextOf(v), err
	case TypeRegion:
		v, err := c.option("regions", s)
		return fact.TextOf(v), err
	case TypeCreditCode:
		v, err := code.Credit(s)
		return fact.TextOf(v), err
	case TypeIndustry:
		if !c.Industries.Known(s) {
			return fact.Value{}, errs.Say(errs.Invalid, "%s 不是 GB/T 4754—2017 采矿、制造、电力热力燃气及水业的小类代码", s)
		}
		return fact.TextOf(s), nil
	case TypeIndicator:
		return c.parseIndicator(s)
	case TypeEnums, TypeTexts, TypeFiles, TypePeople:
		var out []string
		for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;；\n", r) }) {
			p = strings.TrimSpace(p)
			if typ == TypeEnums {
				v, err := c.option(of, p)
				if err != nil {
					return fact.Value{}, err
				}
				p = v
			}
			out = append(out, p)
		}
		return fact.ListOf(out...), nil
	}
	return fact.TextOf(s), nil
}

// parseIndicator finds an indicator by code or by name.
func (c *Catalogue) parseIndicator(s string) (fact.Value, error) {
	var names []string
	for code, i := range c.Indicators {
		if code == s || i.Name == s {
			return fact.TextOf(code), nil
		}
		names = append(names, code, i.Name)
	}
	slices.Sort(names)
	if n := errs.Nearest(s, names); n != "" {
		return fact.Value{}, errs.Say(errs.Invalid, "没有指标“%s”，是否想写“%s”", s, n)
	}
	return fact.Value{}, errs.Say(errs.Invalid, "没有指标“%s”", s)
}

// option finds a member of a list by code or by Chinese name.
func (c *Catalogue) option(list, s string) (string, error) {
	l := c.Lists[list]
	if l == nil {
		return s, nil
	}
	var names []string
	for _, o := range l.Options {
		if o.Code == s || o.Name == s {
			return o.Code, nil
		}
		names = append(names, o.Name)
	}
	if n := errs.Nearest(s, names); n != "" {
		return "", errs.Say(errs.Invalid, "“%s”不在%s中，是否想写“%s”", s, l.Name, n)
	}
	if len(names) > 12 {
		names = append(names[:12], "…")
	}
	return "", errs.Say(errs.Invalid, "“%s”不在%s中（%s）", s, l.Name, strings.Join(names, "、"))
}

// CheckBody finds everything that is wrong with the fields of a record:
// unknown ones, wrong types, limits, and needed ones that are missing.
func (c *Catalogue) CheckBody(t *Type, b fact.Body, need []string) errs.Faults {
	var faults errs.Faults
	for _, x := range b {
		f, ok := t.Field(x.Code)
		if !ok {
			if x.Code != "number" && !strings.HasPrefix(x.Code, "_") {
				faults.Add(x.Code, "没有这个字段")
			}
			continue
		}
		if x.Value.Present() {
			c.checkField(f, x.Value, &faults)
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if (f.Need || slices.Contains(need, f.Code)) && !b.Get(f.Code).Present() {
			faults.Add(f.Name, "必须填写")
		}
	}
	return faults
}

func (c *Catalogue) checkField(f *Field, v fact.Value, faults *errs.Faults) {
	if v.Type() != FactType(f.Type) {
		faults.Add(f.Name, "类型不对：%s", v)
		return
	}
	text := v.Text()
	switch f.Type {
	case TypeEnum, TypeRegion, TypeCreditCode, TypeIndustry, TypeIndicator:
		if w, err := c.parse(f.Type, f.Of, f.Scale, text); err != nil {
			faults.Add(f.Name, "%s", errs.Text(err))
		} else if w.Text() != text {
			faults.Add(f.Name, "应写代码 %s，现为 %s", w.Text(), text)
		}
	case TypeNumber:
		c.checkNumber(f, v, faults)
	case TypeEnums, TypeTexts, TypeFiles, TypePeople:
		if f.Min != nil {
			if d, err := unit.Parse(*f.Min); err == nil && unit.Int(int64(len(v.List()))).Cmp(d) < 0 {
				faults.Add(f.Name, "至少 %s 项", *f.Min)
			}
		}
	}
}

func (c *Catalogue) checkNumber(f *Field, v fact.Value, faults *errs.Faults) {
	n, _ := v.Number()
	if n.Trim().Scale() > uint8(f.Scale) {
		faults.Add(f.Name, "最多 %d 位小数，现为 %s", f.Scale, n)
	}
	for _, m := range []struct {
		limit *string
		sign  int
		word  string
	}{{f.Min, -1, "小"}, {f.Max, 1, "大"}} {
		if m.limit == nil {
			continue
		}
		if d, err := unit.Parse(*m.limit); err == nil && n.Cmp(d) == m.sign {
			faults.Add(f.Name, "不应%s于 %s，现为 %s", m.word, *m.limit, n)
		}
	}
}

// Show prints a value for people: an option's name, a region's, an industry's.
func (c *Catalogue) Show(f *Field, v fact.Value) string {
	switch f.Type {
	case TypeEnum:
		if l := c.Lists[f.Of]; l != nil {
			return l.NameOf(v.Text())
		}
	case TypeRegion:
		if l := c.Lists["regions"]; l != nil {
			return l.NameOf(v.Text())
		}
	case TypeIndustry:
		if n := c.Industries.Name(v.Text()); n != "" {
			return n
		}
	case TypeIndicator:
		if i := c.Indicators[v.Text()]; i != nil {
			return i.Name
		}
	case TypeEnums:
		if l := c.Lists[f.Of]; l != nil {
			var out []string
			for _, s := range v.List() {
				out = append(out, l.NameOf(s))
			}
			return strings.Join(out, "、")
		}
	}
	return v.String()
}
