package account_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
)

func TestMiddleware(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite), func(c *account.Config) { c.Secure = true })
	b.seed(t, account.NewAccount{Login: "li.si", Grant: account.Grant{Roles: []string{"official"}}})
	token, _ := b.signIn(t, "li.si", password)
	failed := false
	h := b.Middleware(func(http.ResponseWriter, *http.Request, error) { failed = true })(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(account.Of(r.Context()).Login + " " + actor.From(r.Context()).Name)) //nolint:errcheck // a recorder
	}))
	ask := func(cookie *http.Cookie) string {
		r := httptest.NewRequest("GET", "/", nil)
		if cookie != nil {
			r.AddCookie(cookie)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Body.String()
	}
	for name, tt := range map[string]struct {
		cookie *http.Cookie
		want   string
	}{
		"none":    {nil, " "},
		"wrong":   {b.Cookie("x"), " "},
		"right":   {b.Cookie(token), "li.si 张三li.si"},
		"emptied": {b.Cookie(""), " "},
	} {
		if got := ask(tt.cookie); got != tt.want || failed {
			t.Errorf("%s: %q, failed %v; want %q", name, got, failed, tt.want)
		}
	}
	c := b.Cookie(token)
	if c.Name != "gongmai_session" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || b.Cookie("").MaxAge >= 0 {
		t.Errorf("cookie %+v", c)
	}
	must(t, b.db.Tx(nobody, func(tx *db.Tx) error { _, err := tx.ExecContext(nobody, `DROP TABLE session`); return err }))
	if got := ask(b.Cookie(token)); got != "" || !failed {
		t.Errorf("with a broken database the request goes on: %q", got)
	}
}
