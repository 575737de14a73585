package api

import (
	"context"
	"time"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/survey"
)

// ReturnAt is the return of one enterprise.
type ReturnAt struct {
	FormAt
	Enterprise string `path:"enterprise"`
}

type draftIn struct {
	ReturnAt
	Body struct {
		Cells   map[string]string `json:"cells"`
		BasedOn int32             `json:"based_on,omitempty"`
	}
}

type submitIn struct {
	ReturnAt
	Body struct {
		Cells   map[string]string `json:"cells"`
		BasedOn int32             `json:"based_on,omitempty" doc:"The version that was seen; 0: the newest"`
		Reason  string            `json:"reason,omitempty"`
		FillFor *struct {
			Informant string   `json:"informant" doc:"Who stated it: a person's id or name"`
			How       string   `json:"how" doc:"电话, 微信, 纸质"`
			Evidence  []string `json:"evidence,omitempty" doc:"Digests"`
		} `json:"fill_for,omitempty" doc:"代填"`
	}
}

type decideIn struct {
	ReturnAt
	Body struct {
		BasedOn int32  `json:"based_on,omitempty"`
		Reason  string `json:"reason,omitempty"`
	}
}

// Saved says that a draft was kept.
type Saved struct {
	SavedAt time.Time   `json:"saved_at"`
	Faults  []CellFault `json:"faults"`
}

// Receipt says what became of a return.
type Receipt struct {
	Version int32       `json:"version"`
	State   string      `json:"state" enum:"submitted,returned,accepted,locked"`
	Faults  []CellFault `json:"faults"`
}

// ReturnVersion is a version with its cells.
type ReturnVersion struct {
	Version
	Cells map[string]string `json:"cells"`
}

// Draft is what the reader has typed and not yet filed.
type Draft struct {
	Cells   map[string]string `json:"cells"`
	BasedOn int32             `json:"based_on"`
	SavedAt time.Time         `json:"saved_at"`
}

// ReturnHistory is a return with all its versions, oldest first.
type ReturnHistory struct {
	Versions []ReturnVersion `json:"versions"`
	Draft    *Draft          `json:"draft,omitempty"`
}

func (s *server) returns() {
	const at = "/api/forms/{form}/periods/{period}/returns/{enterprise}"
	handle(s, op{at: "GET " + at, id: "return-history", does: "The versions of a return, and one's draft", tag: "survey"}, s.returnHistory)
	handle(s, op{at: "PUT " + at + "/draft", id: "save-draft", does: "Keep what is typed, for oneself", tag: "survey"}, s.saveDraft)
	handle(s, op{at: "POST " + at + "/submit", id: "submit-return", does: "File a return", tag: "survey"}, s.submit)
	for _, d := range []struct {
		word, does string
		what       survey.Decision
	}{{"accept", "Accept a return", survey.Accept}, {"return", "Send a return back", survey.SendBack}, {"lock", "Lock a return", survey.Freeze}} {
		handle(s, op{at: "POST " + at + "/" + d.word, id: d.word + "-return", does: d.does, tag: "survey"}, func(ctx context.Context, in *decideIn) (Receipt, error) {
			return s.decide(ctx, in, d.what)
		})
	}
}

// returnAt finds what a path names; the enterprise must be within reach.
func (s *server) returnAt(ctx context.Context, in *ReturnAt) (l *look, f *catalog.Form, p period.Period, err error) {
	if l, err = s.look(ctx); err != nil {
		return nil, nil, p, err
	}
	if f, p, err = l.formAt(in.Form, in.Period); err != nil {
		return nil, nil, p, err
	}
	return l, f, p, l.mayRead(in.Enterprise)
}

func (s *server) returnHistory(ctx context.Context, in *ReturnAt) (out ReturnHistory, err error) {
	l, f, p, err := s.returnAt(ctx, in)
	if err != nil {
		return out, err
	}
	if err := l.mayUnit(f.Kind, in.Enterprise); err != nil {
		return out, err
	}
	d, err := s.Survey.Draft(ctx, f.Code, p, in.Enterprise)
	if err != nil {
		return out, err
	}
	if d != nil {
		out.Draft = &Draft{cells(d.Cells), d.BasedOn, d.SavedAt}
	}
	history, err := l.m.History(ctx, f.Kind, survey.Key(p, in.Enterprise))
	if errs.Kind(err) == errs.NotFound {
		return out, nil // nothing has been filed
	}
	if err != nil {
		return out, err
	}
	vs, err := l.versions(ctx, history)
	for i := range vs {
		out.Versions = append(out.Versions, ReturnVersion{vs[i], cells(history[i].Body)})
	}
	return out, err
}

// readCells reads what was typed into items.
func (l *look) readCells(f *catalog.Form, in map[string]string) (fact.Body, error) {
	var faults errs.Faults
	var fields []fact.Field
	for code, text := range in {
		it, ok := f.Item(code)
		if !ok {
			faults.Add(code, "报表中没有这一项")
			continue
		}
		v, err := l.cat.ParseItem(it, text)
		if err != nil {
			faults.Add(itemName(it), "%s", errs.Text(err))
			continue
		}
		fields = append(fields, fact.Field{Code: code, Value: v})
	}
	return fact.NewBody(fields...), faults.Err()
}

func (s *server) saveDraft(ctx context.Context, in *draftIn) (out Saved, err error) {
	l, f, p, err := s.returnAt(ctx, &in.ReturnAt)
	if err != nil {
		return out, err
	}
	if err := l.mayType(f, in.Enterprise); err != nil {
		return out, err
	}
	body, err := l.readCells(f, in.Body.Cells)
	if err != nil {
		return out, err
	}
	if out.SavedAt, err = s.Survey.SaveDraft(ctx, f.Code, p, in.Enterprise, body, in.Body.BasedOn); err != nil {
		return out, err
	}
	out.SavedAt = out.SavedAt.UTC()
	err = l.m.Read(ctx, f.Kind, func(v fact.View) error {
		out.Faults = cellFaults(survey.Run(f, body, v, p, in.Enterprise))
		return nil
	})
	return out, err
}

// mayType says who may keep a draft: who could file it, or could have it filed.
func (l *look) mayType(f *catalog.Form, enterprise string) error {
	who := l.m.Who()
	if !who.May(survey.File) && !who.May(survey.FillFor) && !who.May(survey.Review) {
		return errs.Say(errs.Denied, "没有权限：填报%s", f.Name)
	}
	return l.mayUnit(f.Kind, enterprise)
}

func (s *server) submit(ctx context.Context, in *submitIn) (out Receipt, err error) {
	l, f, p, err := s.returnAt(ctx, &in.ReturnAt)
	if err != nil {
		return out, err
	}
	r := survey.Return{Form: f.Code, Period: p, Enterprise: in.Enterprise, BasedOn: in.Body.BasedOn, Reason: in.Body.Reason}
	if r.Cells, err = l.readCells(f, in.Body.Cells); err != nil {
		return out, err
	}
	if x := in.Body.FillFor; x != nil {
		ids, err := s.Accounts.Enroll(ctx, []string{x.Informant}, nil)
		if err != nil {
			return out, err
		}
		if len(ids) == 0 {
			return out, errs.Say(errs.Invalid, "代填应写明由谁提供")
		}
		r.Fill = &survey.Fill{Informant: ids[0], How: x.How, Evidence: x.Evidence}
	}
	filed, err := s.Survey.Submit(ctx, r)
	if err != nil {
		return out, err
	}
	if _, err := s.Survey.SaveDraft(ctx, f.Code, p, in.Enterprise, nil, 0); err != nil {
		return out, err
	}
	v := filed[0].Version
	return Receipt{v.Version, v.State, cellFaults(filed[0].Faults)}, nil
}

func (s *server) decide(ctx context.Context, in *decideIn, what survey.Decision) (out Receipt, err error) {
	_, f, p, err := s.returnAt(ctx, &in.ReturnAt)
	if err != nil {
		return out, err
	}
	v, err := s.Survey.Decide(ctx, f.Code, p, in.Enterprise, in.Body.BasedOn, what, in.Body.Reason)
	return Receipt{Version: v.Version, State: v.State}, err
}
