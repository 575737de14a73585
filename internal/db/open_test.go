package db_test

import (
	"bytes"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
)

// refused opens what must not open, and returns the sentence.
func refused(t *testing.T, c db.Config) string {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err == nil {
		t.Fatal(errors.Join(errors.New("opened"), d.Close()))
	}
	if !errors.Is(err, errs.Invalid) {
		t.Errorf("%v is not errs.Invalid", err)
	}
	said := errs.Text(err)
	if strings.Contains(said, "\n") {
		t.Errorf("more than one line: %q", said)
	}
	return said
}

func TestOpenMakesAPrivateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "怪 名字?#%41.db")
	d, err := db.Open(t.Context(), db.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Migrate(t.Context()), d.Close()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("file is %v, %v", info, err)
	}
}

func TestOpenRefusesDamagedFile(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	d, err := db.Open(t.Context(), db.Config{Path: whole})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Migrate(t.Context()), d.Close()); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"not a database", []byte("信用代码,企业名称\n" + strings.Repeat("9133,某公司\n", 1000))},
		{"cut off", good[:len(good)/2]},
		{"head overwritten", append(make([]byte, 4096), good[4096:]...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "gongmai.db")
			if err := os.WriteFile(path, tt.data, 0o600); err != nil {
				t.Fatal(err)
			}
			if said := refused(t, db.Config{Path: path}); !strings.Contains(said, path+" 已损坏或不是数据库") {
				t.Errorf("said %q", said)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(after, tt.data) {
				t.Errorf("the file was changed, or: %v", err)
			}
		})
	}
}

func TestOpenRefusesLockedFile(t *testing.T) {
	c := dbtest.Empty(t, db.SQLite)
	other, err := sql.Open("sqlite", c.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec(`PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE mine (x BIGINT)`); err != nil {
		t.Fatal(err)
	}
	if said := refused(t, c); !strings.Contains(said, c.Path+" 正被别的程序占用") {
		t.Errorf("said %q", said)
	}
}

func TestOpenRefusesMissingFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nowhere", "gongmai.db")
	if said := refused(t, db.Config{Path: path}); !strings.Contains(said, "打不开数据库文件 "+path) {
		t.Errorf("said %q", said)
	}
}

func TestOpenRefusesNothing(t *testing.T) {
	if said := refused(t, db.Config{}); !strings.Contains(said, "没有指定数据库") {
		t.Errorf("said %q", said)
	}
}

func TestOpenRefusesServer(t *testing.T) {
	for _, tt := range []struct{ name, url, said string }{
		{"unreachable", "postgres://u:secret@127.0.0.1:1/x", "连接不上数据库服务器 127.0.0.1:1/x"},
		{"not a URL", "postgres://[::/x", "数据库地址不正确"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if said := refused(t, db.Config{URL: tt.url}); !strings.Contains(said, tt.said) || strings.Contains(said, "secret") {
				t.Errorf("said %q; want %q and no password", said, tt.said)
			}
		})
	}
	t.Run("no such database", func(t *testing.T) {
		u, err := url.Parse(dbtest.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		u.Path = "/nosuch"
		if said := refused(t, db.Config{URL: u.String()}); !strings.Contains(said, "nosuch 不存在") {
			t.Errorf("said %q", said)
		}
	})
}
