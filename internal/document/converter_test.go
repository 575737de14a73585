package document

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongmai/internal/errs"
)

// converter runs a Converter for the test, or skips aloud; never in CI.
func converter(t *testing.T) *Converter {
	t.Helper()
	c := New(Config{Timeout: 2 * time.Minute})
	for _, need := range []string{"pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(need); err != nil || !c.Available() {
			if os.Getenv("CI") == "true" {
				t.Fatalf("CI needs LibreOffice Writer and poppler-utils: %v %v", c.Missing(), err)
			}
			t.Skipf("SKIPPED: no LibreOffice or poppler-utils here: %v %v", c.Missing(), err)
		}
	}
	run(t, c)
	return c
}

func run(t *testing.T, c *Converter) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- c.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run() = %v; want nil", err)
		}
	})
}

// tool runs a poppler program on pdf and returns what it prints.
func tool(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "PDF" {
			args[i] = path
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	c := converter(t)

	t.Run("22 lines of 28 characters", func(t *testing.T) {
		pdf, err := c.Convert(t.Context(), docx(t, ruler(44)))
		if err != nil {
			t.Fatal(err)
		}
		if s := tool(t, pdf, "pdfinfo", "PDF"); !pages(s, 2) {
			t.Errorf("44 lines take another number of pages than 2:\n%s", s)
		}
		full := 0
		for l := range strings.Lines(tool(t, pdf, "pdftotext", "-layout", "-f", "1", "-l", "1", "PDF", "-")) {
			if strings.TrimSpace(l) == strings.Repeat("一二三四五六七八九十", 3)[:28*3] {
				full++
			}
		}
		if full != 22 {
			t.Errorf("%d lines of 28 characters on page 1; want 22", full)
		}
	})

	t.Run("annual summary", func(t *testing.T) {
		d := annual(t)
		pdf, err := c.Convert(t.Context(), docx(t, d))
		if err != nil {
			t.Fatal(err)
		}
		if s := tool(t, pdf, "pdfinfo", "PDF"); !pages(s, 12) {
			t.Errorf("want 12 pages:\n%s", s)
		}
		if !bytes.Contains(pdf, []byte("<pdfaid:part>2</pdfaid:part>")) {
			t.Error("PDF does not say that it is PDF/A-2")
		}
		got := tool(t, pdf, "pdftotext", "PDF", "-")
		for _, want := range []string{"高台县工业和信息化局文件", "〔2025〕", "【待补：发放贷款余额】", "— 1 —", "抄送：县委办公室"} {
			if !strings.Contains(squeeze(got), squeeze(want)) {
				t.Errorf("PDF lacks %q", want)
			}
		}
		// LibreOffice 7.4 loses hanging punctuation in justified lines.
		var text strings.Builder
		if err := WriteText(&text, d); err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{"，", "。", "、", "；", "”"} {
			if g, w := strings.Count(got, p), strings.Count(text.String(), p); g != w {
				t.Errorf("PDF has %d of %s; want %d", g, p, w)
			}
		}
	})

	t.Run("old format in", func(t *testing.T) {
		rtf := []byte(`{\rtf1\ansi\uc0 \u24037\u19994 12.30\par}`)
		got, err := c.ConvertTo(t.Context(), rtf, "rtf", "docx")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadFigures(bytes.NewReader(got), int64(len(got))); err != nil {
			t.Errorf("ReadFigures of the result: %v", err)
		}
		pdf, err := c.Convert(t.Context(), got)
		if err != nil || !strings.Contains(tool(t, pdf, "pdftotext", "PDF", "-"), "工业") {
			t.Errorf("text did not survive: %v", err)
		}
	})

	t.Run("figures survive LibreOffice", func(t *testing.T) {
		got, err := c.ConvertTo(t.Context(), docx(t, small()), "docx", "docx")
		if err != nil {
			t.Fatal(err)
		}
		figs, err := ReadFigures(bytes.NewReader(got), int64(len(got)))
		if err != nil || len(figs) != 3 || figs[0].ID != "va" || figs[0].Text != "12.30" {
			t.Errorf("ReadFigures = %+v, %v; want va, loan, e1", figs, err)
		}
	})

	t.Run("a damaged file, and after it a sound one", func(t *testing.T) {
		if _, err := c.ConvertTo(t.Context(), []byte("PK\x03\x04 not a workbook"), "xlsx", "docx"); errs.Kind(err) != errs.Invalid {
			t.Errorf("ConvertTo(damaged) = %v; want Invalid", err)
		}
		if _, err := c.Convert(t.Context(), docx(t, small())); err != nil {
			t.Errorf("Convert after a damaged file: %v", err)
		}
	})

	t.Run("cancelled, and after it a sound one", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := c.Convert(ctx, docx(t, annual(t))); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Convert(1 ms) = %v; want DeadlineExceeded", err)
		}
		if _, err := c.Convert(t.Context(), docx(t, small())); err != nil {
			t.Errorf("Convert after a cancelled one: %v", err)
		}
	})
}

func pages(info string, n int) bool {
	for l := range strings.Lines(info) {
		if k, v, ok := strings.Cut(l, ":"); ok && k == "Pages" {
			return strings.TrimSpace(v) == strconv.Itoa(n)
		}
	}
	return false
}

// squeeze drops spaces, which LibreOffice puts between numbers and Chinese.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// TestOfficeThatFails drives the converter with a stand-in for soffice: a
// script that opens its lock file as the office does, and then misbehaves.
func TestOfficeThatFails(t *testing.T) {
	for _, tt := range []struct {
		name    string
		timeout time.Duration // long enough to start, where the script starts
		script  string
		want    string
	}{
		{"ends at once", time.Minute, `exit 3`, "office ended while starting"},
		{"makes nothing", time.Minute, `case "$*" in *--convert-to*) exit 0;; esac; touch "$HOME/.~lock.keep.txt#"; sleep 600`, "打不开这个"},
		{"hangs", 3 * time.Second, `touch "$HOME/.~lock.keep.txt#"; sleep 600`, "超时"},
		{"never starts", 100 * time.Millisecond, `sleep 600`, "未能及时启动"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "soffice")
			if err := os.WriteFile(path, []byte("#!/bin/sh\n"+tt.script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			c := New(Config{Soffice: path, Timeout: tt.timeout})
			run(t, c)
			for range 2 { // the second meets what the first left
				_, err := c.Convert(t.Context(), docx(t, small()))
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("Convert = %v; want %q", err, tt.want)
				}
			}
		})
	}
}

func TestWithoutOffice(t *testing.T) {
	c := New(Config{Soffice: filepath.Join(t.TempDir(), "nowhere")})
	if c.Available() {
		t.Fatal("Available() = true without a program")
	}
	_, err := c.Convert(t.Context(), docx(t, small()))
	if errs.Kind(err) != errs.NotFound || !strings.Contains(errs.Text(err), "找不到 LibreOffice") {
		t.Errorf("Convert = %v; want a sentence about LibreOffice", err)
	}
}

func TestConvertRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "soffice")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	c := New(Config{Soffice: path})
	for _, tt := range []struct {
		name     string
		in       []byte
		from, to string
	}{
		{"a web page, which names what to load", nil, "html", "pdf"},
		{"a path as extension", nil, "../x", "pdf"},
		{"another target", nil, "docx", "html"},
		{"too large", make([]byte, maxInput+1), "doc", "pdf"},
		{"not a docx", []byte("x"), "docx", "pdf"},
	} {
		if _, err := c.ConvertTo(t.Context(), tt.in, tt.from, tt.to); errs.Kind(err) != errs.Invalid {
			t.Errorf("%s: ConvertTo = %v; want Invalid", tt.name, err)
		}
	}
}
