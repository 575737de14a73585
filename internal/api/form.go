package api

import (
	"context"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/survey"
)

// Item is one cell of a form.
type Item struct {
	Code string `json:"code"`
	catalog.Label
	Unit     string           `json:"unit"`
	Scale    int              `json:"scale"`
	Column   string           `json:"column,omitempty"`
	Type     string           `json:"type"`
	Options  []catalog.Option `json:"options,omitempty"`
	Need     bool             `json:"need"`
	Negative bool             `json:"negative"`
	Indent   int              `json:"indent"`
	Hint     string           `json:"hint,omitempty"`
}

// CheckDef is a relation that the items of a return must keep.
type CheckDef struct {
	Code  string `json:"code"`
	Level string `json:"level" enum:"hard,ask"`
	Rule  string `json:"rule"`
	Say   string `json:"say"`
}

// FormDef is a form.
type FormDef struct {
	Code string `json:"code"`
	catalog.Label
	Number     string     `json:"number,omitempty"`
	Authority  string     `json:"authority,omitempty"`
	Approval   string     `json:"approval,omitempty"`
	ValidUntil string     `json:"valid_until,omitempty"`
	Expired    bool       `json:"expired"`
	Copy       string     `json:"copy,omitempty" doc:"Whose form it is a copy of"`
	Purpose    string     `json:"purpose"`
	Every      string     `json:"every"`
	Periods    []string   `json:"periods" doc:"Newest first"`
	Unit       string     `json:"unit,omitempty"`
	Items      []Item     `json:"items"`
	Checks     []CheckDef `json:"checks"`
}

// CellFault is a relation that a return does not keep.
type CellFault struct {
	Code    string   `json:"code"`
	Level   string   `json:"level"`
	Items   []string `json:"items"`
	Message string   `json:"message"`
}

func cellFaults(in []survey.Fault) (out []CellFault) {
	for _, f := range in {
		out = append(out, CellFault(f))
	}
	return out
}

// periodsOffered is how many periods of a form are offered, by how often it is filed.
var periodsOffered = map[string]int{"month": 36, "quarter": 12, "year": 6}

// FormAt is a form and a period.
type FormAt struct {
	Form   string `path:"form"`
	Period string `path:"period"`
}

func (s *server) forms() {
	handle(s, op{at: "GET /api/forms", id: "list-forms", does: "All forms", tag: "survey"}, s.listForms)
	handle(s, op{at: "GET /api/forms/{form}/periods/{period}", id: "form-period", does: "Who has filed what", tag: "survey"}, s.formPeriod)
}

func (s *server) listForms(ctx context.Context, _ *struct{}) (out []FormDef, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range l.formsInOrder() {
		out = append(out, l.formDef(f))
	}
	return out, nil
}

func (l *look) formDef(f *catalog.Form) FormDef {
	d := FormDef{
		Code: f.Code, Label: f.Label, Number: f.Number, Authority: f.Authority, Approval: f.Approval, ValidUntil: f.ValidUntil.String(),
		Expired: f.Copy == "" && f.ValidUntil != 0 && f.ValidUntil < l.today, Copy: f.Copy, Purpose: f.Purpose, Every: f.Every, Unit: string(f.Unit),
	}
	for _, p := range survey.Periods(f.Every, f.SkipJanuary, l.today, periodsOffered[f.Every]) {
		d.Periods = append(d.Periods, p.String())
	}
	for i := range f.Items {
		it := &f.Items[i]
		x := Item{
			Code: it.Code, Label: it.Label, Unit: string(it.Unit), Scale: it.Scale, Column: it.Column, Type: it.Type,
			Options: l.options(it.Of), Need: it.Need, Negative: it.Negative, Indent: it.Indent, Hint: it.Hint,
		}
		if x.Type == "" {
			x.Type = catalog.TypeNumber
		}
		d.Items = append(d.Items, x)
	}
	for _, c := range f.Checks {
		d.Checks = append(d.Checks, CheckDef{c.Code, c.Level, c.Rule, c.Say})
	}
	return d
}

// formAt finds the form and the period of a path.
func (l *look) formAt(code, text string) (*catalog.Form, period.Period, error) {
	f := l.cat.Forms[code]
	if f == nil {
		return nil, period.Period{}, errs.Say(errs.NotFound, "没有报表 %s", code)
	}
	p, err := readPeriod(text)
	return f, p, err
}
