package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
)

// A command says the same whether it opens the folder itself or the server
// that owns it does the work.
func TestSameThroughTheOwner(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, p place) {
		serve(t, p.dir, p.args...).end(t, syscall.SIGTERM) // makes the county
		lines := []struct {
			in   string
			args []string
		}{
			{args: []string{"check"}},
			{args: []string{"verify", "--format", "json"}},
			{args: []string{"ledger", "list", "--format", "json"}},
			{args: []string{"ledger", "shw", "x"}},
			{args: []string{"eval", "no_such", "--period", "2025"}},
			{args: []string{"eval"}},
			{args: []string{"verify", "--nonsense"}},
			{args: []string{"verify", "--help"}},
			{args: []string{"report", "annual", "--period", "2025", "--format", "html", "-o", "out.html"}},
			{args: []string{"report", "annual", "--period", "2025", "--format", "html", "-o", "no/such/folder.html"}},
			{args: []string{"report", "fill", "--period", "2025", "--text", "-"}, in: masked},
			{args: []string{"report", "fill", "--period", "2025", "--text", "missing.txt"}},
		}
		if p.url() != "" { // the way there is the same: one report tells
			lines = lines[8:9]
		}
		dir := filepath.Join(p.dir, "caller")
		run := func() (all []said, file string) {
			if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				all = append(all, ask(t, dir, l.in, p.with(l.args...)...))
			}
			made, err := os.ReadFile(filepath.Join(dir, "out.html"))
			if err != nil {
				t.Fatal(err)
			}
			return all, string(made)
		}
		alone, file := run()
		s := serve(t, p.dir, p.args...)
		through, made := run()
		s.end(t, syscall.SIGTERM)
		if file != made || len(file) < 1000 {
			t.Errorf("the file has %d bytes alone, %d through the owner", len(file), len(made))
		}
		for i, l := range lines {
			if diff := cmp.Diff(cut(alone[i]), cut(through[i])); diff != "" {
				t.Errorf("%v (-alone +through the owner):\n%s", l.args, diff)
			}
		}
		if p.url() == "" && (alone[0].Code != 0 || alone[4].Code != 1 || alone[6].Code != 2 || alone[10].Code != 0) {
			for i, l := range lines {
				t.Errorf("%v: %+v", l.args, cut(alone[i]))
			}
		}
	})
}

// cut makes room for eyes where texts are long: their ends and a digest.
func cut(s said) said {
	short := func(x string) string {
		if len(x) < 2000 {
			return x
		}
		return fmt.Sprintf("%s…%s (%x)", x[:500], x[len(x)-500:], sha256.Sum256([]byte(x)))
	}
	return said{short(s.Out), short(s.Err), s.Code}
}

// masked is a long text with as many masks as the embedded bindings have.
var masked = strings.Repeat("工业经济平稳运行。", 100_000) + strings.Repeat("第*项，", 71) + "最后一句。\n"

// held starts a command whose input stays open after more has been written
// than sockets hold, so that whoever runs it is reading.
func held(t *testing.T, p place) (in io.WriteCloser, end func() said, interrupt func()) {
	t.Helper()
	c := command(p.dir, p.with("report", "fill", "--period", "2025", "--text", "-")...)
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan said, 1)
	started := make(chan struct{})
	go func() {
		var out, errs strings.Builder
		c.Stdout, c.Stderr = &out, &errs
		if err := c.Start(); err != nil {
			t.Error(err)
		}
		close(started)
		err := c.Wait()
		_ = err // its code says it
		done <- said{out.String(), errs.String(), c.ProcessState.ExitCode()}
	}()
	<-started
	if _, err := io.WriteString(in, masked); err != nil {
		t.Fatal(err)
	}
	return in, func() said { return <-done }, func() {
		if err := c.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
	}
}

// ^C ends a command that waits, alone and through the owner, who goes on.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	p := on(t, db.SQLite)
	s := serve(t, p.dir, p.args...)
	for _, who := range []string{"through the owner", "alone"} {
		in, end, interrupt := held(t, p)
		interrupt()
		got := end()
		if got.Code != 130 || got.Err != "已中断\n" || got.Out != "" {
			t.Errorf("%s: %+v", who, got)
		}
		if err := in.Close(); err != nil {
			t.Log(err)
		}
		well(t, p.dir, p.with("verify")...)
		s.end(t, syscall.SIGTERM)
	}
}

// SIGTERM lets the command that is running come to its end.
func TestTermFinishesCommands(t *testing.T) {
	t.Parallel()
	p := on(t, db.SQLite)
	s := serve(t, p.dir, p.args...)
	in, end, _ := held(t, p)
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if got := end(); got.Code != 0 || !strings.Contains(got.Out, "最后一句。") {
		t.Errorf("%+v", cut(got))
	}
	if err := <-s.done; err != nil {
		t.Errorf("serve ended with %v", err)
	}
	s.done <- nil
}

// A killed owner leaves its socket; nobody is misled by it.
func TestStaleSocket(t *testing.T) {
	t.Parallel()
	p := on(t, db.SQLite)
	serve(t, p.dir, p.args...).end(t, syscall.SIGKILL)
	if _, err := os.Stat(filepath.Join(p.data(), "gongmai.sock")); err != nil {
		t.Fatalf("the socket is gone, so this tests nothing: %v", err)
	}
	well(t, p.dir, p.with("verify")...)
	s := serve(t, p.dir, p.args...)
	well(t, p.dir, p.with("verify")...)
	s.end(t, syscall.SIGTERM)
	if _, err := os.Stat(filepath.Join(p.data(), "gongmai.sock")); !os.IsNotExist(err) {
		t.Errorf("an orderly end leaves the socket: %v", err)
	}
}

// Commands at once wait for each other, with a server and without.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	p := on(t, db.SQLite)
	s := serve(t, p.dir, p.args...)
	for _, who := range []string{"through the owner", "alone"} {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if got := ask(t, p.dir, "", p.with("verify")...); got.Code != 0 {
					t.Errorf("%s: %+v", who, got)
				}
			})
		}
		wg.Wait()
		s.end(t, syscall.SIGTERM)
	}
}

// A socket's name may hold a hundred bytes; a folder may lie deeper.
func TestDeepFolder(t *testing.T) {
	t.Parallel()
	p := place{dir: filepath.Join(t.TempDir(), strings.Repeat("很深的文件夹", 6), strings.Repeat("d", 80))}
	p.args = []string{"--data", p.data()}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := serve(t, p.dir, p.args...)
	well(t, p.dir, p.with("verify")...)
	s.end(t, syscall.SIGTERM)
}

// A folder belongs with one database.
func TestFolderAndDatabase(t *testing.T) {
	t.Parallel()
	p, other := on(t, db.Postgres), dbtest.Empty(t, db.Postgres)
	s := serve(t, p.dir, p.args...)
	well(t, p.dir, "verify", "--data", p.data()) // the owner knows the database
	if got := ask(t, p.dir, "", "verify", "--data", p.data(), "--db", other.URL); got.Code != 1 || !strings.Contains(got.Err, "另一个数据库") {
		t.Errorf("another database through the owner: %+v", got)
	}
	s.end(t, syscall.SIGTERM)
	if got := ask(t, p.dir, "", "verify", "--data", p.data()); got.Code != 1 || !strings.Contains(got.Err, "请加 --db") {
		t.Errorf("alone and without --db: %+v", got)
	}
	if _, err := os.Stat(filepath.Join(p.data(), "gongmai.db")); !os.IsNotExist(err) {
		t.Errorf("a SQLite file was made beside PostgreSQL: %v", err)
	}
	lite := on(t, db.SQLite)
	serve(t, lite.dir, lite.args...).end(t, syscall.SIGTERM)
	if got := ask(t, p.dir, "", "verify", "--data", lite.data(), "--db", other.URL); got.Code != 1 || !strings.Contains(got.Err, "不能同时用 --db") {
		t.Errorf("a folder with SQLite, and --db: %+v", got)
	}
	d, err := db.Open(context.Background(), other)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if has, err := d.Version(t.Context()); err != nil || has != 0 {
		t.Errorf("the other database was touched: schema %d, %v", has, err)
	}
}
