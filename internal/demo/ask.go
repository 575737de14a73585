package demo

import (
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func (c *county) condition(text string) (*expr.Program, error) {
	if text == "" {
		return nil, nil
	}
	if p, ok := c.conds[text]; ok {
		return p, nil
	}
	p, err := c.ask.Condition(text)
	if err != nil {
		return nil, err
	}
	c.conds[text] = p
	return p, nil
}

func (c *county) namesOf(f *firm, on period.Day) expr.Names {
	l := &c.script.Town.Life
	return func(name string) fact.Value {
		switch name {
		case "industry":
			if f.mute {
				return fact.Value{}
			}
			return fact.TextOf(f.industry)
		case "status":
			return fact.TextOf(f.stateAt(on))
		case "region":
			return fact.TextOf(f.town)
		case "chain":
			return fact.TextOf(f.prof.Chain)
		case "size":
			size, _ := f.size(on.MonthOf())
			return fact.TextOf(size)
		case "key_enterprise", "member." + l.Key:
			return fact.BoolOf(f.key)
		case "member." + l.Above:
			return fact.BoolOf(f.aboveAt(on))
		case "member." + l.Park:
			return fact.BoolOf(f.park != "")
		case "year":
			return fact.NumberOf(unit.Int(int64(on.Year())))
		}
		if len(name) > 7 && name[:7] == "member." {
			return fact.BoolOf(f.on(name[7:]))
		}
		return fact.Value{}
	}
}
