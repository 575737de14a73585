package demo

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Gen says how the value of a field is made. A scalar is the value itself,
// with {…} filled; a list is drawn from evenly.
type Gen struct {
	Text   Texts    `yaml:"text"`
	Pick   Weights  `yaml:"pick"`
	Number *Span    `yaml:"number"`
	Median float64  `yaml:"median"` // of a lognormal number
	Spread float64  `yaml:"spread"`
	Of     string   `yaml:"of"`    // the number is a share of this field
	Round  float64  `yaml:"round"` // to multiples of it
	Sum    []string `yaml:"sum"`   // of these fields
	Take   string   `yaml:"take"`  // a quantity of the economy

	Days     *Span  `yaml:"days"`     // a date, so many days after From
	Workdays *Span  `yaml:"workdays"` // or so many workdays
	From     string `yaml:"from"`     // a date field, parent.X or event.X; else the day of the step
	MonthEnd *Span  `yaml:"month_end"`
	Date     string `yaml:"date"` // 12-31: that day of the year of From

	Copy   string  `yaml:"copy"`   // the value of a field, parent.X or event.X
	People *Span   `yaml:"people"` // so many persons
	At     string  `yaml:"at"`     // enterprise, or a role of the bureau
	Ref    string  `yaml:"ref"`    // a record of this kind
	Files  *Span   `yaml:"files"`  // so many evidence files
	Usual  bool    `yaml:"usual"`  // what suits the type of the field
	Chance float64 `yaml:"chance"` // else the field stays empty; 0: always there
}

// UnmarshalYAML reads a scalar, a list or a mapping.
func (g *Gen) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode, yaml.SequenceNode:
		return g.Text.UnmarshalYAML(n)
	}
	type plain Gen
	return strict(n, (*plain)(g))
}

// Field is a field and how it is made.
type Field struct {
	Code string
	Gen  Gen
}

// Fields keep the order of the file: a later one may lean on an earlier one.
type Fields []Field

// UnmarshalYAML reads a mapping.
func (f *Fields) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: want fields", n.Line)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		x := Field{Code: n.Content[i].Value}
		if err := x.Gen.UnmarshalYAML(n.Content[i+1]); err != nil {
			return err
		}
		*f = append(*f, x)
	}
	return nil
}

func (f Fields) find(code string) *Gen {
	for i := range f {
		if f[i].Code == code {
			return &f[i].Gen
		}
	}
	return nil
}
