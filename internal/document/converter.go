package document

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gongmai/internal/errs"
)

// Config is how a Converter runs. The zero value works.
type Config struct {
	Soffice string        // the program; "" looks for soffice and libreoffice
	Timeout time.Duration // of one conversion; 0 is one minute
	Idle    time.Duration // without work after which the office ends; 0 is ten minutes
	Renew   int           // conversions after which it starts afresh; 0 is 200
	Log     *slog.Logger  // nil discards
}

// Converter turns documents into PDF and old formats into new ones, by one
// LibreOffice without a window that is started at the first conversion and
// then kept: the first takes some four seconds, the next a fraction of one.
//
// Conversions run one at a time, in Run. The office has a profile of its own,
// without macros and without following links. It is ended and started anew
// when it dies, hangs, or has served Config.Renew conversions.
type Converter struct {
	cfg  Config
	path string
	work chan request
}

type request struct {
	ctx      context.Context
	in       []byte
	from, to string
	done     chan<- answer
}

type answer struct {
	out []byte
	err error
}

// maxInput holds what one conversion may be given.
const maxInput = 64 << 20

// New returns a Converter; it starts nothing.
func New(cfg Config) *Converter {
	if cfg.Timeout == 0 {
		cfg.Timeout = time.Minute
	}
	if cfg.Idle == 0 {
		cfg.Idle = 10 * time.Minute
	}
	if cfg.Renew == 0 {
		cfg.Renew = 200
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Converter{cfg: cfg, path: findSoffice(cfg.Soffice), work: make(chan request)}
}

func findSoffice(named string) string {
	names := []string{
		"soffice", "libreoffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
		"/Applications/LibreOffice.app/Contents/MacOS/soffice",
	}
	if named != "" {
		names = []string{named}
	}
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	return ""
}

// Available reports whether LibreOffice was found.
func (c *Converter) Available() bool { return c.path != "" }

// Missing says in Chinese what to install, or nil where nothing is missing.
func (c *Converter) Missing() error {
	switch {
	case c.Available():
		return nil
	case c.cfg.Soffice != "":
		return errs.Say(errs.NotFound, "找不到 LibreOffice（配置的路径是 %s），暂不能生成 PDF 或读取旧格式文件；可先下载 DOCX", c.cfg.Soffice)
	}
	return errs.Say(errs.NotFound, "服务器没有安装 LibreOffice，暂不能生成 PDF 或读取旧格式文件；可先下载 DOCX，或请管理员安装 libreoffice-writer、libreoffice-calc")
}

// Convert turns a DOCX into PDF/A-2b. It waits for Run to take it up.
func (c *Converter) Convert(ctx context.Context, docx []byte) ([]byte, error) {
	return c.ConvertTo(ctx, docx, "docx", "pdf")
}

// ConvertTo turns a file of one format, named by its extension without dot,
// into another: to pdf, docx or xlsx. It waits for Run to take it up.
func (c *Converter) ConvertTo(ctx context.Context, in []byte, from, to string) (out []byte, err error) {
	from, to = strings.ToLower(from), strings.ToLower(to)
	switch {
	case c.Missing() != nil:
		return nil, c.Missing()
	case !readable[from] || filters[to] == "":
		return nil, errs.Say(errs.Invalid, "不能把 .%s 文件转换为 .%s", from, to)
	case len(in) > maxInput:
		return nil, errs.Say(errs.Invalid, "文件超过 %d MB，不予转换", maxInput>>20)
	}
	if from == "docx" && to == "pdf" {
		if in, err = forRendering(in); err != nil {
			return nil, err
		}
	}
	done := make(chan answer, 1)
	select {
	case c.work <- request{ctx, in, from, to, done}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case a := <-done:
		return a.out, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// readable are the formats that LibreOffice opens for us. HTML is not among
// them: it may name files and addresses to load.
var readable = map[string]bool{
	"docx": true, "doc": true, "wps": true, "odt": true, "rtf": true,
	"xlsx": true, "xls": true, "et": true, "ods": true, "csv": true,
}

// filters are the arguments of --convert-to. Content controls stay text.
var filters = map[string]string{
	"pdf":  `pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"ExportFormFields":{"type":"boolean","value":"false"}}`,
	"docx": "docx:MS Word 2007 XML",
	"xlsx": "xlsx:Calc MS Excel 2007 XML",
}

// Run converts until ctx ends, and leaves neither process nor file behind.
func (c *Converter) Run(ctx context.Context) (err error) {
	defer errs.Wrap(&err, "running the converter")
	dir, err := os.MkdirTemp("", "gongmai-office-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	o := &office{path: c.path, dir: dir, log: c.cfg.Log}
	defer o.stop()
	idle := time.NewTimer(c.cfg.Idle)
	defer idle.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-idle.C:
			o.stop()
		case r := <-c.work:
			out, err := c.serve(ctx, o, r)
			r.done <- answer{out, err}
			idle.Reset(c.cfg.Idle)
		}
	}
}

// serve converts one file, with a deadline of its own.
func (c *Converter) serve(run context.Context, o *office, r request) ([]byte, error) {
	ctx, cancel := context.WithTimeout(r.ctx, c.cfg.Timeout)
	defer cancel()
	defer context.AfterFunc(run, cancel)()
	if o.served >= c.cfg.Renew {
		o.stop()
	}
	out, err := o.convert(ctx, r)
	if err != nil {
		o.stop() // whatever it was, the next one gets a fresh office
		c.cfg.Log.Warn("conversion failed", "room", "document", "from", r.from, "to", r.to, "bytes", len(r.in), "err", err)
	}
	return out, err
}

// outName is where LibreOffice leaves its result.
func outName(dir, to string) string { return filepath.Join(dir, "out", "file."+to) }
