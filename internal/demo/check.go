package demo

import (
	"fmt"
	"slices"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
)

// Check holds the script against a catalogue: every register, form, item,
// ledger, step, field, indicator and quantity that it names must be there.
func (s *Script) Check(c *catalog.Catalogue) error {
	var faults errs.Faults
	k := &scriptCheck{c, s, &faults}
	k.town()
	for i := range s.Profiles {
		if p := &s.Profiles[i]; len(p.Season) != 12 || p.PerWorker <= 0 || p.Price <= 0 {
			faults.Add("profile "+p.Code, "应有 12 个月的 season，per_worker 与 price 应大于 0")
		}
	}
	for i := range s.Forms {
		k.form(&s.Forms[i])
	}
	for i := range s.Letters {
		k.letter(&s.Letters[i])
	}
	for i := range s.Ledgers {
		k.ledger(&s.Ledgers[i])
	}
	return faults.Err()
}

type scriptCheck struct {
	cat    *catalog.Catalogue
	script *Script
	faults *errs.Faults
}

func (k *scriptCheck) town() {
	t := &k.script.Town
	for _, p := range t.People {
		if k.cat.Roles[p.Role] == nil {
			k.faults.Add("people "+p.Login, "没有角色 %s", p.Role)
		}
	}
	for _, role := range []string{officialRole, reviewerRole} {
		if !slices.ContainsFunc(t.People, func(p Post) bool { return p.Role == role }) {
			k.faults.Add("people", "缺少角色 %s 的人员", role)
		}
	}
	fields := func(place, register string, plan Fields) {
		r := k.cat.Registers[register]
		if r == nil {
			k.faults.Add(place, "没有名录 %s", register)
			return
		}
		k.fields(place, plan, r.Field)
	}
	for i, r := range t.Rows {
		fields(fmt.Sprintf("entries %d", i+1), r.Register, r.Values)
	}
	for i, l := range t.Frozen {
		fields(fmt.Sprintf("lists %d", i+1), l.Register, l.Values)
	}
	for _, f := range t.Firms.Named {
		k.profile(f.Short, f.Profile)
		if !f.Mute && !k.cat.Industries.Known(f.Industry) {
			k.faults.Add(f.Short, "没有行业小类 %s", f.Industry)
		}
	}
	for _, x := range t.Firms.Kinds {
		k.profile("kinds", x.Profile)
		for _, class := range x.Classes {
			if !k.cat.Industries.Known(class) {
				k.faults.Add("kinds "+x.Profile, "没有行业小类 %s", class)
			}
		}
	}
}

func (k *scriptCheck) profile(place, code string) {
	if k.script.profile(code) == nil {
		k.faults.Add(place, "没有 profile %s", code)
	}
}

func (k *scriptCheck) fields(place string, plan Fields, of func(string) (*catalog.Field, bool)) {
	for i := range plan {
		f, ok := of(plan[i].Code)
		if !ok {
			k.faults.Add(place, "没有字段 %s", plan[i].Code)
			continue
		}
		k.options(place, f, plan[i].Gen.Pick.Keys)
		if f.Type == catalog.TypeEnum || f.Type == catalog.TypeEnums {
			k.options(place, f, plan[i].Gen.Text)
		}
	}
}

// options checks that what may be drawn for a field can be read by it.
func (k *scriptCheck) options(place string, f *catalog.Field, texts []string) {
	for _, t := range texts {
		if _, err := k.cat.ParseField(f, t); err != nil {
			k.faults.Add(place+" "+f.Code, "%s", errs.Text(err))
		}
	}
}

func (k *scriptCheck) form(p *FormPlan) {
	f := k.cat.Forms[p.Code]
	if f == nil {
		k.faults.Add("form "+p.Code, "没有报表 %s", p.Code)
		return
	}
	for _, t := range p.Take {
		if _, ok := f.Item(t.Item); !ok {
			k.faults.Add("form "+p.Code, "没有项目 %s", t.Item)
		}
		if _, ok := quantityOf(t.Quantity); !ok {
			k.faults.Add("form "+p.Code, "没有数量 %s", t.Quantity)
		}
	}
	k.fields("form "+p.Code, p.Fields, fieldOf(f))
}

func (k *scriptCheck) letter(l *Letter) {
	if k.cat.Indicators[l.Indicator] == nil {
		k.faults.Add("given "+l.Indicator, "没有指标 %s", l.Indicator)
	}
	for _, q := range []string{l.Quantity, l.Growth} {
		if _, ok := quantityOf(q); !ok && q != "" {
			k.faults.Add("given "+l.Indicator, "没有数量 %s", q)
		}
	}
}

func (k *scriptCheck) ledger(p *LedgerPlan) {
	l := k.cat.Ledgers[p.Code]
	if l == nil {
		k.faults.Add("ledger "+p.Code, "没有台账 %s", p.Code)
		return
	}
	place := "ledger " + p.Code
	k.fields(place, p.Set, l.Field)
	k.paths(place, l, p.Paths)
	for i := range p.Groups {
		g := &p.Groups[i]
		k.fields(place, g.Set, l.Field)
		k.paths(place, l, g.Paths)
		if len(g.Paths)+len(p.Paths) == 0 {
			k.faults.Add(place, "第 %d 组没有 paths", i+1)
		}
		if g.For != nil {
			if f, ok := l.Field(g.For.Field); ok {
				k.options(place, f, g.For.Values)
			} else {
				k.faults.Add(place, "没有字段 %s", g.For.Field)
			}
		}
	}
}

func (k *scriptCheck) paths(place string, l *catalog.Ledger, paths []Path) {
	for _, path := range paths {
		k.fields(place, path.Set, l.Field)
		for _, s := range path.Steps {
			if step(l, s.Step) == nil {
				k.faults.Add(place, "没有步骤 %s", s.Step)
			}
			k.fields(place+" "+s.Step, s.Set, l.Field)
			for _, sp := range s.Spawn {
				if k.cat.Ledgers[sp.Ledger] == nil {
					k.faults.Add(place+" "+s.Step, "没有台账 %s", sp.Ledger)
				}
			}
		}
	}
}
