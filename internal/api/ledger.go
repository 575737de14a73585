package api

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"gongmai/internal/calendar"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// LedgerEntry is a ledger in the list of them.
type LedgerEntry struct {
	TypeDef
	Records int  `json:"records"`
	Open    int  `json:"open" doc:"Records that are not at an end"`
	Late    int  `json:"late"`
	First   bool `json:"first"`
}

// RecordPage is a page of a ledger.
type RecordPage struct {
	Type   TypeDef           `json:"type"`
	Total  int               `json:"total"`
	Rows   []Record          `json:"rows"`
	Totals map[string]string `json:"totals" doc:"Sums of the number fields over all rows, not only this page"`
}

type ledgerIn struct {
	Type       string `path:"type"`
	Q          string `query:"q"`
	State      string `query:"state"`
	Enterprise string `query:"enterprise"`
	Period     string `query:"period" doc:"Effective in it"`
	Sort       string `query:"sort" doc:"A field, number, state, effective_on or due; -field for descending"`
	Paged
}

func (s *server) ledgers() {
	handle(s, op{at: "GET /api/ledgers", id: "list-ledgers", does: "All ledgers with their types and counts", tag: "ledger"}, s.listLedgers)
	handle(s, op{at: "GET /api/ledgers/{type}", id: "ledger", does: "The records of a ledger within reach", tag: "ledger"}, s.ledger)
	s.records()
}

func (s *server) listLedgers(ctx context.Context, _ *struct{}) (out []LedgerEntry, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	cal := l.cat.Calendar()
	for _, code := range slices.Sorted(maps.Keys(l.cat.Ledgers)) {
		x := l.cat.Ledgers[code]
		e := LedgerEntry{TypeDef: l.ledgerDef(x), First: x.First}
		err := l.m.Read(ctx, x.Kind, func(v fact.View) error {
			for r := range v.Heads() {
				e.Records++
				if atEnd(x, r.State()) {
					continue
				}
				e.Open++
				if d, ok := ledger.DueOf(x, cal, r); ok && d.On < l.today {
					e.Late++
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// atEnd reports whether nothing more is to happen in a state.
func atEnd(x *catalog.Ledger, state string) bool {
	s, _ := x.State(state)
	return s.Tone == "done" || s.Tone == "stop"
}

// found is a record that a list may show, with what it is sorted by.
type found struct {
	v    fact.Version
	due  ledger.Due
	runs bool
}

func (s *server) ledger(ctx context.Context, in *ledgerIn) (out RecordPage, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	x := l.cat.Ledgers[in.Type]
	if x == nil {
		return out, errs.Say(errs.NotFound, "没有台账 %s", in.Type)
	}
	var span period.Period
	if in.Period != "" {
		if span, err = readPeriod(in.Period); err != nil {
			return out, err
		}
	}
	all, err := l.find(ctx, x, in, span)
	if err != nil {
		return out, err
	}
	sortFound(all, in.Sort)
	from, to := in.cut(len(all))
	out = RecordPage{Type: l.ledgerDef(x), Total: len(all), Totals: totals(&x.Type, all)}
	for i := range all[from:to] {
		r, err := l.kase(ctx, x, &all[from+i])
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, r)
	}
	return out, nil
}

// find reads the records that a list asks for.
func (l *look) find(ctx context.Context, x *catalog.Ledger, in *ledgerIn, span period.Period) (out []found, err error) {
	cal := l.cat.Calendar()
	err = l.m.Read(ctx, x.Kind, func(v fact.View) error {
		for r := range v.Heads() {
			if (in.State != "" && r.State() != in.State) || (in.Enterprise != "" && r.Subject() != in.Enterprise) || (in.Period != "" && !span.Contains(r.Effective())) {
				continue
			}
			f := found{v: r.AsVersion()}
			if !l.holds(&f.v, in.Q) {
				continue
			}
			f.due, f.runs = dueOf(x, cal, r)
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

func dueOf(x *catalog.Ledger, cal *calendar.Calendar, r fact.Row) (ledger.Due, bool) {
	if atEnd(x, r.State()) {
		return ledger.Due{}, false
	}
	return ledger.DueOf(x, cal, r)
}

// holds reports whether a record has q in what it states or in its enterprise's name.
func (l *look) holds(v *fact.Version, q string) bool {
	if q == "" || contains(q, v.Subject, l.firmName(v.Subject)) {
		return true
	}
	return slices.ContainsFunc(v.Body, func(f fact.Field) bool { return contains(q, f.Value.String()) })
}

func sortFound(all []found, by string) {
	by, down := strings.CutPrefix(by, "-")
	if by == "" {
		by, down = "", true // newest first
	}
	slices.SortStableFunc(all, func(a, b found) int {
		if down {
			a, b = b, a
		}
		switch by {
		case "":
			return cmp.Compare(a.v.Seq, b.v.Seq)
		case "state":
			return cmp.Compare(a.v.State, b.v.State)
		case "effective_on":
			return cmp.Compare(a.v.EffectiveOn, b.v.EffectiveOn)
		case "due":
			return cmp.Compare(a.due.On, b.due.On)
		case "enterprise", "enterprise_name":
			return cmp.Compare(a.v.Subject, b.v.Subject)
		}
		x, y := a.v.Body.Get(by), b.v.Body.Get(by)
		if m, ok := x.Number(); ok {
			if n, ok := y.Number(); ok {
				return m.Cmp(n)
			}
		}
		return cmp.Compare(x.String(), y.String())
	})
}

// totals adds up the number fields that add up: a share does not.
func totals(t *catalog.Type, all []found) map[string]string {
	out := map[string]string{}
	for _, f := range t.Fields {
		if f.Type != catalog.TypeNumber || f.Unit == "%" || strings.Contains(string(f.Unit), "/") {
			continue
		}
		sum, some := unit.Decimal{}, false
		for i := range all {
			if d, ok := all[i].v.Body.Get(f.Code).Number(); ok {
				var err error
				if sum, err = sum.Add(d); err != nil {
					some = false
					break
				}
				some = true
			}
		}
		if some {
			out[f.Code] = sum.String()
		}
	}
	return out
}

// readPeriod reads a period of a request.
func readPeriod(s string) (period.Period, error) {
	p, err := period.Parse(s)
	if err != nil {
		return p, errs.Say(errs.Invalid, "期别“%s”应写作 2025、2025H1、2025Q3、2025-11 或 2025-01..11", s)
	}
	return p, nil
}

// readDay reads a day of a request; nothing is no day.
func readDay(s string) (period.Day, error) {
	if s == "" {
		return 0, nil
	}
	d, err := period.ParseDay(s)
	if err != nil {
		return 0, errs.Say(errs.Invalid, "日期“%s”应写作 2025-12-31", s)
	}
	return d, nil
}
