package api

import (
	"context"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
)

// Records are all records of a register.
type Records struct {
	Type TypeDef  `json:"type"`
	Rows []Record `json:"rows"`
}

type typeIn struct {
	Type string `path:"type"`
}

func (s *server) registers() {
	handle(s, op{at: "GET /api/registers/{type}", id: "register", does: "A register: parks, agencies, platforms, memberships, frozen lists", tag: "register"}, s.register)
}

func (s *server) register(ctx context.Context, in *typeIn) (out Records, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	r := l.cat.Registers[in.Type]
	if r == nil {
		return out, errs.Say(errs.NotFound, "没有名录 %s", in.Type)
	}
	out.Type = l.typeDef(r.Code, &r.Type)
	vs, err := l.heads(ctx, &r.Type)
	if err != nil {
		return out, err
	}
	for i := range vs {
		x, err := l.record(ctx, &r.Type, &vs[i])
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, x)
	}
	return out, nil
}

// heads are the newest versions of a type that the reader may see.
func (l *look) heads(ctx context.Context, t *catalog.Type) (out []fact.Version, err error) {
	err = l.m.Read(ctx, t.Kind, func(v fact.View) error {
		for r := range v.Heads() {
			out = append(out, r.AsVersion())
		}
		return nil
	})
	return out, err
}
