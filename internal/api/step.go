package api

import (
	"context"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/ledger"
)

type makeIn struct {
	Type string `path:"type"`
	Body struct {
		Step        string `json:"step"`
		Values      Values `json:"values"`
		EffectiveOn string `json:"effective_on,omitempty"`
	}
}

type stepIn struct {
	RecordAt
	Step string `path:"step"`
	Body struct {
		Values      Values   `json:"values,omitempty"`
		BasedOn     int32    `json:"based_on,omitempty" doc:"The version that was seen; 0: the newest"`
		Reason      string   `json:"reason,omitempty"`
		Paper       []string `json:"paper,omitempty" doc:"Digests of photos of what was signed on paper"`
		EffectiveOn string   `json:"effective_on,omitempty"`
	}
}

type correctIn struct {
	RecordAt
	Body struct {
		Values  Values `json:"values"`
		BasedOn int32  `json:"based_on,omitempty"`
		Reason  string `json:"reason"`
	}
}

func (s *server) steps() {
	handle(s, op{at: "POST /api/ledgers/{type}/records", id: "make-record", does: "Make a record by a first step", tag: "ledger"}, s.makeRecord)
	handle(s, op{at: "POST /api/ledgers/{type}/records/{id}/steps/{step}", id: "take-step", does: "Take a step", tag: "ledger"}, s.takeStep)
	handle(s, op{at: "POST /api/ledgers/{type}/records/{id}/correct", id: "correct-record", does: "Correct fields without moving the record", tag: "ledger"}, s.correct)
}

func (s *server) makeRecord(ctx context.Context, in *makeIn) (Record, error) {
	return s.take(ctx, ledger.Move{Type: in.Type, Step: in.Body.Step}, in.Body.Values, in.Body.EffectiveOn)
}

func (s *server) takeStep(ctx context.Context, in *stepIn) (Record, error) {
	b := in.Body
	return s.take(ctx, ledger.Move{Type: in.Type, ID: in.ID, Step: in.Step, BasedOn: b.BasedOn, Reason: b.Reason, Paper: b.Paper}, b.Values, b.EffectiveOn)
}

func (s *server) take(ctx context.Context, mv ledger.Move, values Values, on string) (out Record, err error) {
	if err := actor.From(ctx).Need(ledger.Write, "登记台账"); err != nil {
		return out, err
	}
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	x := l.cat.Ledgers[mv.Type]
	if x == nil {
		return out, errs.Say(errs.NotFound, "没有台账 %s", mv.Type)
	}
	if mv.EffectiveOn, err = readDay(on); err != nil {
		return out, err
	}
	var have found
	if mv.ID != "" {
		if have, err = l.one(ctx, x, mv.ID); err != nil {
			return out, err
		}
	}
	if mv.Values, err = l.body(ctx, &x.Type, values, have.v.Body); err != nil {
		return out, err
	}
	vs, err := s.Ledger.Take(ctx, mv)
	if err != nil {
		return out, err
	}
	return s.stored(ctx, x.Code, &vs[0])
}

// stored answers with a record as it stands after a write.
func (s *server) stored(ctx context.Context, typ string, v *fact.Version) (out Record, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	x := l.cat.Ledgers[typ]
	f, err := l.one(ctx, x, v.Record)
	if err != nil {
		return out, err
	}
	return l.kase(ctx, x, &f)
}

func (s *server) correct(ctx context.Context, in *correctIn) (out Record, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	x := l.cat.Ledgers[in.Type]
	if x == nil {
		return out, errs.Say(errs.NotFound, "没有台账 %s", in.Type)
	}
	if err := l.m.Who().Need(ledger.Write, "更正台账"); err != nil {
		return out, err // before people are entered
	}
	have, err := l.one(ctx, x, in.ID)
	if err != nil {
		return out, err
	}
	values, err := l.body(ctx, &x.Type, in.Body.Values, have.v.Body)
	if err != nil {
		return out, err
	}
	v, err := s.Ledger.Correct(ctx, in.Type, in.ID, in.Body.BasedOn, values, in.Body.Reason)
	if err != nil {
		return out, err
	}
	return s.stored(ctx, in.Type, &v)
}
