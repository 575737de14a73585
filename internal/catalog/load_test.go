package catalog_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	content "gongmai/catalog"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
)

func own(text string) fs.FS { return fstest.MapFS{"mine.yaml": {Data: []byte(text)}} }

// Each fault names its file, its line and the nearest right word, and all of
// them come at once.
func TestFaultsNameTheirPlace(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "ledger: x\nname: 某\nfeilds: []\nstates: [{code: a, name: 甲, tone: done}]\nsteps: [{code: s, to: a, name: 建}]", []string{"own/mine.yaml:3", "是否想写 fields"}},
		{"unknown kind", "legder: x\nname: 某", []string{"own/mine.yaml:1", "第一项应说明定义什么"}},
		{"unreachable state", "ledger: x\nname: 某\nstates: [{code: a, name: 甲}, {code: b, name: 乙, tone: done}]\nsteps: [{code: s, to: a, name: 建}]", []string{"状态 a 出不去", "状态 b 到不了"}},
		{"unknown list and field type", "register: x\nname: 某\nfields:\n  - {code: kind, name: 类, type: enum, of: inspection_trad}\n  - {code: n, name: 数, type: numbr}", []string{"own/mine.yaml:4", "是否想写 inspection_trade", "own/mine.yaml:5", "是否想写 number"}},
		{"expression", "indicator: x\nname: 某\nunit: 户\nkind: counted\naccumulate: stock\nspan: end\ncaliber: 某\ncount: {of: register:enterprise, where: \"statuss == 'operating'\"}", []string{"own/mine.yaml:8", "是否想写 status"}},
		{"code of a list", "indicator: x\nname: 某\nunit: 户\nkind: counted\naccumulate: flow\nspan: year\ncaliber: 某\ncount: {of: ledger:inspection, on: inspected_on, where: \"trade in ['power', 'telecoms'] && state != 'plannd'\"}", []string{"own/mine.yaml:8", "是否想写 telecom", "是否想写 planned"}},
		{"formula", "indicator: x\nname: 某\nunit: 户\nkind: derived\naccumulate: flow\nspan: year\ncaliber: 某\nderive: \"title_junior_cout + 1\"", []string{"是否想写 title_junior_count"}},
		{"cycle", "indicator: x\nname: 某\nunit: 户\nkind: derived\naccumulate: flow\nspan: year\ncaliber: 某\nderive: \"y + 1\"\n---\nindicator: y\nname: 某\nunit: 户\nkind: derived\naccumulate: flow\nspan: year\ncaliber: 某\nderive: \"x + 1\"", []string{"成环：x → y → x"}},
		{"unit of a sum", "indicator: x\nname: 某\nunit: 户\nkind: derived\naccumulate: flow\nspan: year\ncaliber: 某\nsum: {of: ledger:guarantee, on: contract_on, field: amount}", []string{"计量单位 万元 不能换算成 户"}},
		{"placeholder", "report: x\nname: 某\ntitle: 某\nblocks:\n  - {text: \"共{{guarantee_case_coun}}笔\"}", []string{"是否想写 guarantee_case_count"}},
		{"own form without approval", "form: X1\nname: 某表\npurpose: operation\nevery: month\ndue: {day: 5}\nitems: [{code: a, name: 甲, unit: 户, column: end}]", []string{"自制报表应有表号"}},
		{"yaml", "ledger: [", []string{"own/mine.yaml：不是正确的 YAML"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := catalog.Load(content.FS, own(c.text))
			var faults errs.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("Load() = %v, want faults", err)
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("faults do not say %q:\n%s", w, err)
				}
			}
		})
	}
}

// A county's file replaces the embedded one of its kind and code whole, and an
// upgrade that changed the text it was made from is seen.
func TestOverride(t *testing.T) {
	text := "role: leader\nname: 局长\nrights: [report.read]\nhome: /\n"
	c, err := catalog.Load(content.FS, own("replaces: 0123456789abcdef\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	if r := c.Roles["leader"]; r.Name != "局长" || len(r.Rights) != 1 {
		t.Errorf("role = %+v", r)
	}
	if len(c.Overrides) != 1 || !c.Overrides[0].BaseChanged {
		t.Errorf("overrides = %+v, want one whose base changed", c.Overrides)
	}
	base, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	if base.Digest == c.Digest {
		t.Error("another catalogue has the same digest")
	}
}

// The 71 masks of the annual summary are bound after the map of the seed.
func TestBindings(t *testing.T) {
	c, err := catalog.Load(content.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, m := range c.Bindings["annual-summary"].Masks {
		kinds[c.Indicators[m.Code].Kind]++
	}
	if kinds[catalog.Counted] != 31 || kinds[catalog.Reported] != 9 || kinds[catalog.Derived] != 6 || kinds[catalog.Parameter] != 25 {
		t.Errorf("kinds of the 71 masks = %v, want 31 counted, 9 reported, 6 derived, 25 text-parameter", kinds)
	}
	if _, err := c.ReadBindings("b.yaml", []byte("bindings: b\nname: 某\nmasks: [{n: 2, code: guarantee_case_coun}]")); err == nil || !strings.Contains(err.Error(), "是否想写 guarantee_case_count") {
		t.Errorf("faulty bindings: %v", err)
	}
}
