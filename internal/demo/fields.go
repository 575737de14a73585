package demo

import (
	"gongmai/internal/catalog"
	"gongmai/internal/fact"
)

// fields makes the values of a record, in the order of the script. Those made
// stand in x.body for the ones after them.
func (c *county) fields(plan Fields, of func(string) (*catalog.Field, bool), x *scene) (fact.Body, error) {
	x.of = of
	var own fact.Body
	for i := range plan {
		f, ok := of(plan[i].Code)
		if !ok {
			continue // refused when the script was checked
		}
		v, err := c.value(&plan[i].Gen, f, x)
		if err != nil {
			return nil, err
		}
		if v.Type() == fact.Missing {
			continue
		}
		own = own.With(fact.Field{Code: f.Code, Value: v})
		x.body = x.body.With(fact.Field{Code: f.Code, Value: v})
	}
	return own, nil
}
