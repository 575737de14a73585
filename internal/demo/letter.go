package demo

import (
	"slices"

	"gongmai/internal/given"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// planLetters plans what other offices send.
func (c *county) planLetters() error {
	for i := range c.script.Letters {
		l := &c.script.Letters[i]
		for m := c.begin.MonthOf() - 1; m <= c.until.MonthOf(); m++ {
			if p, ok := l.period(m); ok {
				if err := c.planLetter(l, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// period is the span that a letter states when month m is over.
func (l *Letter) period(m period.Month) (p period.Period, ok bool) {
	switch l.Every {
	case "month": // January is not stated alone
		return period.YTD(m), m.Month() > 1
	case "year":
		return period.Year(m.Year()), m.Month() == 12
	}
	return m.Period(), true
}

func (c *county) planLetter(l *Letter, p period.Period) error {
	r := c.stream("letter", l.Indicator, p)
	by := c.oneBy(reviewerRole, "", nil, r)
	for _, s := range l.Stages {
		on := c.cal.OnOrAfter(p.Last().Add(s.Days.whole(r)))
		if on < c.begin || (s.Chance > 0 && !r.chance(s.Chance)) || (len(s.Months) > 0 && !slices.Contains(s.Months, p.To.Month())) {
			continue
		}
		v, err := c.letterValue(l, p, s, r)
		if err != nil {
			return err
		}
		x := &scene{day: p.Last(), r: r, n: p.To.Month()}
		c.on(c.workday(on, 1), 2, act{by: by, figure: &given.Figure{
			Indicator: l.Indicator, Scope: "county", Period: p, Value: v, Provider: l.Provider, On: on, Stage: s.Name,
			Document: c.fill(oneOf(r, l.Document), x), Note: "演示数据",
		}})
	}
	return nil
}

func one(period.Month) float64 { return 1 }

// letterValue is the county's total of a quantity, or its growth, as known at a stage.
func (c *county) letterValue(l *Letter, p period.Period, s Stage, r stream) (unit.Decimal, error) {
	i := c.cat.Indicators[l.Indicator]
	places := uint8(max(i.Digits, 0))
	if l.Number != nil {
		return unit.New(int64(l.Number.whole(r)), 0), nil
	}
	q, _ := quantityOf(l.Quantity)
	now, base := 0.0, 0.0
	b, growth := quantityOf(l.Growth)
	for _, f := range c.firms {
		if f.mute || (l.All && !f.works(p.Last())) || (!l.All && !f.aboveAt(p.Last())) {
			continue
		}
		now += float64(f.total(q, p.From, p.To, one))
		if growth {
			base += float64(f.total(b, p.From-12, p.To-12, one))
		}
	}
	if growth {
		pct := (now/base - 1) * 100
		return unit.Exact(unit.New(int64((pct+s.Noise*cut(r)*100)*1e4), 4)).Round(places)
	}
	now *= 1 + s.Noise*cut(r)
	x, err := c.cat.Units.Convert(unit.Exact(unit.New(int64(now), measures[q].scale)), measures[q].unit, i.Unit)
	if err != nil {
		return unit.Decimal{}, err
	}
	return x.Round(places)
}
