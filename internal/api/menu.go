package api

import (
	"context"
	"maps"
	"slices"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/given"
	"gongmai/internal/register"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

// MenuGroup is a part of the menu.
type MenuGroup struct {
	Group string `json:"group"`
	catalog.Label
	Items []MenuItem `json:"items"`
}

// MenuItem is a page that somebody may open.
type MenuItem struct {
	Path string `json:"path"`
	catalog.Label
	Badge int `json:"badge,omitempty"`
}

// Rights that open pages.
const (
	readFigures    actor.Right = "indicator.read"
	readAudit      actor.Right = "audit.read"
	manageAccounts actor.Right = "account.manage"
	managePolicy   actor.Right = "policy.manage"
	manageCatalog  actor.Right = "catalog.manage"
)

func page(path, name, en string) MenuItem {
	return MenuItem{Path: path, Label: catalog.Label{Name: name, En: en}}
}

// menu lists the pages that the reader may open. What comes from the catalogue
// stands under its office.
func (l *look) menu(ctx context.Context) (out []MenuGroup, err error) {
	add := func(code, name, en string, items ...MenuItem) {
		if len(items) > 0 {
			out = append(out, MenuGroup{code, catalog.Label{Name: name, En: en}, items})
		}
	}
	who := l.m.Who()
	if reaches(who) {
		add("desk", "工作台", "Desk", l.deskPages(who)...)
		add("survey", "运行监测", "Monitoring", l.formPages(who)...)
		add("enterprise", "企业", "Enterprises", l.registerPages(who)...)
		offices, err := l.ledgerPages(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, offices...)
		add("report", "报告", "Reports", l.reportPages(who)...)
		if who.May(readFigures) {
			add("indicator", "指标", "Indicators", page("/figures", "指标目录", "Indicators"))
		}
	}
	add("manage", "管理", "Management", managePages(who)...)
	return out, nil
}

func (l *look) deskPages(who actor.Actor) []MenuItem {
	if own(who) {
		return []MenuItem{page("/mine", "我的报表", "My returns")}
	}
	return []MenuItem{page("/", "我的工作", "My work")}
}

// own says that somebody stands for enterprises and nothing else.
func own(who actor.Actor) bool {
	return !who.Reach.County && len(who.Reach.Parks) == 0 && len(who.Reach.Enterprises) > 0
}

func (l *look) formPages(who actor.Actor) (out []MenuItem) {
	if own(who) || !(who.May(survey.FillFor) || who.May(survey.Review) || who.May(readFigures)) {
		return nil
	}
	for _, f := range l.formsInOrder() {
		out = append(out, MenuItem{Path: "/survey/" + f.Code, Label: f.Label})
	}
	return out
}

// formsInOrder lists the county's own forms first, then the copies.
func (l *look) formsInOrder() []*catalog.Form {
	forms := slices.Collect(maps.Values(l.cat.Forms))
	slices.SortFunc(forms, func(a, b *catalog.Form) int {
		if (a.Copy == "") != (b.Copy == "") {
			return map[bool]int{true: -1, false: 1}[a.Copy == ""]
		}
		return compare(a.Code, b.Code)
	})
	return forms
}

func (l *look) registerPages(who actor.Actor) (out []MenuItem) {
	if own(who) {
		code := who.Reach.Enterprises[0]
		return []MenuItem{page("/enterprises/"+code, "一企一档", "Our enterprise")}
	}
	for _, code := range slices.Sorted(maps.Keys(l.cat.Registers)) {
		r := l.cat.Registers[code]
		switch {
		case r.Kind == register.Enterprise:
			out = append([]MenuItem{{Path: "/enterprises", Label: r.Label}}, out...)
		case r.Open || who.Reach.County:
			out = append(out, MenuItem{Path: "/registers/" + code, Label: r.Label})
		}
	}
	return out
}

// ledgerPages lists the ledgers by office: the first ones always, the others
// once they have records.
func (l *look) ledgerPages(ctx context.Context) (out []MenuGroup, err error) {
	by := map[string][]MenuItem{}
	for _, code := range slices.Sorted(maps.Keys(l.cat.Ledgers)) {
		x := l.cat.Ledgers[code]
		shown, err := l.shown(ctx, x)
		if err != nil {
			return nil, err
		}
		if shown {
			by[x.Office] = append(by[x.Office], MenuItem{Path: "/ledgers/" + code, Label: x.Label})
		}
	}
	offices := l.options("offices")
	for _, o := range offices {
		if len(by[o.Code]) > 0 {
			out = append(out, MenuGroup{"ledger." + o.Code, catalog.Label{Name: "台账 · " + o.Name, En: "Ledgers · " + o.En}, by[o.Code]})
		}
	}
	return out, nil
}

func (l *look) shown(ctx context.Context, x *catalog.Ledger) (bool, error) {
	if x.First && !own(l.m.Who()) || makes(x, l.m.Who()) && own(l.m.Who()) {
		return true, nil
	}
	some := false
	err := l.m.Read(ctx, x.Kind, func(v fact.View) error {
		for range v.Heads() {
			some = true
			break
		}
		return nil
	})
	return some, err
}

// makes reports whether somebody's role may open a new record.
func makes(x *catalog.Ledger, who actor.Actor) bool {
	for _, s := range x.Steps {
		if len(s.From) == 0 && takes(&s, who) {
			return true
		}
	}
	return false
}

// takes reports whether somebody's role takes a step.
func takes(s *catalog.Step, who actor.Actor) bool {
	return len(s.By) == 0 || who.May("*") || slices.ContainsFunc(s.By, func(r string) bool { return slices.Contains(who.Roles, r) })
}

func (l *look) reportPages(who actor.Actor) (out []MenuItem) {
	if !who.Reach.County {
		return nil // the outlines speak of the county
	}
	if who.May(report.Read) {
		for _, code := range slices.Sorted(maps.Keys(l.cat.Outlines)) {
			out = append(out, MenuItem{Path: "/reports/" + code, Label: l.cat.Outlines[code].Label})
		}
	}
	if who.May(given.Write) || who.May(report.Read) {
		out = append(out, page("/given", "征数", "Figures asked for"))
	}
	return out
}

func managePages(who actor.Actor) (out []MenuItem) {
	if who.May(readAudit) {
		out = append(out, page("/audit", "审计", "Audit trail"))
	}
	if who.May(manageAccounts) || who.May(managePolicy) {
		out = append(out, page("/accounts", "人员与权限", "Accounts"))
	}
	if who.May(manageCatalog) || who.Reach.County {
		out = append(out, page("/catalogue", "业务目录", "Catalogue"))
	}
	return out
}
