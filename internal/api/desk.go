package api

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/survey"
)

// Task is something that waits to be done, or was done lately.
type Task struct {
	Kind           string `json:"kind"`
	KindName       string `json:"kind_name"`
	Ref            string `json:"ref"`
	Title          string `json:"title"`
	Enterprise     string `json:"enterprise,omitempty"`
	EnterpriseName string `json:"enterprise_name,omitempty"`
	State          string `json:"state"`
	StateName      string `json:"state_name"`
	Tone           string `json:"tone,omitempty"`
	Due            string `json:"due,omitempty"`
	DaysLeft       *int   `json:"days_left,omitempty"`
	Path           string `json:"path"`
}

// DeskForm is a form of the running period.
type DeskForm struct {
	Form string `json:"form"`
	catalog.Label
	Period   string `json:"period"`
	Expected int    `json:"expected"`
	Received int    `json:"received"`
	Accepted int    `json:"accepted"`
	Due      string `json:"due"`
	DaysLeft int    `json:"days_left"`
}

// Desk is what somebody has to do.
type Desk struct {
	Due      []Task     `json:"due" doc:"Near their day"`
	Late     []Task     `json:"late"`
	Waiting  []Task     `json:"waiting" doc:"For a step of one's role"`
	Recent   []Task     `json:"recent" doc:"What one stated last"`
	Forms    []DeskForm `json:"forms"`
	Headline []Figure   `json:"headline"`
}

// mostTasks bounds each list of the desk.
const mostTasks = 50

func (s *server) desk() {
	handle(s, op{at: "GET /api/desk", id: "desk", does: "What there is to do", tag: "desk"}, s.deskOf)
	handle(s, op{at: "GET /api/search", id: "search", does: "Find enterprises, records, indicators and pages", tag: "desk"}, s.search)
}

func (s *server) deskOf(ctx context.Context, _ *struct{}) (out Desk, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	for _, fill := range []func(context.Context, *Desk) error{l.tasks, l.duties, l.recent, l.deskForms, l.headlines} {
		if err := fill(ctx, &out); err != nil {
			return out, err
		}
	}
	for _, list := range []*[]Task{&out.Due, &out.Late, &out.Waiting} {
		slices.SortStableFunc(*list, func(a, b Task) int { return cmp.Or(soonest(a.Due, b.Due), compare(a.Ref, b.Ref)) })
		*list = (*list)[:min(len(*list), mostTasks)]
	}
	return out, nil
}

// soonest orders days, those without one last.
func soonest(a, b string) int {
	if (a == "") != (b == "") {
		return map[bool]int{true: 1, false: -1}[a == ""]
	}
	return compare(a, b)
}

// tasks are the open records on which the reader's role may take a step.
func (l *look) tasks(ctx context.Context, out *Desk) error {
	cal := l.cat.Calendar()
	for _, x := range l.cat.Ledgers {
		turns := l.turns(x)
		if len(turns) == 0 {
			continue
		}
		err := l.m.Read(ctx, x.Kind, func(v fact.View) error {
			for r := range v.Heads() {
				if !turns[r.State()] {
					continue
				}
				t := l.task(x, r)
				d, ok := ledger.DueOf(x, cal, r)
				if ok {
					l.until(&t, d.On)
				}
				switch {
				case ok && d.On < l.today:
					out.Late = append(out.Late, t)
				case ok && d.Warn <= l.today:
					out.Due = append(out.Due, t)
				default:
					out.Waiting = append(out.Waiting, t)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// turns are the states, other than ends, in which the reader's role may act.
func (l *look) turns(x *catalog.Ledger) map[string]bool {
	out := map[string]bool{}
	for i := range x.Steps {
		if st := &x.Steps[i]; takes(st, l.m.Who()) {
			for _, from := range st.From {
				if !atEnd(x, from) {
					out[from] = true
				}
			}
		}
	}
	return out
}

func (l *look) task(x *catalog.Ledger, r fact.Row) Task {
	st := l.state(x.Kind, r.State())
	return Task{
		Kind: string(x.Kind), KindName: x.Name, Ref: r.Ref("").String(), Title: l.titleOf(&x.Type, r), Enterprise: r.Subject(), EnterpriseName: l.firmName(r.Subject()),
		State: r.State(), StateName: st.Name, Tone: st.Tone, Path: path(r.Ref("")),
	}
}

func (l *look) until(t *Task, due period.Day) {
	left := due.Sub(l.today)
	t.Due, t.DaysLeft = due.String(), &left
}

// duties are what the year has asked for and nobody has done. They are counted
// over the whole county, so only who sees all of it is told.
func (l *look) duties(ctx context.Context, out *Desk) error {
	if !l.m.Who().Reach.County {
		return nil
	}
	owed, err := l.s.Ledger.Duties(ctx, l.m, l.today.Year(), l.today)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.Missing() == 0 || !makes(o.Ledger, l.m.Who()) {
			continue
		}
		t := Task{
			Kind: "duty", KindName: o.Ledger.Name, Ref: string(o.Ledger.Kind) + "/" + o.Duty.Code + "/" + o.Span.String(),
			Title: o.Duty.Name + " " + o.Span.Chinese() + "（还差 " + strconv.Itoa(o.Missing()) + "）", State: "owed", StateName: "待完成", Tone: "wait",
			Path: "/ledgers/" + o.Ledger.Code,
		}
		if l.until(&t, o.Due); o.Due < l.today {
			out.Late = append(out.Late, t)
		} else {
			out.Due = append(out.Due, t)
		}
	}
	return nil
}

const mostRecent = 20

func (l *look) recent(ctx context.Context, out *Desk) error {
	entries, err := l.m.By(ctx, l.m.Who().ID, mostRecent)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !l.opens(e.Ref.Kind) {
			continue
		}
		st := l.state(e.Ref.Kind, e.State)
		t := Task{
			Kind: string(e.Ref.Kind), KindName: l.kindName(e.Ref.Kind), Ref: e.Ref.String(), Enterprise: e.Subject, EnterpriseName: l.firmName(e.Subject),
			State: e.State, StateName: e.Act, Tone: st.Tone, Path: path(e.Ref),
		}
		if t.Title, err = l.factTitle(ctx, e.Ref); err != nil {
			return err
		}
		out.Recent = append(out.Recent, t)
	}
	return nil
}

// deskForms are the forms of the period that ended last.
func (l *look) deskForms(ctx context.Context, out *Desk) error {
	if w := l.m.Who(); !w.May(survey.File) && !w.May(survey.FillFor) && !w.May(survey.Review) {
		return nil
	}
	cal := l.cat.Calendar()
	for _, f := range l.formsInOrder() {
		if own(l.m.Who()) && f.Copy != "" {
			continue
		}
		p := survey.Running(f.Every, f.SkipJanuary, l.today)
		lines, err := l.s.Survey.Sheet(ctx, l.m, f, p)
		if err != nil {
			return err
		}
		due := survey.Due(f, cal, p)
		d := DeskForm{Form: f.Code, Label: f.Label, Period: p.String(), Due: due.String(), DaysLeft: due.Sub(l.today)}
		d.Received, d.Accepted, d.Expected = tally(lines)
		out.Forms = append(out.Forms, d)
	}
	return nil
}

func (l *look) headlines(ctx context.Context, out *Desk) error {
	if !l.m.Who().May(readFigures) && !own(l.m.Who()) {
		return nil
	}
	run, err := l.todayRun(ctx)
	if err != nil {
		return err
	}
	scope, err := l.scope("")
	if err != nil {
		return err
	}
	a := asked{look: l}
	if a.reading, err = l.s.Indicators.Read(ctx, record.AsOf{Seq: l.m.Seq}, run); err != nil {
		return err
	}
	for _, i := range headline(l.cat) {
		a.figure, err = a.reading.Figure(ctx, i.Code, scope, run.Period(i))
		if errors.Is(err, errs.Denied) {
			continue
		}
		if err == nil {
			err = a.withhold(ctx)
		}
		if err != nil {
			return err
		}
		if !a.figure.Known && scope != indicator.County {
			continue
		}
		f, err := a.encode(ctx, a.figure)
		if err != nil {
			return err
		}
		out.Headline = append(out.Headline, f)
	}
	return nil
}
