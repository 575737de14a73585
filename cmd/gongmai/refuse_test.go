package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gongmai/internal/backup"
	"gongmai/internal/db"
)

// content lists every file below a folder with a digest of what is in it.
func content(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !e.Type().IsRegular() {
			fmt.Fprintf(&b, "%s %s\n", name, e.Type())
			return nil
		}
		p, err := os.ReadFile(name)
		fmt.Fprintf(&b, "%s %x\n", name, sha256.Sum256(p))
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return b.String()
}

// refused asks for what must be refused with one line, and nothing changed.
func refused(t *testing.T, p place, line string, args ...string) {
	t.Helper()
	before := content(t, p.dir)
	got := ask(t, p.dir, "", args...)
	if got.Code != 1 || got.Out != "" || strings.Count(got.Err, "\n") != 1 || !strings.Contains(got.Err, line) {
		t.Errorf("gongmai %v: wanted one line with %q, it said %+v", args, line, got)
	}
	if after := content(t, p.dir); after != before {
		t.Errorf("gongmai %v: it left\n%safter\n%s", args, after, before)
	}
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	p := on(t, db.SQLite)
	free := []string{"serve", "--addr", "127.0.0.1:0"}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	refused(t, p, "已被别的程序占用；可用 --addr 换一个", p.with("serve", "--addr", busy.Addr().String())...)
	refused(t, p, "不能监听", p.with("serve", "--addr", "nonsense")...)

	s := serve(t, p.dir, p.args...)
	refused(t, p, "已被别的程序占用", p.with("serve", "--addr", strings.TrimPrefix(s.url, "http://"))...)
	refused(t, p, "正由另一个 gongmai 使用", p.with(free...)...)
	s.end(t, syscall.SIGTERM)

	version := filepath.Join(p.data(), "VERSION")
	is := contentOf(t, version)
	for said, text := range map[string]string{
		"由较新的程序（99.1）写成": `{"folder":1,"schema":9999,"engine":"sqlite","program":"99.1"}`,
		"由较新的程序（98.2）写成": `{"folder":2,"schema":1,"engine":"sqlite","program":"98.2"}`,
		"看不懂":            `something else`,
	} {
		put(t, version, []byte(text))
		refused(t, p, said, p.with(free...)...)
		refused(t, p, said, p.with("verify")...)
	}
	put(t, version, is)

	file := filepath.Join(p.data(), "gongmai.db")
	whole := contentOf(t, file)
	put(t, file, append([]byte("这不是数据库"), whole[64:]...))
	refused(t, p, "已损坏或不是数据库，请从备份恢复", p.with(free...)...)
	put(t, file, append(bytes.Clone(whole[:4096]), bytes.Repeat([]byte{0xff}, len(whole)-4096)...))
	got := ask(t, p.dir, "", p.with(free...)...)
	if got.Code != 1 || !strings.Contains(got.Err, "已损坏或不是数据库，请从备份恢复") || strings.Count(got.Err, "\n") != 1 {
		t.Errorf("all pages but the first damaged: %+v", got)
	}
	put(t, file, whole)
	serve(t, p.dir, p.args...).end(t, syscall.SIGTERM)
}

func contentOf(t *testing.T, name string) []byte {
	t.Helper()
	p, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func put(t *testing.T, name string, p []byte) {
	t.Helper()
	if err := os.WriteFile(name, p, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A county of an earlier schema is saved before it is brought up to date.
func TestOlderIsSavedAndMigrated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, p place) {
		c := db.Config{Path: filepath.Join(p.data(), "gongmai.db")}
		c.URL = p.url()
		if err := os.Mkdir(p.data(), 0o700); err != nil {
			t.Fatal(err)
		}
		d, err := db.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(d.MigrateTo(t.Context(), 1), d.Close()); err != nil {
			t.Fatal(err)
		}
		well(t, p.dir, p.with("verify")...)
		saved, err := filepath.Glob(filepath.Join(p.data(), "backups", "before-schema-*.tar.gz"))
		if err != nil || len(saved) != 1 {
			t.Fatalf("saved %v, %v", saved, err)
		}
		a, err := backup.Open(saved[0])
		if err != nil || a.Manifest.Schema != 1 {
			t.Errorf("the archive is of schema %d, %v", a.Manifest.Schema, err)
		}
		well(t, p.dir, p.with("verify")...)
	})
}

// Saved on one engine and restored on the other, verify and a report say the same.
func TestBackupMovesACounty(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, from place) {
		well(t, from.dir, from.with("demo", "--enterprises", "8", "--years", "1")...)
		s := serve(t, from.dir, from.args...)
		well(t, from.dir, from.with("backup", "-o", "county.tar.gz")...)
		file := filepath.Join(from.dir, "county.tar.gz")
		want := tell(t, from)
		s.end(t, syscall.SIGTERM)
		for _, engine := range []string{db.SQLite, db.Postgres} {
			to := on(t, engine)
			well(t, to.dir, to.with("restore", file)...)
			if got := tell(t, to); got != want {
				t.Errorf("on %s it tells otherwise: %d bytes and %d", engine, len(want), len(got))
			}
			refused(t, to, "里已经有内容，只能恢复到空的文件夹", to.with("restore", file)...)
			if engine == db.Postgres {
				again := to
				again.args = []string{"--data", filepath.Join(to.dir, "another"), "--db", to.url()}
				refused(t, again, "数据库里已经有数据，只能恢复到空的数据库", again.with("restore", file)...)
			}
		}
		to := on(t, db.SQLite)
		bad := contentOf(t, file)
		put(t, filepath.Join(to.dir, "bad.tar.gz"), bad[:len(bad)-100])
		refused(t, to, "已损坏或不完整，没有恢复任何内容", to.with("restore", "bad.tar.gz")...)
		refused(t, to, "找不到备份文件", to.with("restore", "nowhere.tar.gz")...)
	})
}

// tell is what a county says of itself.
func tell(t *testing.T, p place) string {
	t.Helper()
	return well(t, p.dir, p.with("verify", "--format", "json")...) +
		well(t, p.dir, p.with("report", "annual", "--period", "2025", "--format", "json")...)
}
