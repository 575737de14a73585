package register

import (
	"context"
	"fmt"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// Kinds of the registers that the engine itself stands on.
const (
	Enterprise = fact.Kind("register:enterprise")
	Membership = fact.Kind("register:membership")
	Park       = fact.Kind("register:park")
	Agency     = fact.Kind("register:agency") // offices that provide figures
)

// AboveScale is the list of enterprises above designated size (规模以上工业企业).
const AboveScale = "above_scale"

// Right to change a register.
const Write actor.Right = "register.write"

// Store keeps the registers.
type Store struct {
	records *record.Store
	cat     func() *catalog.Catalogue
	newID   func() string
	rolls   rollCache
}

// New returns a Store and gives records its rule of reach.
func New(r *record.Store, cat func() *catalog.Catalogue, newID func() string) *Store {
	s := &Store{records: r, cat: cat, newID: newID}
	r.SetReach(s.reach)
	return s
}

// Entry is a change to one record of a register.
type Entry struct {
	Type        string
	ID          string // empty: the key field, else a new id
	BasedOn     int32
	Values      fact.Body
	EffectiveOn period.Day // zero: today
	Act, Reason string
}

// Put writes entries, all or none; it answers with all their faults.
func (s *Store) Put(ctx context.Context, entries ...Entry) (out []fact.Version, err error) {
	defer errs.Wrap(&err, "putting %d register entries", len(entries))
	if err := actor.From(ctx).Need(Write, "修改名录"); err != nil {
		return nil, err
	}
	drafts := make([]record.Draft, len(entries))
	var faults errs.Faults
	for i, e := range entries {
		drafts[i] = s.draft(e, &faults)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		out = out[:0]
		for _, d := range drafts {
			v, err := tx.Append(ctx, d)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

func (s *Store) draft(e Entry, faults *errs.Faults) record.Draft {
	r := s.cat().Registers[e.Type]
	if r == nil {
		faults.Add("", "没有名录 %s", e.Type)
		return record.Draft{}
	}
	id := e.ID
	if id == "" && r.Key != "" {
		id = e.Values.Get(r.Key).Text()
	}
	if id == "" && r.Key == "" {
		id = s.newID()
	}
	for _, f := range s.cat().CheckBody(&r.Type, e.Values, nil) {
		faults.Add(fmt.Sprintf("%s %s %s", r.Name, id, f.Place), "%s", f.Message)
	}
	d := record.Draft{
		Kind: r.Kind, Record: id, BasedOn: e.BasedOn, EffectiveOn: e.EffectiveOn, Body: e.Values, Act: e.Act, Reason: e.Reason,
		Subject: SubjectOf(&r.Type, e.Values),
	}
	if d.Act == "" {
		d.Act = "登记"
	}
	if d.EffectiveOn == 0 {
		d.EffectiveOn = s.records.Today()
	}
	return d
}

// SubjectOf is the credit code that a record of a type is about.
func SubjectOf(t *catalog.Type, b fact.Body) string {
	if t.Subject == "" {
		return ""
	}
	return b.Get(t.Subject).Text()
}

// reach is the one rule of who sees what: the enterprises of one's parks and
// one's own, and records without an enterprise where their type is open.
func (s *Store) reach(ctx context.Context, now *record.Moment, who actor.Actor) (func(fact.Kind, string) bool, error) {
	roll, err := s.Roll(ctx, now, s.records.Today())
	if err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	for _, e := range who.Reach.Enterprises {
		mine[e] = true
	}
	for _, p := range who.Reach.Parks {
		for _, e := range roll.InPark(p) {
			mine[e] = true
		}
	}
	cat := s.cat()
	return func(k fact.Kind, subject string) bool {
		if subject != "" {
			return mine[subject]
		}
		t, ok := cat.TypeOf(k)
		return ok && t.Open
	}, nil
}
