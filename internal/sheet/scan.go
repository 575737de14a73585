package sheet

import (
	"bytes"
	"errors"
	"io"
)

// scanner splits XML into tags and the text before them. It knows no
// namespaces: a prefix is dropped, as no two parts of a worksheet share a
// local name. It reads UTF-8 only and never expands entities of a DTD.
type scanner struct {
	r    io.Reader
	buf  []byte
	pos  int // next unread byte
	end  int // end of what is in buf
	done bool
	err  error
}

// Errors of the scanner.
var (
	errXML      = errors.New("malformed xml")
	errEncoding = errors.New("xml is not utf-8")
)

// Sizes of the buffer: a tag or a text must fit the largest.
const (
	scanBuffer  = 64 << 10
	scanLongest = 4 << 20
)

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, scanBuffer)} }

// tag is one tag; its bytes are valid until the next call.
type tag struct {
	name  []byte // local name
	attrs []byte
	close bool // </name>
	empty bool // <name/>
	text  bool // not a tag: attrs holds text to be taken as it stands
}

// next returns the text up to the next tag, and the tag. At the end, or after
// an error, it returns ok false; s.err tells which.
func (s *scanner) next() (text []byte, t tag, ok bool) {
	i, found := s.find(0, '<')
	if !found {
		return nil, tag{}, false
	}
	if s.has(i+1, "!") || s.has(i+1, "?") {
		return s.special(i)
	}
	j, found := s.findEnd(i)
	if !found {
		return nil, tag{}, false
	}
	b := s.buf[s.pos : s.pos+j]
	s.pos += j + 1
	return b[:i], newTag(b[i+1:]), true
}

// special takes what is between tags without being one: a CDATA section is
// text, comments and instructions are text of no length.
func (s *scanner) special(i int) (text []byte, t tag, ok bool) {
	begin, end := "?", "?>"
	switch {
	case s.has(i+1, "!--"):
		begin, end = "!--", "-->"
	case s.has(i+1, "![CDATA["):
		begin, end = "![CDATA[", "]]>"
	case s.has(i+1, "!"):
		s.err = errXML // a DTD: nothing we read has one
		return nil, tag{}, false
	}
	j, found := s.findText(i+1+len(begin), end)
	if !found {
		return nil, tag{}, false
	}
	b := s.buf[s.pos : s.pos+j]
	s.pos += j + len(end)
	inner := b[i+1+len(begin):]
	switch {
	case begin == "![CDATA[":
		return b[:i], tag{text: true, attrs: inner}, true
	case begin == "?" && !utf8Declared(inner):
		s.err = errEncoding
		return nil, tag{}, false
	}
	return b[:i], tag{text: true}, true
}

func newTag(b []byte) tag {
	var t tag
	if len(b) > 0 && b[0] == '/' {
		t.close = true
		b = b[1:]
	} else if len(b) > 0 && b[len(b)-1] == '/' {
		t.empty = true
		b = b[:len(b)-1]
	}
	n := 0
	for n < len(b) && b[n] > ' ' {
		if b[n] == ':' {
			b = b[n+1:]
			n = 0
			continue
		}
		n++
	}
	t.name, t.attrs = b[:n], b[n:]
	return t
}

// fill reads more; false at the end of input.
func (s *scanner) fill() bool {
	if s.done || s.err != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= scanLongest {
			s.err = errXML
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.done = true
	} else if err != nil {
		s.err = err
		return false
	}
	return n > 0 || !s.done
}

// find returns the offset from pos of c at or after from.
func (s *scanner) find(from int, c byte) (int, bool) {
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
			return from + i, true
		}
		from = s.end - s.pos
		if !s.fill() {
			return 0, false
		}
	}
}

func (s *scanner) findText(from int, t string) (int, bool) {
	for {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(t)); i >= 0 {
			return from + i, true
		}
		from = max(from, s.end-s.pos-len(t)+1)
		if !s.fill() {
			s.cut()
			return 0, false
		}
	}
}

// findEnd returns the offset of the > that ends the tag begun at from; a > in
// a quoted attribute does not.
func (s *scanner) findEnd(from int) (int, bool) {
	var quote byte
	for i := from; ; {
		j, ok := s.find(i, '>')
		if !ok {
			s.cut()
			return 0, false
		}
		for ; i < j; i++ {
			switch c := s.buf[s.pos+i]; {
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			case c == quote:
				quote = 0
			}
		}
		if quote == 0 {
			return j, true
		}
		i = j + 1
	}
}

// cut notes that the input ended inside something.
func (s *scanner) cut() {
	if s.err == nil {
		s.err = errXML
	}
}

// has reports whether t stands at offset i.
func (s *scanner) has(i int, t string) bool {
	for s.end-s.pos < i+len(t) {
		if !s.fill() {
			return false
		}
	}
	if s.buf[s.pos+i] != t[0] {
		return false
	}
	return string(s.buf[s.pos+i:s.pos+i+len(t)]) == t
}

// utf8Declared reports whether an xml declaration leaves the text UTF-8.
func utf8Declared(b []byte) bool {
	i := bytes.Index(b, []byte("encoding"))
	if i < 0 {
		return true
	}
	low := bytes.ToLower(b[i:])
	return bytes.Contains(low, []byte("utf-8")) || bytes.Contains(low, []byte("utf8")) || bytes.Contains(low, []byte("us-ascii"))
}
