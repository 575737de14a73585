package api

import (
	"context"
	"time"

	"gongmai/internal/account"
)

// Account is one person's way in.
type Account struct {
	ID           string     `json:"id"`
	Login        string     `json:"login"`
	Name         string     `json:"name"`
	Phone        string     `json:"phone,omitempty" doc:"Masked"`
	Roles        []string   `json:"roles"`
	RoleNames    []string   `json:"role_names"`
	Posts        []string   `json:"posts"`
	Reach        Reach      `json:"reach"`
	From         string     `json:"from,omitempty"`
	Until        string     `json:"until,omitempty"`
	State        string     `json:"state"`
	MustChange   bool       `json:"must_change"`
	LockedUntil  *time.Time `json:"locked_until,omitempty"`
	GrantVersion int32      `json:"grant_version" doc:"What the next grant is based on"`
}

type accountsIn struct {
	Q    string `query:"q"`
	Role string `query:"role"`
}

// GrantBody is what an account may do and see.
type GrantBody struct {
	Roles []string `json:"roles,omitempty"`
	Posts []string `json:"posts,omitempty"`
	Reach Reach    `json:"reach,omitempty"`
}

type makeAccountIn struct {
	Body struct {
		Login string `json:"login"`
		Name  string `json:"name"`
		Phone string `json:"phone,omitempty"`
		GrantBody
	}
}

type grantIn struct {
	ByID
	Body struct {
		GrantBody
		From    string `json:"from,omitempty"`
		Until   string `json:"until,omitempty"`
		BasedOn int32  `json:"based_on,omitempty"`
		Reason  string `json:"reason,omitempty"`
	}
}

type stateIn struct {
	ByID
	Body struct {
		State  string `json:"state" enum:"active,disabled"`
		Reason string `json:"reason,omitempty"`
	}
}

// OneTime is a password that is told once.
type OneTime struct {
	ID       string `json:"id"`
	Password string `json:"password"`
}

func (s *server) accounts() {
	handle(s, op{at: "GET /api/accounts", id: "list-accounts", does: "All accounts", whom: signedIn, tag: "management"}, s.listAccounts)
	handle(s, op{at: "POST /api/accounts", id: "make-account", does: "Make an account; its password is told once", whom: signedIn, tag: "management"}, s.makeAccount)
	handle(s, op{at: "POST /api/accounts/{id}/reset", id: "reset-account", does: "A new one-time password", whom: signedIn, tag: "management"}, s.resetAccount)
	do(s, op{at: "POST /api/accounts/{id}/state", id: "set-account-state", does: "Enable or disable an account", whom: signedIn, tag: "management"}, func(ctx context.Context, in *stateIn) error {
		return s.Accounts.SetState(ctx, in.ID, in.Body.State, in.Body.Reason)
	})
	do(s, op{at: "POST /api/accounts/{id}/grant", id: "grant", does: "Give an account roles, posts and reach", whom: signedIn, tag: "management"}, s.grant)
}

func (s *server) listAccounts(ctx context.Context, in *accountsIn) (out []Account, err error) {
	all, err := s.Accounts.List(ctx, account.Filter{Text: in.Q, Role: in.Role})
	cat := s.Keeper.Now()
	for _, a := range all {
		x := Account{
			ID: a.ID, Login: a.Login, Name: a.Name, Phone: a.Phone, Roles: a.Grant.Roles, Posts: a.Grant.Posts, Reach: reachOf(a.Grant.Reach),
			From: a.Grant.From.String(), Until: a.Grant.Until.String(), State: a.State, MustChange: a.MustChange, GrantVersion: a.GrantVersion,
		}
		if !a.LockedUntil.IsZero() {
			x.LockedUntil = &a.LockedUntil
		}
		for _, r := range a.Grant.Roles {
			if role := cat.Roles[r]; role != nil {
				x.RoleNames = append(x.RoleNames, role.Name)
			}
		}
		out = append(out, x)
	}
	return out, err
}

func (g GrantBody) decode() account.Grant {
	return account.Grant{Roles: g.Roles, Posts: g.Posts, Reach: g.Reach.decode()}
}

func (s *server) makeAccount(ctx context.Context, in *makeAccountIn) (out OneTime, err error) {
	out.ID, out.Password, err = s.Accounts.Create(ctx, account.NewAccount{Login: in.Body.Login, Name: in.Body.Name, Phone: in.Body.Phone, Grant: in.Body.decode()})
	return out, err
}

func (s *server) resetAccount(ctx context.Context, in *ByID) (out OneTime, err error) {
	out.ID = in.ID
	out.Password, err = s.Accounts.Reset(ctx, in.ID)
	return out, err
}

func (s *server) grant(ctx context.Context, in *grantIn) (err error) {
	g := in.Body.decode()
	if g.From, err = readDay(in.Body.From); err != nil {
		return err
	}
	if g.Until, err = readDay(in.Body.Until); err != nil {
		return err
	}
	_, err = s.Accounts.Grant(ctx, in.ID, g, in.Body.BasedOn, in.Body.Reason)
	return err
}
