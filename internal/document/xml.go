package document

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// markup builds XML or HTML text. Only raw writes without escaping.
type markup struct{ bytes.Buffer }

func (m *markup) raw(parts ...string) {
	for _, s := range parts {
		m.WriteString(s)
	}
}

func (m *markup) num(n int) { m.Write(strconv.AppendInt(m.AvailableBuffer(), int64(n), 10)) }

// text writes s escaped for element content and double-quoted attributes.
// Characters that XML 1.0 cannot carry are left out.
func (m *markup) text(s string) {
	from := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		with, ok := escape(r, n)
		if !ok {
			m.WriteString(s[from:i])
			m.WriteString(with)
			from = i + n
		}
		i += n
	}
	m.WriteString(s[from:])
}

// escape returns what stands for r, or ok when r stands for itself.
func escape(r rune, n int) (with string, ok bool) {
	switch r {
	case '&':
		return "&amp;", false
	case '<':
		return "&lt;", false
	case '>':
		return "&gt;", false
	case '"':
		return "&#34;", false
	case '\t', '\n':
		return "", true
	case utf8.RuneError:
		return "", n > 1 // a U+FFFD that was written, not a broken byte
	case 0xFFFE, 0xFFFF:
		return "", false
	}
	return "", r >= 0x20 && r != 0x7F
}
