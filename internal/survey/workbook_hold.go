package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/register"
	"gongmai/internal/sheet"
)

// hold compares with what is known: a row that nobody filled in is left out, a
// column that the file does not have stays as it is. asks are remarks.
func (x *filled) hold(v fact.View, roll *register.Roll) (asks errs.Faults) {
	made, stamped := parseIssue(x.known.Digest)
	keep := x.returns[:0]
	lines := x.lines[:0]
	for i, r := range x.returns {
		ln := x.lines[i]
		head, exists := v.Record(Key(x.period, r.Enterprise))
		var have fact.Body
		if exists {
			have = cellsOf(head.Body())
		}
		x.checkName(roll.Firm(r.Enterprise), ln)
		if ln.blank && len(have) > 0 {
			x.fault(ln.head.String(), "这家企业已经上报，这一行却全空；不改动的请删去此行")
		}
		if ln.blank {
			continue
		}
		if len(x.lacks) > 0 {
			r.Cells = r.Cells.With(slices.DeleteFunc(have, func(f fact.Field) bool { return !x.lacks[f.Code] })...)
		}
		if exists && stamped && head.Seq() > made.seq && !cellsOf(head.Body()).Equal(r.Cells) {
			asks.Add(ln.head.String(), "表格导出以后这家企业的数据改过（现为第 %d 版），导入将以本表为准，请核实", head.Version())
		}
		x.index[r.Enterprise] = len(keep)
		keep, lines = append(keep, r), append(lines, ln)
	}
	x.returns, x.lines = keep, lines
	return asks
}

// checkName refuses a code beside another enterprise's name: one of the two was mistyped.
func (x *filled) checkName(firm *register.Firm, ln line) {
	if firm == nil || ln.name == "" {
		return
	}
	same := func(s string) bool { return s == ln.name || plain(s) == plain(ln.name) }
	if !same(firm.Name) && !slices.ContainsFunc(firm.Short, same) && !slices.ContainsFunc(firm.Body.Get("former_names").List(), same) {
		x.fault(ln.head.String(), fmt.Sprintf("这个代码在名录中是“%s”，表中写作“%s”，请核对", firm.Name, ln.name))
	}
}

// plain makes brackets and spaces of names comparable.
func plain(s string) string { return plainer.Replace(s) }

var plainer = strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "")

// at names the cells of some items of a return; ok is false where the file has none of them.
func (x *filled) at(enterprise string, items []string) (place string, cells []string, ok bool) {
	i, known := x.index[enterprise]
	if !known {
		return "", nil, false
	}
	ln := &x.lines[i]
	var es []sheet.Entry
	for k, it := range x.items {
		if e := ln.entries[k]; e.Row > 0 && slices.Contains(items, it.Code) {
			es = append(es, e)
		}
	}
	if len(es) == 0 {
		return ln.head.String(), nil, false
	}
	slices.SortFunc(es, func(a, b sheet.Entry) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column)) })
	for k, e := range es {
		p := sheet.Place{Sheet: x.sheet, Row: int(e.Row), Column: int(e.Column)}
		cells = append(cells, p.String())
		if k > 0 {
			place += "、" + p.Cell()
		} else {
			place = p.String()
		}
	}
	return place, cells, true
}

// refused maps what keeps returns from being filed to cells. A cell that could
// not be read is named once, for that.
func (x *filled) refused(refusals Refusals) {
	lacking := map[string]bool{}
	for _, r := range refusals {
		place, cells, found := x.at(r.Enterprise, r.Items)
		switch {
		case slices.ContainsFunc(cells, func(c string) bool { return x.bad[c] }):
		case found || len(r.Items) == 0:
			x.faults.Add(place, "%s", r.Message)
		case !lacking[r.Items[0]]:
			lacking[r.Items[0]] = true
			x.faults.Add("工作表“"+x.sheet+"”", "缺少“%s”一栏：%s", x.nameOf(r.Items[0]), r.Message)
		}
	}
}

func (x *filled) nameOf(code string) string {
	it, ok := x.form.Item(code)
	if !ok {
		return code
	}
	if x.shared[it.Name] {
		return it.Name + "·" + x.span(it)
	}
	return it.Name
}

// asked are the remarks on returns that may be filed all the same.
func (x *filled) asked(outcomes []Outcome) (asks errs.Faults) {
	for i, o := range outcomes {
		for _, f := range o.Faults {
			place, _, _ := x.at(x.returns[i].Enterprise, f.Items)
			asks.Add(place, "%s", f.Message)
		}
	}
	return asks
}
