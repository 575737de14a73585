package app

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// pages serves the built web. A path that is no file is a page of the web's own:
// it gets index.html, which is asked for each time; files under assets/ carry
// their digest in the name and are kept for good.
type pages struct {
	files fs.FS
	mu    sync.Mutex
	kept  map[string]*file
}

// file is one file of the web, ready to be sent.
type file struct {
	plain, packed []byte // packed: gzip, nil where it would not be smaller
	tag           string
}

func newPages(files fs.FS) *pages { return &pages{files: files, kept: map[string]*file{}} }

// unbuilt answers in a clone where the web has not been built.
const unbuilt = `<!DOCTYPE html>
<html lang="zh-CN"><meta charset="utf-8"><title>工脉</title>
<body style="font:16px/1.8 sans-serif;max-width:40em;margin:4em auto;padding:0 1em">
<h1>工脉</h1><p>服务已启动，但网页还没有构建。请在源码目录运行：</p><pre>make web</pre><p>再重新构建和启动。接口在 <code>/api/</code>。</p></body></html>
`

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	f := p.find(name)
	asset := strings.HasPrefix(name, "assets/")
	if f == nil && asset {
		http.NotFound(w, r) // of an older build: the page must be loaded again
		return
	}
	if f == nil {
		name, f = "index.html", p.find("index.html")
	}
	if f == nil {
		f = &file{plain: []byte(unbuilt)}
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if asset {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	f.send(w, r, name)
}

func (f *file) send(w http.ResponseWriter, r *http.Request, name string) {
	h, body := w.Header(), f.plain
	if f.packed != nil {
		h.Add("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Header.Get("Range") == "" {
			h.Set("Content-Encoding", "gzip")
			body = f.packed
		}
	}
	if f.tag != "" {
		h.Set("ETag", `W/"`+f.tag+`"`)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// find returns a file, packed the first time it is asked for; nil when there is none.
func (p *pages) find(name string) *file {
	if !fs.ValidPath(name) || name == "." {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.kept[name]; f != nil {
		return f
	}
	text, err := fs.ReadFile(p.files, name)
	if err != nil || strings.HasPrefix(path.Base(name), ".") {
		return nil
	}
	sum := sha256.Sum256(text)
	f := &file{plain: text, tag: hex.EncodeToString(sum[:8])}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err == nil && z.Close() == nil && b.Len() < len(text)*9/10 {
		f.packed = b.Bytes()
	}
	p.kept[name] = f
	return f
}
