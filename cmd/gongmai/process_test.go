package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
)

// said is what a command answered.
type said struct {
	Out, Err string
	Code     int
}

// command prepares gongmai to run in a folder.
func command(dir string, args ...string) *exec.Cmd {
	c := exec.Command("gongmai", args...)
	c.Dir = dir
	return c
}

// ask runs a command to its end.
func ask(t *testing.T, dir, in string, args ...string) said {
	t.Helper()
	c := command(dir, args...)
	c.Stdin = strings.NewReader(in)
	return answered(t, c)
}

func answered(t *testing.T, c *exec.Cmd) said {
	t.Helper()
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		t.Fatalf("%v: %v", c.Args, err)
	}
	return said{out.String(), errs.String(), c.ProcessState.ExitCode()}
}

// well is ask for what must succeed.
func well(t *testing.T, dir string, args ...string) string {
	t.Helper()
	s := ask(t, dir, "", args...)
	if s.Code != 0 {
		t.Fatalf("gongmai %v: exit %d\n%s%s", args, s.Code, s.Out, s.Err)
	}
	return s.Out
}

// server is a running gongmai serve.
type server struct {
	*exec.Cmd
	url  string
	done chan error
}

// serve starts one on a free port and returns when it answers.
func serve(t *testing.T, dir string, args ...string) *server {
	t.Helper()
	s := &server{Cmd: command(dir, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...), done: make(chan error, 1)}
	s.Stderr = os.Stderr
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.end(t, syscall.SIGKILL) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "工脉已启动："); ok {
			s.url = url
			go func() {
				_, err := io.Copy(io.Discard, out)
				s.done <- errors.Join(err, s.Wait())
			}()
			return s
		}
	}
	t.Fatalf("serve ended: %v", s.Wait())
	return nil
}

// end sends a signal once and waits for the server to be gone.
func (s *server) end(t *testing.T, sig os.Signal) {
	t.Helper()
	if s.ProcessState != nil {
		return
	}
	if err := s.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
	err := <-s.done
	if sig == syscall.SIGTERM && err != nil {
		t.Errorf("serve ended with %v", err)
	}
}

// place is where a county of a test lies.
type place struct {
	dir  string // the caller's folder; DATA is dir/data
	args []string
}

func (p place) data() string { return filepath.Join(p.dir, "data") }

// url is the address of its PostgreSQL database, or "".
func (p place) url() string {
	if len(p.args) == 4 {
		return p.args[3]
	}
	return ""
}

// with appends to a command where the county lies.
func (p place) with(args ...string) []string { return append(args, p.args...) }

// each runs fn with an empty place on each engine.
func each(t *testing.T, fn func(t *testing.T, p place)) {
	t.Helper()
	for _, engine := range []string{db.SQLite, db.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			fn(t, on(t, engine))
		})
	}
}

func on(t *testing.T, engine string) place {
	t.Helper()
	p := place{dir: t.TempDir()}
	p.args = []string{"--data", p.data()}
	if engine == db.Postgres {
		p.args = append(p.args, "--db", dbtest.Empty(t, engine).URL)
	}
	return p
}
