package api

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"gongmai/internal/actor"
)

// Bounds of what a request may carry, in bytes.
const (
	maxJSON = 2 << 20
	maxFile = 64 << 20
)

// trace follows one request.
type trace struct {
	id  string
	err error
}

type traceKey struct{}

func traceOf(ctx context.Context) *trace {
	if t, ok := ctx.Value(traceKey{}).(*trace); ok {
		return t
	}
	return &trace{}
}

// fail notes our own fault, for the log, and returns the id to tell.
func (t *trace) fail(err error) string {
	t.err = err
	return t.id
}

// around puts session, bounds and log around the operations.
func (s *server) around(next http.Handler) http.Handler {
	same := http.NewCrossOriginProtection()
	same.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, newProblem(http.StatusForbidden, "这个请求来自别的网站，已拒绝"))
	}))
	who := s.Accounts.Middleware(func(w http.ResponseWriter, r *http.Request, err error) {
		if p, ok := s.problem(r.Context(), err).(*Problem); ok {
			s.refuse(w, p)
		}
	})
	return s.logged(same.Handler(bounded(who(tidy(next)))))
}

func (s *server) refuse(w http.ResponseWriter, p *Problem) {
	if err := p.write(w); err != nil {
		s.Log.Debug("answering", "err", err) // whoever asked has hung up
	}
}

func (s *server) unknown(w http.ResponseWriter, _ *http.Request) {
	s.refuse(w, newProblem(http.StatusNotFound, sentences[http.StatusNotFound]))
}

// bounded limits the body; huma's own limit does not see multipart.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most := int64(maxJSON)
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			most = maxFile
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next.ServeHTTP(w, r)
	})
}

// tidy removes the temporary files of a form. The server would, had the request
// not been copied for its context.
func tidy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if r.MultipartForm != nil {
				if err := r.MultipartForm.RemoveAll(); err != nil {
					traceOf(r.Context()).fail(err)
				}
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// logged gives each request an id and writes one line for each that failed by
// our fault.
func (s *server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := &trace{id: rand.Text()[:12]}
		begin := time.Now()
		h := w.Header()
		h.Set("X-Request-Id", t.id)
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		r = r.WithContext(context.WithValue(r.Context(), traceKey{}, t))
		defer func() {
			if v := recover(); v != nil {
				s.Log.Error("request panicked", "id", t.id, "method", r.Method, "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
				p := newProblem(http.StatusInternalServerError, sentences[http.StatusInternalServerError])
				p.ID = t.id
				s.refuse(w, p)
				return
			}
			if t.err != nil {
				s.Log.LogAttrs(r.Context(), slog.LevelError, "request failed", slog.String("id", t.id), slog.String("method", r.Method),
					slog.String("path", r.URL.Path), slog.Duration("took", time.Since(begin)), slog.Any("err", t.err))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// who is the actor of a request.
func who(ctx context.Context) actor.Actor { return actor.From(ctx) }
