package backup_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/actor"
	"gongmai/internal/backup"
	"gongmai/internal/blob"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
)

// A table that is neither saved nor left out with a reason would be lost.
func TestEveryTableIsSaved(t *testing.T) {
	schema, err := os.ReadFile("../db/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`).FindAllStringSubmatch(string(schema), -1) {
		if backup.LeftOut[m[1]] == "" {
			want = append(want, m[1])
		}
	}
	if len(want) < 8 {
		t.Fatalf("schema.sql has the tables %v, and that is not all", want)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m, err := backup.Save(t.Context(), backup.Source{DB: d, Blobs: blobs(t)}, filepath.Join(t.TempDir(), "a.tar.gz"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, table := range m.Tables {
			got = append(got, table.Name)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-schema.sql +archive):\n%s", diff)
		}
	})
}

func blobs(t *testing.T) *blob.Store {
	t.Helper()
	s, err := blob.Open(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// county is a small county with something in every kind of place.
type county struct {
	backup.Source
	records *record.Store
	photo   blob.Digest
}

func made(t *testing.T, d *db.DB) county {
	t.Helper()
	at := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	s := record.New(d, func() time.Time { at = at.Add(time.Millisecond); return at })
	c := county{records: s, Source: backup.Source{DB: d, Blobs: blobs(t), Program: "test", Own: fstest.MapFS{
		"forms/own.yaml": {Data: []byte("form: own\n")},
		"说明.txt":         {Data: []byte("县里自己的\n")},
	}}}
	var err error
	if c.photo, err = c.Blobs.Put([]byte("照片")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Blobs.Put([]byte("nobody names this one")); err != nil {
		t.Fatal(err)
	}
	if err := c.write(t.Context(), 0, 250); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`INSERT INTO account (id, login, person, secret, state, failures, locked_until_us, must_change, changed_us, former) VALUES ('a', '张三', 'p', 'hash', 'active', 0, 0, TRUE, 9007199254740993, '')`,
		`INSERT INTO person (id, name, phone, id_number) VALUES ('p', '张三 <&> ' || '"quoted"', '', '')`,
		`INSERT INTO session (token, account, seen_us, expires_us) VALUES ('secret-token', 'a', 1, 2)`,
		`INSERT INTO serial (name, n) VALUES ('b', 1), ('阿', 2), ('A', 3)`,
	} {
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { _, err := tx.ExecContext(t.Context(), q); return err }); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	return c
}

// write appends n records in one transaction.
func (c county) write(ctx context.Context, first, n int) error {
	return c.records.Write(actor.With(ctx, actor.System()), func(tx *record.Tx) error {
		for i := first; i < first+n; i++ {
			body := fact.NewBody(fact.Field{Code: "name", Value: fact.TextOf(fmt.Sprintf("第 %d 条\n\u2028<&>", i))}, fact.Field{Code: "photo", Value: fact.TextOf(string(c.photo))})
			_, err := tx.Append(ctx, record.Draft{Kind: "ledger:x", Record: fmt.Sprint(i), State: "open", Subject: "s", EffectiveOn: 20251201, Body: body, Act: "登记"})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func save(t *testing.T, s backup.Source) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "county.tar.gz")
	m, err := backup.Save(t.Context(), s, file)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Missing) > 0 {
		t.Errorf("missing %v", m.Missing)
	}
	return file
}

// restored brings an archive back and returns the county.
func restored(t *testing.T, file string, d *db.DB) backup.Source {
	t.Helper()
	a, err := backup.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(t.TempDir(), "catalog")
	to := backup.Target{DB: d, Blobs: blobs(t), Own: own}
	if err := a.Restore(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return backup.Source{DB: d, Blobs: to.Blobs, Own: os.DirFS(own), Program: "test"}
}

func verified(t *testing.T, d *db.DB) record.Report {
	t.Helper()
	r, err := record.New(d, time.Now).Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK || r.Versions == 0 {
		t.Errorf("verify says %+v", r)
	}
	return r
}

func empty(t *testing.T, engine string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dbtest.Empty(t, engine))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// What comes back is what was saved, from each engine to each, and saving it
// again gives the same bytes.
func TestThereAndBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		from := made(t, d)
		file := save(t, from.Source)
		want := verified(t, d)
		again := save(t, from.Source)
		if !bytes.Equal(read(t, file), read(t, again)) {
			t.Error("saved twice, the bytes differ")
		}
		for _, engine := range []string{db.SQLite, db.Postgres} {
			t.Run("to "+engine, func(t *testing.T) {
				back := restored(t, file, empty(t, engine))
				if diff := cmp.Diff(want, verified(t, back.DB)); diff != "" {
					t.Errorf("(-saved +restored):\n%s", diff)
				}
				if p, err := back.Blobs.Get(from.photo); err != nil || string(p) != "照片" {
					t.Errorf("the photo is %q, %v", p, err)
				}
				if engine == d.Engine() {
					if !bytes.Equal(read(t, file), read(t, save(t, back))) {
						t.Error("saved again after coming back, the bytes differ")
					}
				}
				sameContent(t, file, save(t, back))
			})
		}
	})
}

// sameContent compares members: between engines only the manifest may differ.
func sameContent(t *testing.T, x, y string) {
	t.Helper()
	a, err := backup.Open(x)
	if err != nil {
		t.Fatal(err)
	}
	b, err := backup.Open(y)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a.Manifest.Members, b.Manifest.Members); diff != "" {
		t.Errorf("(-%s +%s):\n%s", a.Manifest.Engine, b.Manifest.Engine, diff)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	p, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSessionsStay(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	back := restored(t, save(t, made(t, d).Source), empty(t, db.SQLite))
	var n int
	if err := back.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM session`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d sessions came back, %v", n, err)
	}
	if err := back.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM account WHERE must_change AND changed_us = 9007199254740993`).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d accounts came back as they were, %v", n, err)
	}
}

// A damaged or shortened archive is refused as a whole.
func TestDamaged(t *testing.T) {
	file := save(t, made(t, dbtest.Open(t, db.SQLite)).Source)
	whole := read(t, file)
	flipped := func(at int) []byte { p := bytes.Clone(whole); p[at] ^= 0x10; return p }
	for name, p := range map[string][]byte{
		"empty":       {},
		"not gzip":    []byte("这不是备份"),
		"cut short":   whole[:len(whole)/2],
		"last byte":   whole[:len(whole)-1],
		"early flip":  flipped(len(whole) / 4),
		"middle flip": flipped(len(whole) / 2),
		"checksum":    flipped(len(whole) - 6),
	} {
		t.Run(name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad.tar.gz")
			if err := os.WriteFile(bad, p, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := backup.Open(bad); err == nil || !strings.Contains(errs.Text(err), "已损坏或不完整") {
				t.Errorf("said %v", err)
			}
		})
	}
}

func TestOnlyIntoAnEmptyDatabase(t *testing.T) {
	file := save(t, made(t, dbtest.Open(t, db.SQLite)).Source)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a, err := backup.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		made(t, d)
		before := verified(t, d)
		err = a.Restore(t.Context(), backup.Target{DB: d, Blobs: blobs(t), Own: t.TempDir()})
		if err == nil || errs.Text(err) != "数据库里已经有数据，只能恢复到空的数据库" {
			t.Errorf("said %v", err)
		}
		if diff := cmp.Diff(before, verified(t, d)); diff != "" {
			t.Errorf("it was changed:\n%s", diff)
		}
	})
}

// When the last step fails no row stays, and the next try succeeds.
func TestAllOrNothing(t *testing.T) {
	file := save(t, made(t, dbtest.Open(t, db.SQLite)).Source)
	for _, engine := range []string{db.SQLite, db.Postgres} {
		t.Run(engine, func(t *testing.T) {
			d := empty(t, engine)
			a, err := backup.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			stop := fmt.Errorf("no room")
			err = a.Restore(t.Context(), backup.Target{DB: d, Blobs: blobs(t), Own: t.TempDir(), Ready: func() error { return stop }})
			if err == nil || !strings.Contains(err.Error(), "no room") {
				t.Fatalf("said %v", err)
			}
			if err := backup.Vacant(t.Context(), d, a.Manifest.Schema); err != nil {
				t.Errorf("afterwards: %v", err)
			}
			restored(t, file, d)
		})
	}
}

// Saving reads one moment, whatever is written meanwhile.
func TestOneMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := made(t, d)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			var err error
			for i := 1000; ctx.Err() == nil && err == nil; i++ {
				err = c.write(context.WithoutCancel(ctx), i, 1)
			}
			done <- err
		}()
		file := save(t, c.Source)
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		back := restored(t, file, empty(t, db.SQLite))
		verified(t, back.DB)
	})
}

// An archive of an earlier schema is brought up to date on its way in.
func TestEarlierSchema(t *testing.T) {
	old := empty(t, db.SQLite)
	if err := old.MigrateTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	records := record.New(old, time.Now)
	c := county{records: records, Source: backup.Source{DB: old, Blobs: blobs(t)}}
	if err := c.write(t.Context(), 0, 3); err != nil {
		t.Fatal(err)
	}
	file := save(t, c.Source)
	for _, engine := range []string{db.SQLite, db.Postgres} {
		back := restored(t, file, empty(t, engine))
		newest, err := db.Newest()
		if err != nil {
			t.Fatal(err)
		}
		if has, err := back.DB.Version(t.Context()); err != nil || has != newest {
			t.Errorf("schema %d, %v", has, err)
		}
		verified(t, back.DB)
	}
}

func TestLost(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	c := made(t, d)
	if said, err := backup.Lost(t.Context(), d, c.Blobs); err != nil || len(said) > 0 {
		t.Errorf("sound, yet it says %v, %v", said, err)
	}
	nothing := blobs(t)
	said, err := backup.Lost(t.Context(), d, nothing)
	if err != nil || len(said) != 1 || !strings.Contains(said[0], "不在附件库里") {
		t.Errorf("it says %v, %v", said, err)
	}
	c.Blobs = nothing
	m, err := backup.Save(t.Context(), c.Source, filepath.Join(t.TempDir(), "a"))
	if err != nil || !slices.Equal(m.Missing, []string{string(c.photo)}) {
		t.Errorf("the archive misses %v, %v", m, err)
	}
}
