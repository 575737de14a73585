package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// cookied answers 204 with a cookie.
type cookied struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

// cookie registers the sign-in.
func (s *server) cookie(o op) {
	x := o.operation()
	x.DefaultStatus = http.StatusNoContent
	huma.Register(s.api, x, func(ctx context.Context, in *loginIn) (*cookied, error) {
		token, _, err := s.Accounts.SignIn(ctx, in.Body.Login, in.Body.Password)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &cookied{*s.Accounts.Cookie(token)}, nil
	})
}

func handleLogout(s *server) {
	x := op{at: "POST /api/logout", id: "logout", does: "Sign out", whom: open, tag: "session"}.operation()
	x.DefaultStatus = http.StatusNoContent
	huma.Register(s.api, x, func(ctx context.Context, in *logoutIn) (*cookied, error) {
		if in.Session.Value != "" {
			if err := s.Accounts.SignOut(ctx, in.Session.Value); err != nil {
				return nil, s.problem(ctx, err)
			}
		}
		return &cookied{*s.Accounts.Cookie("")}, nil
	})
}
