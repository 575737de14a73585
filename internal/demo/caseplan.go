package demo

// LedgerPlan says which cases arise in a ledger.
type LedgerPlan struct {
	Code   string  `yaml:"code"`
	Set    Fields  `yaml:"set"` // of the first step, after those of the group
	Groups []Group `yaml:"cases"`
	Paths  []Path  `yaml:"paths"` // of groups that have none of their own
}

// Group is a kind of case: how often, about whom, when, and what becomes of it.
type Group struct {
	Name   string   `yaml:"name"`        // of one that another case makes
	Rate   float64  `yaml:"per_hundred"` // a year, per 100 enterprises
	Number *Span    `yaml:"number"`      // a year
	Each   bool     `yaml:"each"`        // one a year for each of Firms, or each that Who admits
	Months []int    `yaml:"every"`       // one in each of these months, for each of Firms if there are some
	Skip   []string `yaml:"skip"`        // not in these: 0-08 is August of the last full year
	For    *ForEach `yaml:"for"`         // one for each value of a field
	Event  string   `yaml:"event"`       // one when this happens to an enterprise

	Before int       `yaml:"before"` // years of history
	Years  *Span     `yaml:"years"`  // only these: 0 is the last full year, 1 the one before
	Season []float64 `yaml:"season"` // weights of months
	Day    *Span     `yaml:"day"`    // of the month
	Who    string    `yaml:"who"`    // condition on the enterprise
	Firms  []string  `yaml:"firms"`  // short names
	Set    Fields    `yaml:"set"`
	Paths  []Path    `yaml:"paths"`
}

// ForEach makes one case for each value of a field.
type ForEach struct {
	Field  string   `yaml:"field"`
	Values []string `yaml:"values"`
}

// Path is one way that a case may go.
type Path struct {
	Weight float64    `yaml:"weight"` // 0: 1
	Set    Fields     `yaml:"set"`
	Steps  []StepPlan `yaml:"steps"`
}

// StepPlan is a step, and how long after the one before.
type StepPlan struct {
	Step   string  `yaml:"step"`
	By     Weights `yaml:"by"`     // roles; else the first that the step allows
	After  *Span   `yaml:"after"`  // workdays
	Days   *Span   `yaml:"days"`   // or days
	From   string  `yaml:"from"`   // after this date of the case instead
	Chance float64 `yaml:"chance"` // else it is left out; 0: always taken
	Set    Fields  `yaml:"set"`
	Reason Texts   `yaml:"reason"`
	Spawn  []Spawn `yaml:"spawn"`
}

// Spawn makes further cases when a step was taken.
type Spawn struct {
	Ledger string `yaml:"ledger"`
	Group  string `yaml:"group"`
	Times  string `yaml:"times"` // a number field of the case; else once
	After  *Span  `yaml:"after"` // workdays
}

// Walk says how ledgers without a plan are filled: by steps along their flow.
type Walk struct {
	Rate   float64 `yaml:"per_hundred"` // a year, per 100 enterprises
	Least  int     `yaml:"least"`       // a year
	Before int     `yaml:"before"`
	On     float64 `yaml:"on"`     // probability of each further step
	After  Span    `yaml:"after"`  // workdays between steps
	Fields Fields  `yaml:"fields"` // values of fields, by their codes
	Notes  Texts   `yaml:"notes"`  // of long texts
}
