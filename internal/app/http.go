package app

import (
	"context"
	"fmt"
	"net/http"
)

// handler is the web and the API.
func (a *App) handler() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/health", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, `{"ok":true}`)
	})
	return mux, nil
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
