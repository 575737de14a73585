package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"

	"gongmai/internal/errs"
)

// A call is a command that another process asks the owner of a data folder to
// run. On the socket a JSON call is followed by the standard input; frames come
// back: {"out":…}, {"err":…}, and at last {"exit":n}.
type call struct {
	Dir   string   `json:"dir"`
	Args  []string `json:"args"`
	Input []byte   `json:"input,omitempty"`
}

type frame struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

func socketPath(data string) string { return filepath.Join(data, "gongmai.sock") }

// forward sends a command to the owner of the folder and prints its answer.
func forward(ctx context.Context, e *env, args []string) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", socketPath(e.cfg.Data))
	if err != nil {
		return errs.Say(errs.Conflict, "数据文件夹 %s 正由另一个 gongmai 使用，且没有应答，请稍后再试", e.cfg.Data)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	c := call{Dir: e.dir, Args: args}
	if wantsInput(args) {
		if c.Input, err = io.ReadAll(e.in); err != nil {
			return err
		}
	}
	if err := json.NewEncoder(conn).Encode(c); err != nil {
		return fmt.Errorf("sending the command to the owner: %w", err)
	}
	dec := json.NewDecoder(conn)
	for {
		var f frame
		if err := dec.Decode(&f); err != nil {
			return errs.Say(errs.Conflict, "正在使用数据文件夹的 gongmai 中断了应答")
		}
		if _, err := e.out.Write(f.Out); err != nil {
			return err
		}
		if _, err := e.err.Write(f.Err); err != nil {
			return err
		}
		if f.Exit != nil {
			if *f.Exit == 0 {
				return nil
			}
			return exitCode(*f.Exit)
		}
	}
}

// wantsInput: only a lone "-" among the arguments reads standard input.
func wantsInput(args []string) bool {
	for _, a := range args {
		if a == "-" {
			return true
		}
	}
	return false
}

// answer runs commands of other processes until ctx ends.
func (a *App) answer(ctx context.Context) error {
	path := socketPath(a.Data)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("clearing the socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return fmt.Errorf("listening for commands: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, l.Close())
	}
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("accepting a command: %w", err)
		}
		wg.Go(func() {
			defer conn.Close()
			a.obey(ctx, conn)
		})
	}
}

func (a *App) obey(ctx context.Context, conn net.Conn) {
	var c call
	if err := json.NewDecoder(conn).Decode(&c); err != nil {
		a.Log.Warn("command not understood", "err", err)
		return
	}
	w := &frames{enc: json.NewEncoder(conn)}
	e := &env{
		in: &inputOf{c.Input}, dir: c.Dir, app: a,
		out: frameWriter(func(p []byte) error { return w.send(frame{Out: p}) }),
		err: frameWriter(func(p []byte) error { return w.send(frame{Err: p}) }),
	}
	code := run(ctx, c.Args, e)
	if err := w.send(frame{Exit: &code}); err != nil {
		a.Log.Warn("answering a command", "err", err)
	}
}

type inputOf struct{ p []byte }

func (i *inputOf) Read(p []byte) (int, error) {
	if len(i.p) == 0 {
		return 0, io.EOF
	}
	n := copy(p, i.p)
	i.p = i.p[n:]
	return n, nil
}

type frames struct {
	mu  sync.Mutex
	enc *json.Encoder
}

func (f *frames) send(x frame) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.enc.Encode(x)
}

type frameWriter func([]byte) error

func (f frameWriter) Write(p []byte) (int, error) { return len(p), f(p) }
