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
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"gongmai/internal/db"
	"gongmai/internal/errs"
)

// A call is a command that another process asks the owner of a data folder to
// run. On the socket one JSON call is followed by its standard input as pieces,
// {"in":…} and at last {"end":true}; frames come back: {"out":…}, {"err":…},
// and at last {"exit":n}. Whoever hangs up interrupts the command.
type call struct {
	Dir   string   `json:"dir"`
	Args  []string `json:"args"`
	DB    string   `json:"db"`    // postgres://… that the caller believes in, or ""
	Input bool     `json:"input"` // pieces follow
}

type piece struct {
	In    []byte `json:"in,omitempty"`
	End   bool   `json:"end,omitempty"`
	Fault string `json:"fault,omitempty"` // the caller could not read on
}

type frame struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// mostInFrame bounds what either side holds of a stream at once.
const mostInFrame = 64 << 10

// dial reaches the owner of a folder.
func dial(ctx context.Context, data string) (net.Conn, error) {
	path, done, err := socketPath(data)
	if err != nil {
		return nil, err
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	if end := done(); end != nil && err == nil {
		return nil, errors.Join(end, conn.Close())
	}
	return conn, err
}

// socketPath is DATA/gongmai.sock, in a form that the system takes however
// deep the folder lies; done is called when it is no longer needed.
func socketPath(data string) (path string, done func() error, err error) {
	const most = 100 // sun_path holds 108 bytes on Linux, 104 elsewhere
	path = filepath.Join(data, "gongmai.sock")
	if len(path) <= most || runtime.GOOS != "linux" {
		return path, func() error { return nil }, nil
	}
	dir, err := os.Open(data)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/gongmai.sock", dir.Fd()), dir.Close, nil
}

// forward sends a command to the owner of the folder and prints its answer.
func forward(ctx context.Context, e *env, conn net.Conn, args []string) error {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	enc := json.NewEncoder(conn)
	input := slices.Contains(args, "-") // only a lone "-" reads standard input
	if err := enc.Encode(call{Dir: e.dir, Args: args, DB: e.cfg.DB, Input: input}); err != nil {
		return fmt.Errorf("sending the command to the owner: %w", err)
	}
	if input {
		go sendInput(enc, e.in) // a terminal that nobody types at holds it until we exit
	}
	dec := json.NewDecoder(conn)
	for {
		var f frame
		if err := dec.Decode(&f); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return errs.Say(errs.Conflict, "正在使用数据文件夹的 gongmai 中断了应答")
		}
		if _, err := e.out.Write(f.Out); err != nil {
			return err
		}
		if _, err := e.err.Write(f.Err); err != nil {
			return err
		}
		if f.Exit != nil {
			return exit(*f.Exit)
		}
	}
}

func exit(code int) error {
	if code == 0 {
		return nil
	}
	return exitCode(code)
}

// sendInput sends pieces until the input ends or nobody wants more.
func sendInput(enc *json.Encoder, in io.Reader) {
	p := make([]byte, mostInFrame)
	for {
		n, err := in.Read(p)
		x := piece{In: p[:n], End: errors.Is(err, io.EOF)}
		if err != nil && !x.End {
			x.Fault = err.Error()
		}
		if sent := enc.Encode(x); sent != nil || err != nil {
			return // when the owner hung up, its last frame says why
		}
	}
}

// answer runs commands of other processes until ctx ends, and lets those that
// run then come to their end.
func (a *App) answer(ctx context.Context, l net.Listener) error {
	work, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	defer context.AfterFunc(ctx, func() {
		l.Close()
		time.AfterFunc(grace, end)
	})()
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			if err == nil {
				err = conn.Close()
			}
			return closed(err)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("accepting a command: %w", err), l.Close())
		}
		wg.Go(func() { a.obey(work, conn) })
	}
}

func closed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// socket listens in the data folder, in place of a socket that a killed owner
// left. Closing it takes it away.
func (a *App) socket() (l net.Listener, err error) {
	path, done, err := socketPath(a.Data)
	if err != nil {
		return nil, fmt.Errorf("listening for commands: %w", err)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("clearing the socket: %w", err), done())
	}
	if l, err = net.Listen("unix", path); err != nil {
		return nil, errors.Join(fmt.Errorf("listening for commands: %w", err), done())
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close(), done())
	}
	return doorway{l, done}, nil
}

// doorway keeps open what the path of its socket goes through.
type doorway struct {
	net.Listener
	done func() error
}

func (d doorway) Close() error { return errors.Join(d.Listener.Close(), d.done()) }

// obey runs one command. Its context ends when the caller hangs up.
func (a *App) obey(ctx context.Context, conn net.Conn) {
	ctx, cancel := context.WithCancel(ctx)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	defer conn.Close()
	dec := json.NewDecoder(conn)
	var c call
	if err := dec.Decode(&c); err != nil {
		a.Log.Warn("command not understood", "err", err)
		return
	}
	in, feed := io.Pipe()
	defer in.Close()
	reading.Go(func() {
		defer cancel()
		receive(dec, feed, c.Input)
	})
	w := &frames{enc: json.NewEncoder(conn)}
	code := a.command(ctx, c, &env{
		in: in, dir: c.Dir, app: a,
		out: frameWriter(func(p []byte) error { return w.send(frame{Out: p}) }),
		err: frameWriter(func(p []byte) error { return w.send(frame{Err: p}) }),
	})
	if err := w.send(frame{Exit: &code}); err != nil && ctx.Err() == nil {
		a.Log.Warn("answering a command", "err", err)
	}
}

// receive feeds the pieces of the input to the command and returns when the
// caller has hung up.
func receive(dec *json.Decoder, feed *io.PipeWriter, input bool) {
	if !input {
		feed.Close()
	}
	for {
		var p piece
		if err := dec.Decode(&p); err != nil {
			feed.CloseWithError(io.ErrUnexpectedEOF)
			return
		}
		feed.Write(p.In) //nolint:errcheck // a command that reads no more is no fault
		switch {
		case p.Fault != "":
			feed.CloseWithError(errors.New(p.Fault))
		case p.End:
			feed.Close()
		}
	}
}

// command runs one command of another process. One that breaks must not take
// the server with it.
func (a *App) command(ctx context.Context, c call, e *env) (code int) {
	defer func() {
		if broken := recover(); broken != nil {
			a.Log.Error("command broke", "args", c.Args, "panic", broken, "stack", string(debug.Stack()))
			fmt.Fprintln(e.err, "程序内部错误，已记入服务的日志")
			code = 1
		}
	}()
	if c.DB != "" && !db.SamePlace(c.DB, a.DB) {
		fmt.Fprintln(e.err, "正在使用这个数据文件夹的 gongmai 连接的是另一个数据库，与 --db（或 GONGMAI_DB）不同")
		return 1
	}
	return run(ctx, c.Args, e)
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

// frameWriter sends what is written, in frames of bounded size.
type frameWriter func([]byte) error

func (f frameWriter) Write(p []byte) (n int, err error) {
	for part := range slices.Chunk(p, mostInFrame) {
		if err := f(part); err != nil {
			return n, err
		}
		n += len(part)
	}
	return n, nil
}
