package api

import (
	"context"

	"gongmai/internal/errs"
	"gongmai/internal/record"
)

type historyIn struct {
	Code  string `path:"code"`
	Scope string `query:"scope"`
	From  string `query:"from" doc:"A month; empty: eleven months before to"`
	To    string `query:"to" doc:"A month; empty: the newest known"`
}

// Points are a figure month by month.
type Points struct {
	Points []Point `json:"points"`
}

// mostMonths bounds a history.
const mostMonths = 120

func (s *server) figureHistory(ctx context.Context, in *historyIn) (out Points, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	scope, err := l.scope(in.Scope)
	if err != nil {
		return out, err
	}
	run, err := l.todayRun(ctx)
	if err != nil {
		return out, err
	}
	last := run.Stat.To
	if in.To != "" {
		p, err := readPeriod(in.To)
		if err != nil {
			return out, err
		}
		last = p.To
	}
	first := last - 11
	if in.From != "" {
		p, err := readPeriod(in.From)
		if err != nil {
			return out, err
		}
		first = p.From
	}
	if last-first >= mostMonths {
		return out, errs.Say(errs.Invalid, "一次最多看 %d 个月", mostMonths)
	}
	a := asked{look: l}
	if a.reading, err = s.Indicators.Read(ctx, record.AsOf{Seq: l.m.Seq}, run); err != nil {
		return out, err
	}
	for m := first; m <= last; m++ {
		if a.figure, err = a.reading.Figure(ctx, in.Code, scope, m.Period()); err != nil {
			return out, err
		}
		if err := a.withhold(ctx); err != nil {
			return out, err
		}
		if a.figure.Known {
			out.Points = append(out.Points, Point{m.String(), a.figure.Text()})
		}
	}
	return out, nil
}

type breakdownIn struct {
	FigureQuery
	By string `query:"by" enum:"industry,region,park" default:"industry"`
}

// PartRow is the figure of one part of the county.
type PartRow struct {
	Scope  string `json:"scope"`
	Name   string `json:"name"`
	Figure Figure `json:"figure"`
}

// Breakdown is a figure by the parts of the county.
type Breakdown struct {
	Rows       []PartRow `json:"rows"`
	Suppressed int       `json:"suppressed" doc:"Rows whose value is withheld"`
}

func (s *server) figureBreakdown(ctx context.Context, in *breakdownIn) (out Breakdown, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	as, err := record.ParseAsOf(in.KnownAt)
	if err != nil {
		return out, err
	}
	run, p, err := l.run(ctx, l.cat.Indicators[in.Code], in.Period)
	if err != nil {
		return out, err
	}
	a := asked{look: l}
	if a.reading, err = s.Indicators.Read(ctx, as, run); err != nil {
		return out, err
	}
	parts, err := a.reading.Breakdown(ctx, in.Code, in.By, p)
	if err != nil {
		return out, err
	}
	for _, x := range parts {
		if x.Withheld {
			x.Figure = withheld(x.Figure)
			out.Suppressed++
		}
		f, err := a.encode(ctx, x.Figure)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, PartRow{string(x.Scope), f.ScopeName, f})
	}
	return out, nil
}
