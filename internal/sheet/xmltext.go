package sheet

import (
	"bytes"
	"unicode/utf8"
)

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
