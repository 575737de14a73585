package demo

import (
	"math"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// made is a record that a case has made, which others may refer to.
type made struct {
	id   string
	firm *firm
	on   period.Day
}

// mostKept bounds how many records of a kind are remembered for references.
const mostKept = 400

func (c *county) remember(k fact.Kind, m made) {
	list := append(c.records[k], m)
	if len(list) > mostKept {
		list = list[len(list)-mostKept:]
	}
	c.records[k] = list
}

// reference draws a record of a kind: one about the same enterprise if there is one.
func (c *county) reference(k fact.Kind, x *scene) fact.Value {
	list := c.records[k]
	if x.firm != nil {
		own := slices.DeleteFunc(slices.Clone(list), func(m made) bool { return m.firm != x.firm })
		if len(own) > 0 {
			list = own
		} else {
			list = slices.DeleteFunc(slices.Clone(list), func(m made) bool { return m.firm != nil })
		}
	}
	if len(list) == 0 {
		return fact.Value{}
	}
	return fact.TextOf(oneOf(x.r, list).id)
}

// usual makes a value that suits a field of which the script says nothing:
// by what it says of fields of that code in general, else by the type.
func (c *county) usual(f *catalog.Field, x *scene) (fact.Value, error) {
	if g := c.script.Walk.Fields.find(f.Code); g != nil && !g.empty() {
		if v, err := c.value(g, f, x); err == nil && v.Type() == catalog.FactType(f.Type) && c.may(f, v) {
			return v, nil
		}
	}
	switch f.Type {
	case catalog.TypeText:
		return fact.TextOf(f.Name + "（演示）"), nil
	case catalog.TypeNote:
		return fact.TextOf(c.fill(oneOf(x.r, c.script.Walk.Notes), x)), nil
	case catalog.TypeNumber:
		return c.usualNumber(f, x), nil
	case catalog.TypeDate:
		return fact.DayOf(usualDay(f.Code, x)), nil
	case catalog.TypeBool:
		return fact.BoolOf(x.r.chance(0.5)), nil
	case catalog.TypeEnum, catalog.TypeRegion:
		return c.option(f, x), nil
	case catalog.TypeEnums:
		return fact.ListOf(c.option(f, x).Text()), nil
	case catalog.TypeTexts:
		return fact.ListOf(f.Name + "（演示）"), nil
	case catalog.TypeRef:
		return c.reference(f.To, x), nil
	case catalog.TypePeople:
		n := Span{1, 1}
		if f.Min != nil && *f.Min == "2" {
			n = Span{2, 2}
		}
		return fact.ListOf(c.persons(&Gen{People: &n}, x)...), nil
	case catalog.TypeFiles:
		list, err := c.files(1, f, x)
		return fact.ListOf(list...), err
	case catalog.TypeCreditCode:
		if x.firm == nil {
			return fact.Value{}, nil
		}
		return fact.TextOf(x.firm.code), nil
	case catalog.TypeIndustry:
		if x.firm == nil || x.firm.mute {
			return fact.Value{}, nil
		}
		return fact.TextOf(x.firm.industry), nil
	}
	return fact.Value{}, nil
}

// may reports whether a value suits a field: a hint by code alone may mean another thing.
func (c *county) may(f *catalog.Field, v fact.Value) bool {
	t := catalog.Type{Fields: []catalog.Field{*f}}
	return len(c.cat.CheckBody(&t, fact.NewBody(fact.Field{Code: f.Code, Value: v}), nil)) == 0
}

// empty reports whether g says nothing, so that the usual value is made.
func (g *Gen) empty() bool {
	return len(g.Text) == 0 && len(g.Pick.Keys) == 0 && g.Number == nil && g.Median == 0 && len(g.Sum) == 0 && g.Days == nil &&
		g.Workdays == nil && g.MonthEnd == nil && g.Date == "" && g.Copy == "" && g.People == nil && g.Ref == "" && g.Files == nil
}

func (c *county) option(f *catalog.Field, x *scene) fact.Value {
	list := f.Of
	if f.Type == catalog.TypeRegion {
		list = "regions"
	}
	l := c.cat.Lists[list]
	if l == nil || len(l.Options) == 0 {
		return fact.Value{}
	}
	if f.Type == catalog.TypeRegion && x.firm != nil && x.firm.town != "" {
		return fact.TextOf(x.firm.town)
	}
	return fact.TextOf(oneOf(x.r, l.Options).Code)
}

// usualNumber goes by the unit.
func (c *county) usualNumber(f *catalog.Field, x *scene) fact.Value {
	n := 0.0
	switch f.Unit {
	case "万元":
		n = math.Round(x.r.around(120, 0.8))
	case "元":
		n = math.Round(x.r.around(3000, 0.8))
	case "%":
		n = math.Round(x.r.between(5, 95))
	case "年":
		n = float64(x.day.Year())
	default:
		n = math.Round(x.r.around(6, 0.7)) + 1
	}
	return fact.NumberOf(limited(n, f))
}

// Parts of the codes of dates that lie ahead; those of the second kind do so
// only when a record is made, and are today when a later step ends it.
var (
	ahead = []string{"due", "promised", "planned", "expires", "deadline", "next"}
	ends  = []string{"ends", "until", "valid"}
)

func usualDay(code string, x *scene) period.Day {
	words := ahead
	if x.first {
		words = append(slices.Clone(words), ends...)
	}
	for _, w := range words {
		if strings.HasPrefix(code, w) || strings.Contains(code, "_"+w) {
			return x.day.Add(x.r.in(15, 60))
		}
	}
	return x.day
}
