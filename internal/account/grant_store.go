package account

import (
	"context"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// Grant gives an account roles, posts and reach from a day on. basedOn is the
// GrantVersion that was seen when deciding. It is for the security administrator,
// and never for oneself.
func (s *Store) Grant(ctx context.Context, id string, g Grant, basedOn int32, reason string) (v fact.Version, err error) {
	who := actor.From(ctx)
	if err := who.Need(managePolicy, "角色和范围由安全管理员授予"); err != nil {
		return v, err
	}
	if who.ID == id {
		return v, errs.Say(errs.Denied, "不能给自己授权，请由另一名安全管理员办理")
	}
	var faults errs.Faults
	if g.fold(s.Catalogue(), s.today(), &faults); len(faults) > 0 {
		return v, faults
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		if _, err := find(ctx, tx, byID, id); err != nil {
			return err
		}
		v, err = tx.Append(ctx, g.draft(id, basedOn, reason))
		return err
	})
	return v, err
}

// Grants returns all grants an account ever had, oldest first, with who gave
// them, when and why.
func (s *Store) Grants(ctx context.Context, id string) ([]fact.Version, error) {
	if err := needAny(ctx, "查看授权记录", manageAccounts, managePolicy, readAudit); err != nil {
		return nil, err
	}
	m, err := s.moment(ctx)
	if err != nil {
		return nil, err
	}
	return m.History(ctx, GrantKind, id)
}

// moment sees grants, which no reach covers.
func (s *Store) moment(ctx context.Context) (*record.Moment, error) {
	return s.records.At(actor.With(ctx, actor.System()), record.AsOf{})
}

// granted is the grant in force and the number of the newest.
type granted struct {
	Grant
	version int32
	ended   period.Day // the last day of one that is over
}

func (s *Store) inForce(newest fact.Row) granted {
	g := granted{version: newest.Version()}
	today := s.today()
	r, ok := newest.On(today)
	if !ok {
		return g
	}
	if x := grantOf(r); x.Until == 0 || x.Until >= today {
		g.Grant = x
	} else {
		g.ended = x.Until
	}
	return g
}

// granted returns what is in force today of one account.
func (s *Store) granted(ctx context.Context, id string) (g granted, err error) {
	m, err := s.moment(ctx)
	if err != nil {
		return g, err
	}
	err = m.Read(ctx, GrantKind, func(v fact.View) error {
		if r, ok := v.Record(id); ok {
			g = s.inForce(r)
		}
		return nil
	})
	return g, err
}

// allGranted returns what is in force today, by account.
func (s *Store) allGranted(ctx context.Context) (map[string]granted, error) {
	m, err := s.moment(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]granted{}
	err = m.Read(ctx, GrantKind, func(v fact.View) error {
		for r := range v.Heads() {
			out[r.Record()] = s.inForce(r)
		}
		return nil
	})
	return out, err
}

func needAny(ctx context.Context, what string, rights ...actor.Right) error {
	who := actor.From(ctx)
	for _, r := range rights {
		if who.May(r) {
			return nil
		}
	}
	return who.Need(rights[0], what)
}
