package sheet

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
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
	text  bool // not a tag: a CDATA section, whose bytes are in attrs
}

// next returns the text up to the next tag, and the tag. At the end, or after
// an error, it returns ok false; s.err tells which.
func (s *scanner) next() (text []byte, t tag, ok bool) {
	for {
		i, found := s.find(0, '<')
		if !found {
			return nil, tag{}, false
		}
		switch {
		case s.has(i+1, "!--"):
			// Only the text after a comment is of use; texts hold none in practice.
			if !s.skipTo(i, "-->") {
				return nil, tag{}, false
			}
			continue
		case s.has(i+1, "![CDATA["):
			j, found := s.findText(i, "]]>")
			if !found {
				return nil, tag{}, false
			}
			b := s.buf[s.pos : s.pos+j+3]
			s.pos += j + 3
			return b[:i], tag{text: true, attrs: b[i+9 : j]}, true
		case s.has(i+1, "?"):
			j, found := s.findText(i, "?>")
			if !found {
				return nil, tag{}, false
			}
			b := s.buf[s.pos+i : s.pos+j]
			s.pos += j + 2
			if !utf8Declared(b) {
				s.err = errEncoding
				return nil, tag{}, false
			}
			continue
		case s.has(i+1, "!"): // a DTD: nothing we read has one
			s.err = errXML
			return nil, tag{}, false
		}
		j, found := s.findEnd(i)
		if !found {
			return nil, tag{}, false
		}
		b := s.buf[s.pos : s.pos+j]
		s.pos += j + 1
		return b[:i], newTag(b[i+1:]), true
	}
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

func (s *scanner) skipTo(from int, t string) bool {
	i, ok := s.findText(from, t)
	if ok {
		s.pos += i + len(t)
	}
	return ok
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

// attr returns the value of the attribute with a local name, as it stands.
func attr(attrs []byte, name string) ([]byte, bool) {
	for len(attrs) > 0 {
		n, v, rest, ok := nextAttr(attrs)
		if !ok {
			return nil, false
		}
		if string(n) == name {
			return v, true
		}
		attrs = rest
	}
	return nil, false
}

// nextAttr splits off the first attribute; a prefix is dropped from its name.
func nextAttr(b []byte) (name, value, rest []byte, ok bool) {
	i := 0
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	start := i
	for i < len(b) && b[i] != '=' && b[i] > ' ' {
		if b[i] == ':' {
			start = i + 1
		}
		i++
	}
	name = b[start:i]
	for i < len(b) && (b[i] == '=' || b[i] <= ' ') {
		i++
	}
	if i >= len(b) || (b[i] != '"' && b[i] != '\'') {
		return nil, nil, nil, false
	}
	j := bytes.IndexByte(b[i+1:], b[i])
	if j < 0 {
		return nil, nil, nil, false
	}
	return name, b[i+1 : i+1+j], b[i+j+2:], true
}

// appendText appends XML text to dst with its entities resolved and line ends
// made \n.
func appendText(dst, text []byte) []byte {
	for {
		i := bytes.IndexAny(text, "&\r")
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		if text[i] == '\r' {
			dst = append(dst, '\n')
			text = text[i+1:]
			if len(text) > 0 && text[0] == '\n' {
				text = text[1:]
			}
			continue
		}
		j := bytes.IndexByte(text[i:], ';')
		if j < 0 {
			return append(dst, text[i:]...)
		}
		dst = appendEntity(dst, text[i:i+j+1])
		text = text[i+j+1:]
	}
}

// appendEntity appends what &name; or &#n; stands for; one unknown stays as it is.
func appendEntity(dst, e []byte) []byte {
	switch string(e) {
	case "&amp;":
		return append(dst, '&')
	case "&lt;":
		return append(dst, '<')
	case "&gt;":
		return append(dst, '>')
	case "&quot;":
		return append(dst, '"')
	case "&apos;":
		return append(dst, '\'')
	}
	if len(e) < 4 || e[1] != '#' {
		return append(dst, e...)
	}
	digits, base := e[2:len(e)-1], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n := 0
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base || n > utf8.MaxRune {
			return append(dst, e...)
		}
		n = n*base + d
	}
	return utf8.AppendRune(dst, rune(n))
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// unescape resolves _xHHHH_, by which the file format writes what XML cannot.
func unescape(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if i+7 <= len(b) && b[i] == '_' && b[i+1] == 'x' && b[i+6] == '_' {
			n := 0
			for _, c := range b[i+2 : i+6] {
				d := hexDigit(c)
				if d < 0 {
					n = -1
					break
				}
				n = n*16 + d
			}
			if n >= 0 && (n < 0xD800 || n > 0xDFFF) {
				out = utf8.AppendRune(out, rune(n))
				i += 7
				continue
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}
