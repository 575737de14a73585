package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestPages(t *testing.T) {
	long := "console.log(1);" + strings.Repeat(" ", 2000)
	built := secured(newPages(fstest.MapFS{
		"index.html": {Data: []byte("<!DOCTYPE html><title>工脉</title>")}, "assets/a-1f.js": {Data: []byte(long)}, "mark.svg": {Data: []byte("<svg/>")}, ".gitkeep": {},
	}))
	empty := secured(newPages(fstest.MapFS{".gitkeep": {}}))
	for _, x := range []struct {
		name    string
		handler http.Handler
		method  string
		path    string
		status  int
		cache   string
		body    string
	}{
		{"the page", built, "GET", "/", 200, "no-cache", "工脉"},
		{"a page of the web's own", built, "GET", "/survey/YX01/2025-11", 200, "no-cache", "<title>工脉"},
		{"a file", built, "GET", "/mark.svg", 200, "no-cache", "<svg/>"},
		{"an asset", built, "GET", "/assets/a-1f.js", 200, "public, max-age=31536000, immutable", "console.log"},
		{"an asset of an older build", built, "GET", "/assets/a-00.js", 404, "", ""},
		{"a way out", built, "GET", "/../../etc/passwd", 200, "no-cache", "工脉"},
		{"a hidden file", built, "GET", "/.gitkeep", 200, "no-cache", "工脉"},
		{"a write", built, "POST", "/", 405, "", ""},
		{"nothing built", empty, "GET", "/", 200, "no-cache", "make web"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), x.method, "http://x/", nil)
		r.URL.Path = x.path
		w := httptest.NewRecorder()
		x.handler.ServeHTTP(w, r)
		if w.Code != x.status || !strings.Contains(w.Body.String(), x.body) || x.cache != "" && w.Header().Get("Cache-Control") != x.cache {
			t.Errorf("%s: %d, %q, %.60q; want %d, %q, %q", x.name, w.Code, w.Header().Get("Cache-Control"), w.Body, x.status, x.cache, x.body)
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", x.name, policy)
		}
	}
	ask := func(head, value string) *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/assets/a-1f.js", nil)
		r.Header.Set(head, value)
		w := httptest.NewRecorder()
		built.ServeHTTP(w, r)
		return w.Result()
	}
	packed := ask("Accept-Encoding", "gzip, br")
	defer packed.Body.Close()
	if p, err := io.ReadAll(packed.Body); err != nil || packed.Header.Get("Content-Encoding") != "gzip" || len(p) >= len(long) {
		t.Errorf("asked for gzip: %q, %d bytes, %v", packed.Header.Get("Content-Encoding"), len(p), err)
	}
	again := ask("If-None-Match", packed.Header.Get("ETag"))
	defer again.Body.Close()
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again with the ETag: %d; want 304", again.StatusCode)
	}
}
