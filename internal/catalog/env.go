package catalog

import (
	"gongmai/internal/expr"
	"gongmai/internal/fact"
)

// Functions are the words that every condition of the catalogue may use.
func (c *Catalogue) Functions() []expr.Func {
	one := func(f func(string) string) func([]string) fact.Value {
		return func(a []string) fact.Value {
			if s := f(a[0]); s != "" {
				return fact.TextOf(s)
			}
			return fact.Value{}
		}
	}
	return []expr.Func{
		{Name: "section", Params: 1, Impl: one(c.section)},   // 门类 of an industry class
		{Name: "division", Params: 1, Impl: one(c.division)}, // 大类 of an industry class
	}
}

func (c *Catalogue) section(class string) string {
	if c.Industries == nil {
		return ""
	}
	return c.Industries.Section(class)
}

func (c *Catalogue) division(class string) string {
	if c.Industries == nil {
		return ""
	}
	return c.Industries.Division(class)
}

// Names that a condition over records has beside their fields.
var recordVars = []expr.Var{
	{Name: "state", Type: fact.Text},
	{Name: "subject", Type: fact.Text},
	{Name: "id", Type: fact.Text},
	{Name: "year", Type: fact.Number},  // of the period that is evaluated
	{Name: "day", Type: fact.Day},      // its last day
	{Name: "month", Type: fact.Number}, // the month of that day
}

// MemberList is the list whose options are the memberships that a condition
// can ask for: member.above_scale.
const MemberList = "membership_list"

func (c *Catalogue) memberVars() []expr.Var {
	var out []expr.Var
	if l := c.Lists[MemberList]; l != nil {
		for _, o := range l.Options {
			out = append(out, expr.Var{Name: "member." + o.Code, Type: fact.Bool})
		}
	}
	return out
}

// RecordEnv compiles conditions over the records of a type.
func (c *Catalogue) RecordEnv(t *Type) (*expr.Env, error) {
	vars := append(append([]expr.Var{}, recordVars...), c.memberVars()...)
	for _, f := range t.Fields {
		vars = append(vars, expr.Var{Name: f.Code, Type: FactType(f.Type)})
	}
	return expr.NewEnv(vars, c.Functions()...)
}

// FormEnv compiles conditions over the returns of a form; prev.X is the month
// before in the same year, last.X the same period a year before.
func (c *Catalogue) FormEnv(f *Form) (*expr.Env, error) {
	vars := append([]expr.Var{}, recordVars...)
	for _, i := range f.Items {
		t := i.FactType()
		vars = append(vars, expr.Var{Name: i.Code, Type: t}, expr.Var{Name: "prev." + i.Code, Type: t}, expr.Var{Name: "last." + i.Code, Type: t})
	}
	return expr.NewEnv(vars, c.Functions()...)
}

// FactType says how an item is stored.
func (i *Item) FactType() fact.Type {
	if i.Type == "" {
		return fact.Number
	}
	return FactType(i.Type)
}

// FigureEnv compiles formulas over indicators: X, prev.X, last.X.
func (c *Catalogue) FigureEnv() (*expr.Env, error) {
	var vars []expr.Var
	for code, i := range c.Indicators {
		if i.Kind == Parameter && i.Records() == nil && i.Source != nil && i.Source.Run == "" {
			vars = append(vars, expr.Var{Name: code, Type: fact.Text})
			continue
		}
		for _, p := range []string{"", "prev.", "last."} {
			vars = append(vars, expr.Var{Name: p + code, Type: fact.Number})
		}
	}
	return expr.NewEnv(vars)
}

// TypeOf returns the register or ledger of a kind.
func (c *Catalogue) TypeOf(k fact.Kind) (*Type, bool) {
	switch k.Room() {
	case "register":
		if r := c.Registers[k.Type()]; r != nil {
			return &r.Type, true
		}
	case "ledger":
		if l := c.Ledgers[k.Type()]; l != nil {
			return &l.Type, true
		}
	}
	return nil, false
}

// FormOf returns the form of a kind.
func (c *Catalogue) FormOf(k fact.Kind) (*Form, bool) {
	f := c.Forms[k.Type()]
	return f, k.Room() == "survey" && f != nil
}
