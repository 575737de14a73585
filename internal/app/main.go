package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
)

// command is one word of the command line.
type command struct {
	name  string
	args  string // for the usage line
	short string // Chinese, and en in English
	en    string
	alone bool // needs no county, or opens one by itself
	flags func(*flag.FlagSet) func(ctx context.Context, e *env) error
}

// env is what a command runs with.
type env struct {
	in       io.Reader
	out, err io.Writer
	dir      string // against which paths are resolved
	app      *App   // nil for commands that stand alone
	cfg      Config
	format   string
	lang     string
	args     []string
}

// path resolves a path that the user wrote.
func (e *env) path(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(e.dir, p)
}

// arg returns the n-th positional argument; what names it.
func (e *env) arg(n int, what string) (string, error) {
	if n >= len(e.args) {
		return "", errs.Say(errs.Invalid, "缺少参数：%s", what)
	}
	return e.args[n], nil
}

func commands() []command {
	return []command{
		serveCommand(),
		demoCommand(),
		evalCommand(),
		reportCommand(),
		ledgerCommand(),
		formCommand(),
		importCommand(),
		openapiCommand(),
		checkCommand(),
		verifyCommand(),
		backupCommand(),
		restoreCommand(),
		versionCommand(),
	}
}

// Main runs one command line and returns its exit code: 0, 1 when something is
// wrong with what was asked, 2 for a wrong command line, 130 when interrupted.
func Main(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	return run(ctx, args, &env{in: &input{ctx: ctx, from: in}, out: out, err: errOut, dir: dir})
}

func run(ctx context.Context, args []string, e *env) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		lang := ""
		if slices.Contains(args, english) {
			lang = english
		}
		usage(e.out, lang)
		return 0
	}
	i := slices.IndexFunc(commands(), func(c command) bool { return c.name == args[0] })
	if i < 0 {
		var names []string
		for _, c := range commands() {
			names = append(names, c.name)
		}
		hint := ""
		if n := errs.Nearest(args[0], names); n != "" {
			hint = "，是否想用 " + n
		}
		fmt.Fprintf(e.err, "没有命令 %s%s；gongmai help 列出全部\n", args[0], hint)
		return 2
	}
	c := commands()[i]
	do, err := e.parse(c, args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(e.err, "%s\n", errs.Text(err))
		return 2
	}
	if err := e.do(ctx, c, do, args); err != nil {
		var code exitCode
		if errors.As(err, &code) {
			return int(code)
		}
		if errors.Is(err, context.Canceled) {
			fmt.Fprintln(e.err, "已中断")
			return interrupted
		}
		fmt.Fprintf(e.err, "%s\n", errs.Text(err))
		return 1
	}
	return 0
}

// interrupted is what a shell answers for a program that ^C ended.
const interrupted = 130

// exitCode ends a command that has said everything itself.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit %d", int(c)) }

func usage(w io.Writer, lang string) {
	title, foot := "工脉 gongmai：县域工业运行与质量发展系统", "各命令都可用 --data DIR（默认 ./data）、--db postgres://…、--format json、--lang en；gongmai 命令 --help 看详情"
	if lang == english {
		title, foot = "gongmai: the working system of a county's industry bureau", "All commands take --data DIR (default ./data), --db postgres://…, --format json, --lang en; gongmai COMMAND --help tells more"
	}
	fmt.Fprintln(w, title)
	fmt.Fprintln(w)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.about(lang))
	}
	fmt.Fprintln(w, "\n"+foot)
}

const english = "en"

// about says what a command does, in the language that was asked for.
func (c command) about(lang string) string {
	if lang == english {
		return c.en
	}
	return c.short
}

// name picks the English name of a thing where English was asked for.
func (e *env) name(l catalog.Label) string {
	if e.lang == english && l.En != "" {
		return l.En
	}
	return l.Name
}

// parse reads flags that may stand before, between and after positional
// arguments.
func (e *env) parse(c command, args []string) (func(context.Context, *env) error, error) {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&e.cfg.Data, "data", "data", "数据文件夹")
	fs.StringVar(&e.cfg.DB, "db", os.Getenv("GONGMAI_DB"), "postgres://…（默认用数据文件夹里的 SQLite）")
	fs.StringVar(&e.format, "format", "text", "text 或 json")
	fs.StringVar(&e.lang, "lang", "zh", "zh 或 en")
	do := c.flags(fs)
	for rest := args; ; {
		if err := fs.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				fmt.Fprintf(e.out, "gongmai %s %s\n%s\n\n", c.name, c.args, c.about(e.lang))
				fs.SetOutput(e.out)
				fs.PrintDefaults()
				return nil, err
			}
			return nil, errs.Say(errs.Invalid, "%s：%v；gongmai %s --help 看用法", c.name, err, c.name)
		}
		if rest = fs.Args(); len(rest) == 0 {
			break
		}
		e.args = append(e.args, rest[0])
		rest = rest[1:]
	}
	e.cfg.Data = e.path(e.cfg.Data)
	return do, nil
}

// do runs a command: by itself, in this process that becomes the owner of the
// folder, or in the one that owns it already. A folder that somebody holds who
// does not listen (yet) is waited for.
func (e *env) do(ctx context.Context, c command, f func(context.Context, *env) error, args []string) error {
	ctx = actor.With(ctx, actor.System())
	if c.alone || e.app != nil { // e.app: already in the owner
		return f(ctx, e)
	}
	if _, err := os.Stat(e.cfg.Data); errors.Is(err, os.ErrNotExist) && e.cfg.DB == "" {
		return errs.Say(errs.NotFound, "没有数据文件夹 %s；用 gongmai demo --data %s 建一个演示县，或用 gongmai serve 新建", e.cfg.Data, e.cfg.Data)
	}
	told := false
	for began := time.Now(); ; {
		err := e.own(ctx, func() error { return f(ctx, e) })
		if !errors.Is(err, errHeld) {
			return err
		}
		if conn, err := dial(ctx, e.cfg.Data); err == nil {
			return forward(ctx, e, conn, args)
		}
		waited := time.Since(began)
		if waited > patience {
			return errs.Say(errs.Conflict, "数据文件夹 %s 正由另一个 gongmai 使用，且没有应答，请稍后再试", e.cfg.Data)
		}
		if waited > 2*time.Second && !told {
			told = true
			fmt.Fprintf(e.err, "等待另一个 gongmai 用完数据文件夹 %s…\n", e.cfg.Data)
		}
		if err := sleep(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// patience is how long a command waits for a folder whose owner is starting,
// ending, or a short command itself.
const patience = 30 * time.Second

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// errHeld: another process owns the folder.
var errHeld = errors.New("the data folder is held")

// own opens the county as the owner of its folder, runs f, and closes it.
func (e *env) own(ctx context.Context, f func() error) (err error) {
	if _, err := e.cfg.notNewer(); err != nil {
		return err
	}
	lock, err := lockFolder(e.cfg.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	e.cfg.Log = logger(e.err)
	if e.app, err = Open(ctx, e.cfg); err != nil {
		return err
	}
	return errors.Join(f(), e.app.Close())
}

// lockFolder takes the lock of a data folder, which is made; errHeld when
// another process has it.
func lockFolder(data string) (*os.File, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, errs.Say(errs.Invalid, "不能使用数据文件夹 %s：%s", data, reason(err))
	}
	f, err := tryLock(filepath.Join(data, "lock"))
	if err != nil {
		return nil, errs.Say(errs.Invalid, "不能使用数据文件夹 %s：%s", data, reason(err))
	}
	if f == nil {
		return nil, errHeld
	}
	return f, nil
}

func logger(w io.Writer) *slog.Logger {
	level := slog.LevelWarn
	if strings.EqualFold(os.Getenv("GONGMAI_LOG"), "info") {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
