package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/unit"
)

// Write is the right to keep ledgers.
const Write actor.Right = "ledger.write"

// NumberField holds the number of a record that its type's pattern gave.
const NumberField = "number"

// PaperField holds photos of a step that was signed on paper (线下签批).
const PaperField = "_paper"

// Store keeps the ledgers.
type Store struct {
	records *record.Store
	cat     func() *catalog.Catalogue
	newID   func() string
}

// New returns a Store.
func New(r *record.Store, cat func() *catalog.Catalogue, newID func() string) *Store {
	return &Store{records: r, cat: cat, newID: newID}
}

// Move is one step that somebody takes.
type Move struct {
	Type        string
	ID          string // empty: the step makes the record
	BasedOn     int32
	Step        string
	Values      fact.Body  // fields that the step sets; Missing ones stay
	EffectiveOn period.Day // zero: today
	Reason      string
	Paper       []string // digests of photos
}

// Take takes steps, all or none, and answers with all that stands in their way.
func (s *Store) Take(ctx context.Context, moves ...Move) (out []fact.Version, err error) {
	defer errs.Wrap(&err, "taking %d steps", len(moves))
	cat := s.cat()
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	plans := make([]plan, len(moves))
	var faults errs.Faults
	for i := range moves {
		if plans[i], err = s.plan(ctx, cat, m, &moves[i], &faults); err != nil {
			return nil, err
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		out = out[:0]
		for _, p := range plans {
			v, err := p.append(ctx, tx, cat)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// plan is a move that was found in order.
type plan struct {
	ledger *catalog.Ledger
	draft  record.Draft
	number bool // the record still wants one
}

func (s *Store) plan(ctx context.Context, cat *catalog.Catalogue, m *record.Moment, mv *Move, faults *errs.Faults) (p plan, err error) {
	l := cat.Ledgers[mv.Type]
	if l == nil {
		return p, errs.Say(errs.NotFound, "没有台账 %s", mv.Type)
	}
	step := stepOf(l, mv.Step)
	if step == nil {
		return p, errs.Say(errs.NotFound, "台账%s没有步骤 %s", l.Name, mv.Step)
	}
	var have fact.Body
	var state string
	if mv.ID != "" {
		if have, state, _, err = s.current(ctx, m, l, mv); err != nil {
			return p, err
		}
	}
	body := have
	for _, code := range step.Clear {
		body = body.With(fact.Field{Code: code})
	}
	body = body.With(mv.Values...)
	if len(mv.Paper) > 0 {
		body = body.With(fact.Field{Code: PaperField, Value: fact.ListOf(mv.Paper...)})
	} else if have.Get(PaperField).Present() {
		body = body.With(fact.Field{Code: PaperField})
	}
	place := l.Name
	for _, f := range append(Hindrances(cat, l, step, actor.From(ctx), state, body, s.records.Today()), cat.CheckBody(&l.Type, body, step.Need)...) {
		faults.Add(strings.TrimSpace(place+" "+f.Place), "%s", f.Message)
	}
	if step.Back && mv.Reason == "" {
		faults.Add(place, "“%s”必须说明原因", step.Name)
	}
	p = plan{ledger: l, number: l.Number != "" && !body.Get(NumberField).Present(), draft: record.Draft{
		Kind: l.Kind, Record: mv.ID, BasedOn: mv.BasedOn, State: step.To, Subject: subject(&l.Type, body),
		EffectiveOn: mv.EffectiveOn, Body: body, Act: step.Name, Reason: mv.Reason,
	}}
	if p.draft.Record == "" {
		p.draft.Record = s.newID()
	}
	if p.draft.EffectiveOn == 0 {
		p.draft.EffectiveOn = s.records.Today()
	}
	if p.draft.Subject != "" && !m.Sees(l.Kind, p.draft.Subject) {
		return p, errs.Say(errs.Denied, "这家企业不在您的范围内")
	}
	return p, nil
}

func subject(t *catalog.Type, b fact.Body) string {
	if t.Subject == "" {
		return ""
	}
	return b.Get(t.Subject).Text()
}

func (s *Store) current(ctx context.Context, m *record.Moment, l *catalog.Ledger, mv *Move) (b fact.Body, state string, effective period.Day, err error) {
	err = m.Read(ctx, l.Kind, func(v fact.View) error {
		row, ok := v.Record(mv.ID)
		if !ok {
			return errs.Say(errs.NotFound, "%s中没有 %s", l.Name, mv.ID)
		}
		if mv.BasedOn == 0 {
			mv.BasedOn = row.Version()
		}
		b, state, effective = row.Body(), row.State(), row.Effective()
		return nil
	})
	return b, state, effective, err
}

func stepOf(l *catalog.Ledger, code string) *catalog.Step {
	for i := range l.Steps {
		if l.Steps[i].Code == code {
			return &l.Steps[i]
		}
	}
	return nil
}

// Hindrances are the reasons why a person may not take a step now: the role,
// the state, the condition. None means it is allowed.
func Hindrances(cat *catalog.Catalogue, l *catalog.Ledger, st *catalog.Step, who actor.Actor, state string, b fact.Body, today period.Day) errs.Faults {
	var faults errs.Faults
	if len(st.By) > 0 && !who.May("*") && !slices.ContainsFunc(st.By, func(r string) bool { return slices.Contains(who.Roles, r) }) {
		var names []string
		for _, r := range st.By {
			names = append(names, cat.Roles[r].Name)
		}
		faults.Add("", "“%s”由%s办理", st.Name, strings.Join(names, "、"))
	}
	switch {
	case len(st.From) == 0 && state != "":
		faults.Add("", "“%s”只用于新建", st.Name)
	case len(st.From) > 0 && !slices.Contains(st.From, state):
		now, _ := l.State(state)
		faults.Add("", "现为“%s”，不能“%s”", now.Name, st.Name)
	}
	if st.Cond != nil {
		if ok, _ := st.Cond.Bool(names(b, state, subject(&l.Type, b), today)); !ok {
			faults.Add("", "%s", st.Say)
		}
	}
	return faults
}

func names(b fact.Body, state, subj string, today period.Day) expr.Names {
	return func(n string) fact.Value {
		switch n {
		case "state":
			return fact.TextOf(state)
		case "subject":
			return fact.TextOf(subj)
		case "day":
			return fact.DayOf(today)
		case "year":
			return fact.NumberOf(unit.Int(int64(today.Year())))
		case "month":
			return fact.NumberOf(unit.Int(int64(today.Month())))
		}
		return b.Get(n)
	}
}

// append gives the record its number and writes it.
func (p plan) append(ctx context.Context, tx *record.Tx, cat *catalog.Catalogue) (fact.Version, error) {
	d := p.draft
	if p.number {
		n, err := nextNumber(ctx, tx, p.ledger, cat, d.EffectiveOn.Year())
		if err != nil {
			return fact.Version{}, err
		}
		d.Body = d.Body.With(fact.Field{Code: NumberField, Value: fact.TextOf(n)})
	}
	return tx.Append(ctx, d)
}

const nextSerial = `INSERT INTO serial (name, n) VALUES ($1, 1)
	ON CONFLICT (name) DO UPDATE SET n = serial.n + 1 RETURNING n`

func nextNumber(ctx context.Context, tx *record.Tx, l *catalog.Ledger, cat *catalog.Catalogue, year int) (string, error) {
	text := strings.NewReplacer("{region}", cat.Settings["region.short_name"], "{year}", strconv.Itoa(year)).Replace(l.Number)
	var n int64
	if err := tx.QueryRowContext(ctx, nextSerial, text).Scan(&n); err != nil {
		return "", fmt.Errorf("numbering in %q: %w", text, err)
	}
	return strings.ReplaceAll(text, "{seq}", strconv.FormatInt(n, 10)), nil
}

// Correct changes fields of a record without moving it, with a reason.
func (s *Store) Correct(ctx context.Context, typ, id string, basedOn int32, values fact.Body, reason string) (v fact.Version, err error) {
	defer errs.Wrap(&err, "correcting %s/%s", typ, id)
	if err := actor.From(ctx).Need(Write, "更正台账"); err != nil {
		return v, err
	}
	cat := s.cat()
	l := cat.Ledgers[typ]
	if l == nil {
		return v, errs.Say(errs.NotFound, "没有台账 %s", typ)
	}
	if strings.TrimSpace(reason) == "" {
		return v, errs.Say(errs.Invalid, "更正必须说明原因")
	}
	m, err := s.records.At(ctx, record.AsOf{})
	if err != nil {
		return v, err
	}
	mv := Move{ID: id, BasedOn: basedOn}
	have, state, effective, err := s.current(ctx, m, l, &mv)
	if err != nil {
		return v, err
	}
	body := have.With(values...)
	if err := cat.CheckBody(&l.Type, body, nil).Err(); err != nil {
		return v, err
	}
	if body.Equal(have) {
		return v, errs.Say(errs.Invalid, "没有任何改动")
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		v, err = tx.Append(ctx, record.Draft{
			Kind: l.Kind, Record: id, BasedOn: mv.BasedOn, State: state, Subject: subject(&l.Type, body),
			// A correction states what was true then, so it keeps the day.
			EffectiveOn: effective, Body: body, Act: "更正", Reason: reason,
		})
		return err
	})
	return v, err
}
