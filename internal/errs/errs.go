// Package errs (错误) is how every room says what stopped it.
//
// An error has a kind, which decides the answer (HTTP status, exit code), and,
// where a person must act on it, a Chinese sentence that names the place and
// the mend. Anything without a kind is our own fault: 500, logged with an id.
//
// Faults gathers many: a return or a file answers with all of them at once.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// The kinds. Test with errors.Is.
var (
	NotFound = errors.New("not found")
	Invalid  = errors.New("invalid")
	Conflict = errors.New("conflict")
	Denied   = errors.New("denied")
)

// said is an error with a sentence for people.
type said struct {
	kind error
	text string
}

func (e *said) Error() string { return e.text }
func (e *said) Unwrap() error { return e.kind }

// Say returns an error of a kind carrying a Chinese sentence for people.
func Say(kind error, format string, args ...any) error {
	return &said{kind: kind, text: fmt.Sprintf(format, args...)}
}

// Wrap prefixes *err, when it is not nil, with what was being done. Defer it
// as the first line: defer errs.Wrap(&err, "finding enterprise %q", code).
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// Kind returns the kind of err, or nil when err is our own fault.
func Kind(err error) error {
	for _, k := range []error{NotFound, Invalid, Conflict, Denied} {
		if errors.Is(err, k) {
			return k
		}
	}
	return nil
}

// Text returns what a person should read of err: all faults, else the
// sentence, else a plain word for its kind.
func Text(err error) string {
	var fs Faults
	if errors.As(err, &fs) {
		return fs.Error()
	}
	var s *said
	if errors.As(err, &s) {
		return s.text
	}
	switch Kind(err) {
	case NotFound:
		return "找不到所要的内容"
	case Invalid:
		return "内容不正确：" + err.Error()
	case Conflict:
		return "内容已被别人修改，请刷新后再试"
	case Denied:
		return "没有权限"
	}
	return err.Error()
}

// Fault is one thing that is wrong, and where.
type Fault struct {
	Place   string `json:"place" doc:"Where: a cell, a field, a file and line"`
	Message string `json:"message" doc:"What is wrong and how to mend it, in Chinese"`
}

// Faults are all things that are wrong with one input. As an error it is Invalid.
type Faults []Fault

// Add appends a fault.
func (f *Faults) Add(place, format string, args ...any) {
	*f = append(*f, Fault{Place: place, Message: fmt.Sprintf(format, args...)})
}

// Err returns f as an error, or nil when there is none.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

func (f Faults) Error() string {
	var b strings.Builder
	for i, x := range f {
		if i > 0 {
			b.WriteByte('\n')
		}
		if x.Place != "" {
			b.WriteString(x.Place + "：")
		}
		b.WriteString(x.Message)
	}
	return b.String()
}

// Unwrap makes errors.Is(f, Invalid) true.
func (f Faults) Unwrap() error { return Invalid }
