package demo

import (
	"fmt"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func (c *county) cells(x *filing) (fact.Body, error) {
	var out []fact.Field
	for _, t := range x.plan.Take {
		it, _ := x.form.Item(t.Item)
		q, _ := quantityOf(t.Quantity)
		v, err := c.cell(x, it, q)
		if err != nil {
			return nil, fmt.Errorf("item %s: %w", it.Code, err)
		}
		out = append(out, fact.Field{Code: it.Code, Value: v})
	}
	_, lat := x.firm.plant.at(x.p.To, 1)
	if x.plan.State != "" {
		out = append(out, fact.Field{Code: x.plan.State, Value: fact.TextOf(lat.state)})
	}
	if x.plan.Reason != "" && (lat.state == stopped || lat.state == reduced) {
		out = append(out, fact.Field{Code: x.plan.Reason, Value: fact.TextOf(lat.reason)})
	}
	r := c.stream("items", x.form.Code, x.p, x.firm.code)
	if x.plan.Steady {
		r = c.stream("items", x.form.Code, x.firm.code)
	}
	body := fact.NewBody(out...)
	own, err := c.fields(x.plan.Fields, fieldOf(x.form), &scene{firm: x.firm, day: x.p.Last(), body: body, r: r})
	return body.With(own...), err
}

func fieldOf(form *catalog.Form) func(string) (*catalog.Field, bool) {
	return func(code string) (*catalog.Field, bool) {
		it, ok := form.Item(code)
		if !ok {
			return nil, false
		}
		f := &catalog.Field{Code: it.Code, Label: it.Label, Type: it.Type, Of: it.Of, Unit: it.Unit, Scale: it.Scale}
		if f.Type == "" {
			f.Type = catalog.TypeNumber
		}
		return f, true
	}
}

func (c *county) cell(x *filing, it *catalog.Item, q quantity) (fact.Value, error) {
	from, to := x.p.To, x.p.To
	switch it.Column {
	case catalog.ColumnYTD:
		from = period.NewMonth(to.Year(), 1)
	case catalog.ColumnMonthLast:
		from, to = from-12, to-12
	case catalog.ColumnYTDLast:
		from, to = period.NewMonth(to.Year()-1, 1), to-12
	}
	d := x.firm.total(q, from, to, func(m period.Month) float64 {
		if tilt, ok := c.wrong[wrongKey{x.form.Code, x.firm.code, m}]; ok {
			return tilt
		}
		return 1
	})
	return c.stated(d, q, unitOf(it, x.form), uint8(it.Scale))
}

func unitOf(it *catalog.Item, f *catalog.Form) unit.Code {
	if it.Unit != "" {
		return it.Unit
	}
	return f.Unit
}

func (c *county) stated(n int64, q quantity, to unit.Code, places uint8) (fact.Value, error) {
	r, err := c.cat.Units.Convert(unit.Exact(unit.New(n, measures[q].scale)), measures[q].unit, to)
	if err != nil {
		return fact.Value{}, err
	}
	d, err := r.Round(places)
	return fact.NumberOf(d), err
}

func (f *firm) total(q quantity, from, to period.Month, tilt func(period.Month) float64) int64 {
	if measures[q].kind == stock {
		v, _ := f.plant.at(to, tilt(to))
		return v[q]
	}
	sum := int64(0)
	for m := from; m <= to; m++ {
		v, _ := f.plant.at(m, tilt(m))
		sum += v[q]
	}
	if measures[q].kind == mean {
		n := int64(to-from) + 1
		return (sum + n/2) / n
	}
	return sum
}
