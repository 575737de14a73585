package report

import (
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// ParseAsk reads what people ask for: a year, or a span of it that then bounds the
// statistics; a cut-off day; months of the statistics; a moment of knowledge.
// All but the first two may be empty.
func ParseAsk(code, span, asOf, stat, known string) (q Ask, err error) {
	p, err := parsePeriod(span)
	if err != nil {
		return q, err
	}
	q = Ask{Outline: code, Year: p.YearOf()}
	if p.Months() < 12 {
		q.AsOf = p.Last()
		if p.Months() > 1 {
			q.Stat = p
		}
	}
	if asOf != "" {
		if q.AsOf, err = period.ParseDay(asOf); err != nil {
			return q, errs.Say(errs.Invalid, "截止日“%s”应写作 2025-12-31", asOf)
		}
	}
	if stat != "" {
		if q.Stat, err = parsePeriod(stat); err != nil {
			return q, err
		}
	}
	q.Known, err = record.ParseAsOf(known)
	return q, err
}

func parsePeriod(s string) (period.Period, error) {
	if s == "" {
		return period.Period{}, errs.Say(errs.Invalid, "缺少期别，如 2025 或 2025-11")
	}
	p, err := period.Parse(s)
	if err != nil {
		return p, errs.Say(errs.Invalid, "期别“%s”应写作 2025、2025H1、2025Q3、2025-11 或 2025-01..11", s)
	}
	return p, nil
}
