package api

import (
	"gongmai/internal/catalog"
	"gongmai/internal/fact"
)

// Field is a field of a type as a form is made from it.
type Field struct {
	Code string `json:"code"`
	catalog.Label
	Type    string           `json:"type"`
	Options []catalog.Option `json:"options,omitempty"`
	To      string           `json:"to,omitempty" doc:"Kind that a reference points to"`
	Unit    string           `json:"unit,omitempty"`
	Scale   int              `json:"scale"`
	Need    bool             `json:"need"`
	Min     *string          `json:"min,omitempty"`
	Max     *string          `json:"max,omitempty"`
	Section string           `json:"section,omitempty"`
	Hint    string           `json:"hint,omitempty"`
}

// Step is a transition.
type Step struct {
	Code string `json:"code"`
	catalog.Label
	From  []string `json:"from" doc:"Empty: it makes the record"`
	To    string   `json:"to"`
	Need  []string `json:"need"`
	Back  bool     `json:"back" doc:"Asks for a reason"`
	Paper bool     `json:"paper" doc:"May be signed on paper, with a photo"`
}

// Clock limits how long a record may stay in a state.
type Clock struct {
	State string `json:"state"`
	Due   string `json:"due"`
	Warn  string `json:"warn,omitempty"`
	From  string `json:"from,omitempty"`
}

// Duty is what must happen in every span of time.
type Duty struct {
	Code string `json:"code"`
	catalog.Label
	Every   string `json:"every"`
	AtLeast int    `json:"at_least"`
	Basis   string `json:"basis,omitempty"`
}

// TypeDef is a type of record: a register or a ledger.
type TypeDef struct {
	Code string `json:"code"`
	Kind string `json:"kind" doc:"register:park, ledger:danger"`
	catalog.Label
	Office     string          `json:"office,omitempty"`
	OfficeName string          `json:"office_name,omitempty"`
	Subject    string          `json:"subject,omitempty"`
	Title      string          `json:"title,omitempty"`
	Seed       []int           `json:"seed"`
	Number     string          `json:"number,omitempty"`
	Shared     bool            `json:"shared" doc:"Records without an enterprise may be seen by everyone"`
	Fields     []Field         `json:"fields"`
	States     []catalog.State `json:"states"`
	Steps      []Step          `json:"steps"`
	Clocks     []Clock         `json:"clocks"`
	Duties     []Duty          `json:"duties"`
}

func (l *look) typeDef(code string, t *catalog.Type) TypeDef {
	d := TypeDef{
		Code: code, Kind: string(t.Kind), Label: t.Label, Office: t.Office, OfficeName: l.optionName("offices", t.Office), Subject: t.Subject,
		Title: t.Title, Seed: t.Seed, Shared: t.Open,
	}
	for i := range t.Fields {
		d.Fields = append(d.Fields, l.fieldDef(&t.Fields[i]))
	}
	return d
}

func (l *look) fieldDef(f *catalog.Field) Field {
	x := Field{
		Code: f.Code, Label: f.Label, Type: f.Type, To: string(f.To), Unit: string(f.Unit), Scale: f.Scale, Need: f.Need,
		Min: f.Min, Max: f.Max, Section: f.Section, Hint: f.Hint,
	}
	switch f.Type {
	case catalog.TypeEnum, catalog.TypeEnums:
		x.Options = l.options(f.Of)
	case catalog.TypeRegion:
		x.Options = l.options("regions")
	}
	return x
}

// options are the members of a list that are still in use.
func (l *look) options(list string) (out []catalog.Option) {
	if x := l.cat.Lists[list]; x != nil {
		for _, o := range x.Options {
			if o.Until == 0 || o.Until >= l.today {
				out = append(out, o)
			}
		}
	}
	return out
}

func (l *look) optionName(list, code string) string {
	if x := l.cat.Lists[list]; x != nil && code != "" {
		return x.NameOf(code)
	}
	return ""
}

func (l *look) ledgerDef(x *catalog.Ledger) TypeDef {
	d := l.typeDef(x.Code, &x.Type)
	d.Number, d.States = x.Number, x.States
	for _, s := range x.Steps {
		d.Steps = append(d.Steps, Step{s.Code, s.Label, s.From, s.To, s.Need, s.Back, s.Paper})
	}
	for _, c := range x.Clocks {
		d.Clocks = append(d.Clocks, Clock{c.State, c.Due, c.Warn, c.From})
	}
	for _, y := range x.Duties {
		d.Duties = append(d.Duties, Duty{y.Code, y.Label, y.Every, y.AtLeast, y.Basis})
	}
	return d
}

// states of what has no flow in the catalogue.
var states = map[string]catalog.State{
	"submitted": {Label: catalog.Label{Name: "已上报"}, Tone: "work"},
	"returned":  {Label: catalog.Label{Name: "已退回"}, Tone: "stop"},
	"accepted":  {Label: catalog.Label{Name: "已审核"}, Tone: "done"},
	"locked":    {Label: catalog.Label{Name: "已锁定"}, Tone: "done"},
	"given":     {Label: catalog.Label{Name: "已提供"}, Tone: "done"},
	"granted":   {Label: catalog.Label{Name: "已授予"}, Tone: "done"},
	"issued":    {Label: catalog.Label{Name: "已印发"}, Tone: "done"},
	"missing":   {Label: catalog.Label{Name: "未提供"}, Tone: "wait"},
}

// state names a state of a kind and gives its tone.
func (l *look) state(k fact.Kind, code string) catalog.State {
	if x := l.cat.Ledgers[k.Type()]; x != nil && k.Room() == "ledger" {
		if s, ok := x.State(code); ok {
			return s
		}
	}
	return states[code]
}
