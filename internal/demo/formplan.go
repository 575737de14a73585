package demo

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// FormPlan says how the returns of a form come in.
type FormPlan struct {
	Code   string `yaml:"code"`
	Take   Takes  `yaml:"take"`   // items that follow from the economy
	State  string `yaml:"state"`  // item of the working state
	Reason string `yaml:"reason"` // item of the reason why it is low
	Fields Fields `yaml:"fields"` // other items
	Steady bool   `yaml:"steady"` // the same draws every year

	By     string  `yaml:"by"`     // role: reporter files each alone, others import for all
	Arrive Span    `yaml:"arrive"` // days after the period
	Late   float64 `yaml:"late"`   // share that comes late
	Delay  Span    `yaml:"delay"`  // days after the last day of Arrive
	Never  float64 `yaml:"never"`  // share of the newest period that has not come
	Stage  string  `yaml:"stage"`
	Source Texts   `yaml:"source"`

	FillFor  float64 `yaml:"fill_for"` // share that an official fills in
	How      Weights `yaml:"how"`
	Returned float64 `yaml:"returned"` // share that is sent back once
	Back     Texts   `yaml:"back"`     // why
	Accept   Span    `yaml:"accept"`   // workdays until it is reviewed
	Wrong    float64 `yaml:"wrong"`    // share that is corrected after it was accepted
	Mend     Span    `yaml:"mend"`     // days after arriving
	Why      Texts   `yaml:"why"`
	Lock     int     `yaml:"lock"` // days after the period; 0: never

	Before int `yaml:"before"`  // months before the demo that are entered in its first days
	AtMost int `yaml:"at_most"` // only for demos of so many years; 0: of any
}

// Take is an item and the quantity it states; its column says for which span.
type Take struct{ Item, Quantity string }

// Takes keep the order of the file.
type Takes []Take

// UnmarshalYAML reads {c01: output, …}.
func (t *Takes) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: want item: quantity", n.Line)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		*t = append(*t, Take{n.Content[i].Value, n.Content[i+1].Value})
	}
	return nil
}

// Letter is a figure that another office sends.
type Letter struct {
	Indicator string  `yaml:"indicator"`
	Provider  string  `yaml:"provider"`
	Quantity  string  `yaml:"quantity"`
	Growth    string  `yaml:"growth"` // instead of the total: growth of it over this quantity a year before, %
	Number    *Span   `yaml:"number"` // instead of a quantity
	All       bool    `yaml:"all"`    // of all enterprises, not only those above scale
	Every     string  `yaml:"every"`  // month: 1—N月 from February on; end: a stock each month; year
	Stages    []Stage `yaml:"stages"`
	Document  Texts   `yaml:"document"`
}

// Stage is one sending of a figure.
type Stage struct {
	Name   string  `yaml:"name"`
	Days   Span    `yaml:"days"`   // after the period
	Chance float64 `yaml:"chance"` // 0: always
	Noise  float64 `yaml:"noise"`  // share by which it misses what is stated at last
	Months []int   `yaml:"months"` // only of these; none: of all
}
