package document

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gongmai/internal/errs"
)

// office is one running LibreOffice. It keeps an empty text open, for without
// a document it would end after each conversion; a second soffice with the
// same profile hands its arguments over to it and waits for the answer.
//
//	dir/profile  the office's own settings     dir/keep.txt  the text it keeps open
//	dir/in       the file to convert           dir/out       the result
type office struct {
	path, dir string
	log       *slog.Logger
	served    int

	cmd  *exec.Cmd
	gone chan struct{} // closed when cmd has ended
}

// settings forbids macros, links to elsewhere and recovery questions.
//
//go:embed parts/registrymodifications.xcu
var settings []byte

func (o *office) convert(ctx context.Context, r request) ([]byte, error) {
	if err := o.start(ctx); err != nil {
		return nil, err
	}
	o.served++
	in := filepath.Join(o.dir, "in", "file."+r.from)
	out := outName(o.dir, r.to)
	if err := errors.Join(os.RemoveAll(filepath.Dir(out)), os.WriteFile(in, r.in, 0o600)); err != nil {
		return nil, err
	}
	defer os.Remove(in)
	filter := filters[r.to]
	if r.to == "pdf" && isSheet(r.from) {
		filter = strings.Replace(filter, "writer_pdf", "calc_pdf", 1)
	}
	var said bytes.Buffer
	cmd := o.command(ctx, "--headless", "--norestore", "--convert-to", filter, "--outdir", filepath.Dir(out), in)
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil, errs.Say(ctx.Err(), "转换超时或已取消，文件可能过大或已损坏")
	}
	b, readErr := os.ReadFile(out)
	if readErr != nil || len(b) == 0 {
		o.log.Warn("no result", "room", "document", "said", said.String(), "err", err)
		return nil, errs.Say(errs.Invalid, "LibreOffice 打不开这个 .%s 文件，文件可能已损坏或加密", r.from)
	}
	return b, nil
}

func isSheet(ext string) bool {
	return ext == "xlsx" || ext == "xls" || ext == "et" || ext == "ods" || ext == "csv"
}

// start brings the office up unless it runs, and waits until it has opened
// keep.txt, which shows as a lock file beside it.
func (o *office) start(ctx context.Context) error {
	if o.running() {
		return nil
	}
	o.stop()
	if err := o.prepare(); err != nil {
		return err
	}
	keep := filepath.Join(o.dir, "keep.txt")
	// The office outlives the request that started it: stop ends it.
	o.cmd = o.command(context.WithoutCancel(ctx), "--headless", "--norestore", "--nologo", "--nofirststartwizard", keep)
	if err := o.cmd.Start(); err != nil {
		o.cmd = nil
		return err
	}
	cmd, gone := o.cmd, make(chan struct{})
	o.gone = gone
	go func() {
		defer close(gone)
		err := cmd.Wait()
		o.log.Info("office ended", "room", "document", "err", err)
	}()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := os.Stat(filepath.Join(o.dir, ".~lock.keep.txt#")); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errs.Say(ctx.Err(), "LibreOffice 未能及时启动")
		case <-gone:
			return errors.New("office ended while starting")
		case <-tick.C:
		}
	}
}

// prepare lays out an empty profile.
func (o *office) prepare() error {
	o.served = 0
	user := filepath.Join(o.dir, "profile", "user")
	return errors.Join(
		os.RemoveAll(filepath.Join(o.dir, "profile")),
		os.RemoveAll(filepath.Join(o.dir, ".~lock.keep.txt#")),
		os.MkdirAll(user, 0o700),
		os.MkdirAll(filepath.Join(o.dir, "in"), 0o700),
		os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), settings, 0o600),
		os.WriteFile(filepath.Join(o.dir, "fonts.conf"), fontsConf(), 0o600),
		os.WriteFile(filepath.Join(o.dir, "keep.txt"), nil, 0o600),
	)
}

// command is soffice with the profile of o, in a process group of its own
// that ends as a whole, and with no more of our environment than it needs.
func (o *office) command(ctx context.Context, args ...string) *exec.Cmd {
	profile := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(o.dir, "profile"))}
	cmd := exec.CommandContext(ctx, o.path, append([]string{"-env:UserInstallation=" + profile.String()}, args...)...)
	cmd.Dir = o.dir
	cmd.Env = append(systemEnv(), "HOME="+o.dir, "LANG=C.UTF-8", "SAL_USE_VCLPLUGIN=svp",
		"FONTCONFIG_FILE="+filepath.Join(o.dir, "fonts.conf"))
	group(cmd)
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

func (o *office) running() bool {
	if o.cmd == nil {
		return false
	}
	select {
	case <-o.gone:
		return false
	default:
		return true
	}
}

// stop ends the office and waits until it is gone.
func (o *office) stop() {
	if o.cmd == nil {
		return
	}
	if err := endGroup(o.cmd); err != nil && o.running() {
		o.log.Warn("ending the office", "room", "document", "err", err)
	}
	<-o.gone
	o.cmd = nil
}

// systemEnv is what programs need of our environment.
func systemEnv() []string {
	var env []string
	for _, k := range []string{"PATH", "TMPDIR", "SystemRoot", "TEMP"} {
		if v, ok := os.LookupEnv(k); ok {
			env = append(env, k+"="+v)
		}
	}
	return env
}
