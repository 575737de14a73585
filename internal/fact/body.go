package fact

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"gongmai/internal/unit"
)

// Field is one named value of a body.
type Field struct {
	Code  string
	Value Value
}

// Body is the whole of what one version states, sorted by code, without
// Missing fields: what nobody stated is not there.
type Body []Field

// NewBody sorts fields and drops the missing ones. A code given twice panics:
// that is a broken caller, not bad input.
func NewBody(fields ...Field) Body {
	b := slices.DeleteFunc(slices.Clone(Body(fields)), func(f Field) bool { return f.Value.typ == Missing })
	slices.SortFunc(b, func(x, y Field) int { return cmp.Compare(x.Code, y.Code) })
	for i := 1; i < len(b); i++ {
		if b[i].Code == b[i-1].Code {
			panic("fact: field " + b[i].Code + " given twice")
		}
	}
	return b
}

// Get returns the value of a code, Missing when it is not there.
func (b Body) Get(code string) Value {
	if i, ok := slices.BinarySearchFunc(b, code, func(f Field, c string) int { return cmp.Compare(f.Code, c) }); ok {
		return b[i].Value
	}
	return Value{}
}

// With returns a copy of b in which the given fields replace their like; a
// Missing one removes it.
func (b Body) With(fields ...Field) Body {
	out := slices.Clone(b)
	for _, f := range fields {
		out = slices.DeleteFunc(out, func(x Field) bool { return x.Code == f.Code })
		out = append(out, f)
	}
	return NewBody(out...)
}

// Equal reports whether both bodies state the same.
func (b Body) Equal(c Body) bool {
	return slices.EqualFunc(b, c, func(x, y Field) bool { return x.Code == y.Code && x.Value.Equal(y.Value) })
}

// Encode returns the canonical JSON of b: the bytes that are stored and hashed,
// the same on every engine.
func (b Body) Encode() []byte { return b.Append(make([]byte, 0, 24*len(b)+2)) }

// Append appends what Encode returns to out.
func (b Body) Append(out []byte) []byte {
	out = append(out, '{')
	for i, f := range b {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendString(out, f.Code)
		out = append(out, ':')
		out = f.Value.append(out)
	}
	return append(out, '}')
}

func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20:
			b = append(b, `\u00`...)
			b = append(b, hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// Decode reads what Encode wrote, and nothing more general.
func Decode(p []byte) (Body, error) {
	d := decoder{p: p}
	b, err := d.body()
	if err == nil && d.i != len(p) {
		err = d.bad("trailing bytes")
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

type decoder struct {
	p []byte
	i int
}

func (d *decoder) bad(what string) error {
	return fmt.Errorf("decoding body at byte %d: %s", d.i, what)
}

func (d *decoder) eat(c byte) bool {
	if d.i < len(d.p) && d.p[d.i] == c {
		d.i++
		return true
	}
	return false
}

func (d *decoder) body() (Body, error) {
	if !d.eat('{') {
		return nil, d.bad("want {")
	}
	if d.eat('}') {
		return Body{}, nil
	}
	b := make(Body, 0, 16)
	for {
		code, err := d.str()
		if err != nil {
			return nil, err
		}
		if n := len(b); n > 0 && b[n-1].Code >= code {
			return nil, d.bad("codes out of order")
		}
		if !d.eat(':') {
			return nil, d.bad("want :")
		}
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		b = append(b, Field{code, v})
		if d.eat('}') {
			return b, nil
		}
		if !d.eat(',') {
			return nil, d.bad("want , or }")
		}
	}
}

func (d *decoder) value() (Value, error) {
	if d.i >= len(d.p) {
		return Value{}, d.bad("end of body")
	}
	switch c := d.p[d.i]; {
	case c == '"':
		s, err := d.str()
		if err != nil {
			return Value{}, err
		}
		return valueOfString(s)
	case c == '[':
		return d.list()
	case c == 't' || c == 'f':
		return d.word()
	}
	j := d.i
	for j < len(d.p) && (d.p[j] == '-' || d.p[j] == '.' || (d.p[j] >= '0' && d.p[j] <= '9')) {
		j++
	}
	n, err := unit.Parse(string(d.p[d.i:j]))
	if err != nil {
		return Value{}, d.bad(err.Error())
	}
	d.i = j
	return NumberOf(n), nil
}

func (d *decoder) word() (Value, error) {
	for w, v := range map[string]bool{"true": true, "false": false} {
		if d.i+len(w) <= len(d.p) && string(d.p[d.i:d.i+len(w)]) == w {
			d.i += len(w)
			return BoolOf(v), nil
		}
	}
	return Value{}, d.bad("unknown word")
}

func (d *decoder) list() (Value, error) {
	d.i++
	var ss []string
	for !d.eat(']') {
		if len(ss) > 0 && !d.eat(',') {
			return Value{}, d.bad("want , or ]")
		}
		s, err := d.str()
		if err != nil {
			return Value{}, err
		}
		ss = append(ss, s)
	}
	return ListOf(ss...), nil
}

func (d *decoder) str() (string, error) {
	if !d.eat('"') {
		return "", d.bad("want a string")
	}
	start := d.i
	var buf []byte // only when there is an escape
	for d.i < len(d.p) {
		switch c := d.p[d.i]; c {
		case '"':
			s := string(d.p[start:d.i])
			if buf != nil {
				s = string(append(buf, d.p[start:d.i]...))
			}
			d.i++
			return s, nil
		case '\\':
			buf = append(buf, d.p[start:d.i]...)
			if d.i+1 >= len(d.p) {
				return "", d.bad("end in escape")
			}
			if e := d.p[d.i+1]; e == 'u' {
				if d.i+6 > len(d.p) {
					return "", d.bad("end in escape")
				}
				n, err := strconv.ParseUint(string(d.p[d.i+2:d.i+6]), 16, 16)
				if err != nil {
					return "", d.bad("bad escape")
				}
				buf = utf8.AppendRune(buf, rune(n))
				d.i += 6
			} else {
				buf = append(buf, e)
				d.i += 2
			}
			if buf == nil {
				buf = []byte{}
			}
			start = d.i
		default:
			d.i++
		}
	}
	return "", d.bad("end in string")
}
