package catalog

import (
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Pos is where in the catalogue something stands.
type Pos struct {
	File string
	Line int
}

// Label is the Chinese name of a thing and its English one.
type Label struct {
	Name string `yaml:"name" json:"name"`
	En   string `yaml:"en" json:"en"`
}

// Place is where in the menu a thing stands.
type Place struct {
	Office string `yaml:"office" json:"office,omitempty"` // a code of list offices
	First  bool   `yaml:"first" json:"first,omitempty"`   // shown on a fresh installation
}

// Option is one member of a code list.
type Option struct {
	Code string `yaml:"code" json:"code"`
	Label
	Until period.Day `yaml:"until" json:"until,omitzero"`
}

// List is a code list (代码表).
type List struct {
	Pos
	Code string `yaml:"list"`
	Label
	Source  string   `yaml:"source"` // document and edition
	Options []Option `yaml:"options"`
}

// Name returns the Chinese name of a code, or the code itself.
func (l *List) NameOf(code string) string {
	for _, o := range l.Options {
		if o.Code == code {
			return o.Name
		}
	}
	return code
}

// Field types. Each is stored as one fact.Type.
const (
	TypeText       = "text"
	TypeNote       = "note" // long text
	TypeNumber     = "number"
	TypeDate       = "date"
	TypeBool       = "bool"
	TypeEnum       = "enum"        // of: a list's code, or inline options
	TypeEnums      = "enums"       // several of them
	TypeTexts      = "texts"       // several texts
	TypeRef        = "ref"         // to: register:park, ledger:danger …
	TypeFiles      = "files"       // evidence, by digest
	TypePeople     = "people"      // ids in person; versions never hold a name
	TypeCreditCode = "credit_code" // GB 32100-2015
	TypeIndustry   = "industry"    // class of GB/T 4754-2017
	TypeRegion     = "region"      // code of list regions
	TypeIndicator  = "indicator"   // code of an indicator
)

// FactType says how a field type is stored.
func FactType(t string) fact.Type {
	switch t {
	case TypeNumber:
		return fact.Number
	case TypeDate:
		return fact.Day
	case TypeBool:
		return fact.Bool
	case TypeEnums, TypeTexts, TypeFiles, TypePeople:
		return fact.List
	}
	return fact.Text
}

// Field is one field of a register or a ledger.
type Field struct {
	Pos
	Code string `yaml:"code"`
	Label
	Type    string    `yaml:"type"`
	Of      string    `yaml:"of"` // list of an enum
	To      fact.Kind `yaml:"to"` // kind of a ref
	Unit    unit.Code `yaml:"unit"`
	Scale   int       `yaml:"scale"` // decimal places allowed
	Need    bool      `yaml:"need"`  // must be there from the first version on
	Min     *string   `yaml:"min"`   // of a number, or least members of a list
	Max     *string   `yaml:"max"`
	Section string    `yaml:"section"`
	Hint    string    `yaml:"hint"`
}

// Type is what registers and ledgers have in common.
type Type struct {
	Pos
	Label
	Place
	Seed    []int   `yaml:"seed"`    // mechanisms of the annual summary that it serves
	Subject string  `yaml:"subject"` // field whose value is the credit code it is about
	Open    bool    `yaml:"open"`    // records without an enterprise may be seen by everyone
	Title   string  `yaml:"title"`   // field that names a record
	Fields  []Field `yaml:"fields"`
	Kind    fact.Kind
}

// Field returns the field of a code.
func (t *Type) Field(code string) (*Field, bool) {
	for i := range t.Fields {
		if t.Fields[i].Code == code {
			return &t.Fields[i], true
		}
	}
	return nil, false
}

// Register is a list of things that exist (名录).
type Register struct {
	Code string `yaml:"register"`
	Type
	Key string `yaml:"key"` // field that is the record's id; empty: an id is made
}

// State is a state of a flow.
type State struct {
	Code string `yaml:"code" json:"code"`
	Label
	Tone string `yaml:"tone" json:"tone,omitempty"` // wait, work, done, stop: its colour
}

// Step is a transition of a flow.
type Step struct {
	Pos
	Code string   `yaml:"code"`
	From []string `yaml:"from"` // empty: it makes the record
	To   string   `yaml:"to"`
	Label
	By    []string `yaml:"by"`    // roles
	Need  []string `yaml:"need"`  // fields that must be there
	Clear []string `yaml:"clear"` // fields that no longer hold after it
	When  string   `yaml:"when"`  // condition
	Say   string   `yaml:"say"`   // what is lacking when When does not hold
	Back  bool     `yaml:"back"`  // asks for a reason
	Paper bool     `yaml:"paper"` // may be signed on paper, with a photo
	Cond  *expr.Program
}

// Clock limits how long a record may stay in a state.
type Clock struct {
	Pos
	State    string `yaml:"state"`
	Due      string `yaml:"due"`  // 15 workdays, 30 days
	Warn     string `yaml:"warn"` // that long before
	Escalate string `yaml:"escalate"`
	From     string `yaml:"from"` // a date field; else the day the state was entered
}

// Duty says what must happen, not only what did.
type Duty struct {
	Pos
	Code string `yaml:"code"`
	Label
	Where   string `yaml:"where"`
	On      string `yaml:"on"`    // date field that says when it happened
	Every   string `yaml:"every"` // month, quarter, year
	AtLeast int    `yaml:"at_least"`
	Basis   string `yaml:"basis"` // the document that asks for it
	Cond    *expr.Program
}

// Flow is a named set of states and steps that several ledgers share.
type Flow struct {
	Pos
	Code string `yaml:"flow"`
	Label
	States []State `yaml:"states"`
	Steps  []Step  `yaml:"steps"`
}

// Ledger is a type of case that moves through states (台账).
type Ledger struct {
	Code string `yaml:"ledger"`
	Type
	Number string  `yaml:"number"` // {region}工信检〔{year}〕{seq}号
	Uses   string  `yaml:"uses"`   // a shared flow
	States []State `yaml:"states"`
	Steps  []Step  `yaml:"steps"`
	Clocks []Clock `yaml:"clocks"`
	Duties []Duty  `yaml:"duties"`
}

// State returns the state of a code.
func (l *Ledger) State(code string) (State, bool) {
	for _, s := range l.States {
		if s.Code == code {
			return s, true
		}
	}
	return State{}, false
}

// Columns of a form's items: which span the number covers.
const (
	ColumnMonth     = "month"      // 本月
	ColumnYTD       = "ytd"        // 1—本月
	ColumnMonthLast = "month_last" // 上年同月
	ColumnYTDLast   = "ytd_last"   // 上年同期累计
	ColumnEnd       = "end"        // 期末
)

// Item is one cell of a form (指标项).
type Item struct {
	Pos
	Code string `yaml:"code"`
	Label
	Unit     unit.Code `yaml:"unit"`
	Scale    int       `yaml:"scale"`
	Column   string    `yaml:"column"`
	Type     string    `yaml:"type"` // number, or text and enum for reasons
	Of       string    `yaml:"of"`
	Need     bool      `yaml:"need"`
	Negative bool      `yaml:"negative"` // may be below zero
	Indent   int       `yaml:"indent"`   // 其中 lines
	Hint     string    `yaml:"hint"`
}

// Levels of a check.
const (
	Hard = "hard" // must hold before a return is accepted
	Ask  = "ask"  // 请核实
)

// Check is a relation that the items of a return must keep (审核关系).
//
// A rule may use the items, prev.X of the month before and last.X of the same
// period a year before.
type Check struct {
	Pos
	Code  string `yaml:"code"`
	Level string `yaml:"level"`
	Rule  string `yaml:"rule"`
	Say   string `yaml:"say"` // {c05} is replaced by the value
	En    string `yaml:"en"`
	Cond  *expr.Program
}

// Due is when a return must be in.
type Due struct {
	Day      int `yaml:"day"`      // of the month after the period
	Workdays int `yaml:"workdays"` // after the end of the period
}

// Form is a return that enterprises file (报表).
type Form struct {
	Pos
	Code string `yaml:"form"`
	Label
	Place
	Seed        []int      `yaml:"seed"`
	Number      string     `yaml:"number"`      // 表号
	Authority   string     `yaml:"authority"`   // 制定机关
	Approval    string     `yaml:"approval"`    // 批准文号
	ValidUntil  period.Day `yaml:"valid_until"` // 有效期至
	Copy        string     `yaml:"copy"`        // whose form it is a copy of; never blocked, only flagged
	Purpose     string     `yaml:"purpose"`     // statistics or operation
	Every       string     `yaml:"every"`       // month, quarter, year
	SkipJanuary bool       `yaml:"skip_january"`
	Who         string     `yaml:"who"` // condition on register:enterprise
	Due         Due        `yaml:"due"`
	Unit        unit.Code  `yaml:"unit"` // of items that name none
	Items       []Item     `yaml:"items"`
	Checks      []Check    `yaml:"checks"`
	Cond        *expr.Program
	Kind        fact.Kind
}

// Item returns the item of a code.
func (f *Form) Item(code string) (*Item, bool) {
	for i := range f.Items {
		if f.Items[i].Code == code {
			return &f.Items[i], true
		}
	}
	return nil, false
}
