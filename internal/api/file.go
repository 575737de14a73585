package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gongmai/internal/blob"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
)

// FileInfo is a file that a record refers to.
type FileInfo struct {
	Digest string `json:"digest"`
	Name   string `json:"name"`
	Size   int    `json:"size"`
	Media  string `json:"media"`
}

type upload struct {
	File huma.FormFile `form:"file" required:"true"`
}

type uploadIn struct {
	RawBody huma.MultipartFormFiles[upload]
}

type digestIn struct {
	Digest string `path:"digest"`
	Ref    string `query:"ref" doc:"The version that refers to it; empty: one's own upload"`
}

func (s *server) files() {
	handle(s, op{at: "POST /api/files", id: "upload-file", does: "Keep a file, to be referred to", tag: "file"}, s.uploadFile)
	send(s, op{at: "GET /api/files/{digest}", id: "file", does: "A file that a record refers to", tag: "file"}, "application/octet-stream", s.file)
}

// readUpload returns the one file of a form.
func readUpload(in *upload) (name string, p []byte, err error) {
	f := in.File
	if !f.IsSet {
		return "", nil, errs.Say(errs.Invalid, "没有收到文件")
	}
	p, err = io.ReadAll(f)
	if err == nil && len(p) == 0 {
		err = errs.Say(errs.Invalid, "文件是空的")
	}
	return f.Filename, p, err
}

// uploadNote is what the audit trail says of an upload. The file's own name is
// not in it: it may name a person.
const uploadNote = "upload"

func (s *server) uploadFile(ctx context.Context, in *uploadIn) (out FileInfo, err error) {
	if w := who(ctx); len(w.Rights) == 0 {
		return out, errs.Say(errs.Denied, "没有权限：上传文件")
	}
	name, p, err := readUpload(in.RawBody.Data())
	if err != nil {
		return out, err
	}
	d, err := s.Blobs.Put(p)
	if err != nil {
		return out, err
	}
	err = s.Records.Write(ctx, func(tx *record.Tx) error { return tx.Note(ctx, uploadNote, "file", string(d), "") })
	return FileInfo{string(d), filepath.Base(name), len(p), mediaOf(p)}, err
}

// file answers with bytes only where a version that the reader may see refers to
// them, or where the reader brought them: a digest is no permission.
func (s *server) file(ctx context.Context, in *digestIn) (c content, err error) {
	ok, name, err := s.refers(ctx, in)
	if err != nil {
		return c, err
	}
	if !ok {
		return c, errs.Say(errs.NotFound, "没有这个附件，或不在您的范围内")
	}
	p, err := s.Blobs.Get(blob.Digest(in.Digest))
	media := mediaOf(p)
	return content{name: name + extensionOf(media), media: media, inline: shows(media), bytes: p}, err
}

func (s *server) refers(ctx context.Context, in *digestIn) (ok bool, name string, err error) {
	if in.Ref == "" {
		ok, err = s.Records.Noted(ctx, who(ctx).ID, uploadNote, "file", in.Digest)
		return ok, "附件", err
	}
	r, err := fact.ParseRef(in.Ref)
	if err != nil {
		return false, "", errs.Say(errs.Invalid, "“%s”不是记录的编号", in.Ref)
	}
	l, err := s.look(ctx)
	if err != nil {
		return false, "", err
	}
	if !l.opens(r.Kind) {
		return false, "", nil
	}
	history, err := l.m.History(ctx, r.Kind, r.Record)
	if err != nil {
		return false, "", err
	}
	for i := range history {
		v := &history[i]
		if l.mayUnit(r.Kind, v.Subject) != nil {
			return false, "", nil
		}
		for _, f := range v.Body {
			if f.Value.Text() == in.Digest || slices.Contains(f.Value.List(), in.Digest) {
				label, _, err := l.stated(ctx, r.Kind, f.Code, fact.Value{})
				return true, label, err
			}
		}
	}
	return false, "", nil
}

// filesOf lists the files that a record refers to, named by their field.
func (l *look) filesOf(t *catalog.Type, v *fact.Version) (out []FileInfo) {
	for _, f := range v.Body {
		fd, ok := t.Field(f.Code)
		name := "线下签批"
		if ok {
			name = fd.Name
		}
		if !(ok && fd.Type == catalog.TypeFiles) && f.Code != "_paper" {
			continue
		}
		for n, d := range f.Value.List() {
			x := FileInfo{Digest: d, Name: name + strconv.Itoa(n+1)}
			if p, err := l.s.Blobs.Get(blob.Digest(d)); err == nil { // a missing one is still listed
				x.Size, x.Media = len(p), mediaOf(p)
				x.Name += extensionOf(x.Media)
			}
			out = append(out, x)
		}
	}
	return out
}

// kinds of file that are told apart, beside what the standard library knows.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "application/pdf": ".pdf",
	mediaDOCX: ".docx", mediaXLSX: ".xlsx", "application/zip": ".zip", "text/plain; charset=utf-8": ".txt",
}

const mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func extensionOf(media string) string { return extensions[media] }

// mediaOf reads the media type from the bytes; names lie.
func mediaOf(p []byte) string {
	media := http.DetectContentType(p)
	if media == "application/zip" {
		for _, x := range []struct{ part, media string }{{"word/", mediaDOCX}, {"xl/", mediaXLSX}} {
			if strings.Contains(string(p[:min(len(p), 4096)]), x.part) {
				return x.media
			}
		}
	}
	return media
}

// shows reports whether a browser may show it instead of saving it.
func shows(media string) bool {
	return media == "application/pdf" || strings.HasPrefix(media, "image/") && media != "image/svg+xml"
}

// disposition names a file for the browser (RFC 6266, RFC 8187).
func disposition(c content) string {
	how := "attachment"
	if c.inline {
		how = "inline"
	}
	return fmt.Sprintf("%s; filename*=UTF-8''%s", how, url.PathEscape(c.name))
}
