package sheet

import (
	"strings"
	"unicode"
)

// fold makes headers and marks comparable: no spaces, full-width letters and
// signs as plain ones, no star before what is required.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 0x80 || s[i] == '*' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || invisible(r):
			return -1
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		}
		return r
	}, s), "*")
}

// invisible are the marks that copying from web pages and chats leaves behind.
func invisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r == 0xFEFF || r == 0x2060 || r >= 0x202A && r <= 0x202E
}

// trim cuts spaces and invisible marks off both ends.
func trim(s string) string {
	if s == "" || (s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80) {
		return s
	}
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
}

// shown is s as a message quotes it: one line, not too long.
func shown(s string) string { return clip(strings.Join(strings.Fields(s), " "), 24) }
