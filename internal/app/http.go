package app

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"

	"gongmai/internal/api"
)

// handler is the web and the API.
func (a *App) handler(pages fs.FS, demo bool) (http.Handler, error) {
	below, err := api.New(api.Rooms{
		Records: a.Records, Keeper: a.Keeper, Register: a.Register, Ledger: a.Ledger, Survey: a.Survey, Given: a.Given, Indicators: a.Indicators,
		Reports: a.Reports, Accounts: a.Accounts, Blobs: a.Blobs, Converter: a.Converter, Version: Version(), Demo: demo, Log: a.Log,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", below)
	mux.Handle("/", newPages(pages))
	return secured(mux), nil
}

// policy lets a page run and load what this server sends, and nothing else.
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// firstStart makes the three administrators when there is no account yet and
// prints their one-time passwords, once.
func (a *App) firstStart(ctx context.Context, e *env) error {
	made, err := a.Accounts.FirstStart(ctx)
	for _, m := range made {
		fmt.Fprintf(e.out, "首次启动：%s 账号 %s，一次性密码 %s（登录后须修改）\n", m.Name, m.Login, m.Password)
	}
	return err
}
