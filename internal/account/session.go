package account

import (
	"context"
	"errors"
	"net/http"

	"gongmai/internal/actor"
)

// CookieName is the cookie that carries the token.
const CookieName = "gongmai_session"

type (
	remoteCtx  struct{}
	sessionCtx struct{}
)

// WithRemote returns ctx carrying the address that a request came from.
func WithRemote(ctx context.Context, addr string) context.Context {
	return context.WithValue(ctx, remoteCtx{}, remoteKey(addr))
}

func remoteOf(ctx context.Context) string {
	addr, _ := ctx.Value(remoteCtx{}).(string)
	return addr
}

// from says in an audit entry where a request came from.
func from(ctx context.Context) string {
	if addr := remoteOf(ctx); addr != "" {
		return "（来自 " + addr + "）"
	}
	return ""
}

// Of returns the session that Middleware found; the zero Session when nobody is
// signed in.
func Of(ctx context.Context) Session {
	se, _ := ctx.Value(sessionCtx{}).(Session)
	return se
}

// Middleware puts the session of the request's cookie, and its actor, into the
// context. Without one the request goes on as nobody's, who may nothing; fail
// answers when the session cannot be read. Behind a proxy whatever knows the true
// address must set RemoteAddr before.
func (s *Store) Middleware(fail func(http.ResponseWriter, *http.Request, error)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx := WithRemote(r.Context(), r.RemoteAddr)
			if token := Token(r); token != "" {
				se, err := s.Actor(ctx, token)
				switch {
				case err == nil:
					ctx = actor.With(context.WithValue(ctx, sessionCtx{}, se), se.Actor)
				case !errors.Is(err, NotSignedIn):
					fail(w, r, err)
					return
				}
			}
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// Token returns the token of a request's cookie, "" when there is none.
func Token(r *http.Request) string {
	c, err := r.Cookie(CookieName)
	if err != nil {
		return ""
	}
	return c.Value
}

// Cookie returns what hands a token to the browser, or takes it away for "".
func (s *Store) Cookie(token string) *http.Cookie {
	c := &http.Cookie{Name: CookieName, Value: token, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}
