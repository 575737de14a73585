package api

import (
	"context"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
)

// OpenStep is a step with whether the reader may take it now.
type OpenStep struct {
	Step
	Allowed bool   `json:"allowed"`
	Why     string `json:"why,omitempty" doc:"What stands in the way"`
}

// Link is a record that points here, or that this one points to.
type Link struct {
	Type      string `json:"type"`
	TypeName  string `json:"type_name"`
	ID        string `json:"id"`
	Title     string `json:"title"`
	StateName string `json:"state_name"`
}

// RecordDetail is a record with all that belongs to it.
type RecordDetail struct {
	Record
	Type     TypeDef    `json:"type"`
	Steps    []OpenStep `json:"steps"`
	Timeline []Version  `json:"timeline"`
	Links    []Link     `json:"links"`
	Files    []FileInfo `json:"files"`
}

// RecordAt is a record of a ledger.
type RecordAt struct {
	Type string `path:"type"`
	ID   string `path:"id"`
}

func (s *server) records() {
	handle(s, op{at: "GET /api/ledgers/{type}/records/{id}", id: "record", does: "One record with steps, timeline, links and files", tag: "ledger"}, s.recordDetail)
	s.steps()
}

func (s *server) recordDetail(ctx context.Context, in *RecordAt) (out RecordDetail, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	x := l.cat.Ledgers[in.Type]
	if x == nil {
		return out, errs.Say(errs.NotFound, "没有台账 %s", in.Type)
	}
	f, err := l.one(ctx, x, in.ID)
	if err != nil {
		return out, err
	}
	if out.Record, err = l.kase(ctx, x, &f); err != nil {
		return out, err
	}
	out.Type = l.ledgerDef(x)
	out.Steps = l.openSteps(x, f.v.State, f.v.Body)
	history, err := l.m.History(ctx, x.Kind, in.ID)
	if err != nil {
		return out, err
	}
	if out.Timeline, err = l.versions(ctx, history); err != nil {
		return out, err
	}
	if out.Links, err = l.links(ctx, x, &f.v); err != nil {
		return out, err
	}
	out.Files = l.filesOf(&x.Type, &f.v)
	return out, nil
}

// one finds a record that the reader may see.
func (l *look) one(ctx context.Context, x *catalog.Ledger, id string) (f found, err error) {
	cal := l.cat.Calendar()
	err = l.m.Read(ctx, x.Kind, func(v fact.View) error {
		r, ok := v.Record(id)
		if !ok {
			return errs.Say(errs.NotFound, "%s中没有这条记录，或不在您的范围内", x.Name)
		}
		f.v = r.AsVersion()
		f.due, f.runs = dueOf(x, cal, r)
		return nil
	})
	return f, err
}

// openSteps lists the steps that lead out of a state: those that the reader's role
// never takes are absent, those that may not be taken yet say why.
func (l *look) openSteps(x *catalog.Ledger, state string, b fact.Body) (out []OpenStep) {
	who := l.m.Who()
	for i := range x.Steps {
		st := &x.Steps[i]
		if len(st.From) == 0 || !takes(st, who) || !slices.Contains(st.From, state) {
			continue
		}
		o := OpenStep{Step: Step{st.Code, st.Label, st.From, st.To, st.Need, st.Back, st.Paper}, Allowed: true}
		// A condition may speak of what the step itself asks for: then it is
		// judged when the step is taken.
		faults := ledger.Hindrances(l.cat, x, st, who, state, b, l.today)
		if err := faults.Err(); err != nil && !asksForMore(st, b) {
			o.Allowed, o.Why = false, strings.ReplaceAll(err.Error(), "\n", "；")
		}
		out = append(out, o)
	}
	return out
}

func asksForMore(st *catalog.Step, b fact.Body) bool {
	for _, code := range st.Need {
		if !b.Get(code).Present() {
			return true
		}
	}
	return false
}

// links are the records that a record points to and those that point to it.
func (l *look) links(ctx context.Context, x *catalog.Ledger, v *fact.Version) (out []Link, err error) {
	for _, f := range x.Fields {
		if id := v.Body.Get(f.Code).Text(); f.Type == catalog.TypeRef && f.To.Room() == "ledger" && id != "" {
			k, err := l.link(ctx, f.To, id)
			if err != nil {
				return nil, err
			}
			out = append(out, k...)
		}
	}
	for _, other := range l.cat.Ledgers {
		for _, f := range other.Fields {
			if f.Type != catalog.TypeRef || f.To != x.Kind {
				continue
			}
			var ids []string
			err := l.m.Read(ctx, other.Kind, func(view fact.View) error {
				for r := range view.Heads() {
					if r.Get(f.Code).Text() == v.Record {
						ids = append(ids, r.Record())
					}
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				k, err := l.link(ctx, other.Kind, id)
				if err != nil {
					return nil, err
				}
				out = append(out, k...)
			}
		}
	}
	return out, nil
}

// link names a record; nothing where the reader may not see it.
func (l *look) link(ctx context.Context, k fact.Kind, id string) (out []Link, err error) {
	t, ok := l.cat.TypeOf(k)
	if !ok {
		return nil, nil
	}
	err = l.m.Read(ctx, k, func(v fact.View) error {
		if r, ok := v.Record(id); ok {
			out = []Link{{k.Type(), t.Name, id, l.titleOf(t, r), l.state(k, r.State()).Name}}
		}
		return nil
	})
	return out, err
}
