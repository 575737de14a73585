package fact

import (
	"fmt"
	"strconv"
	"strings"

	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Type is the closed set of what a field can hold, and of how it can be absent.
type Type uint8

// The types. The first three are absences and are never the same as zero.
const (
	Missing       Type = iota // nobody has stated it
	NotApplicable             // stated to have no meaning here (不适用)
	NotReturned               // the office that decides has not fed it back (未反馈)
	Number
	Text
	Day
	Bool
	List
)

// Value is one field's value. The zero Value is Missing.
type Value struct {
	typ Type
	num unit.Decimal // Number; Day as yyyymmdd; Bool as 0 or 1
	str string       // Text; List joined by listSep
}

const listSep = "\x1f"

// NumberOf, TextOf, DayOf, BoolOf, ListOf and Absent make values.
func NumberOf(d unit.Decimal) Value { return Value{typ: Number, num: d} }
func TextOf(s string) Value         { return Value{typ: Text, str: s} }
func DayOf(d period.Day) Value      { return Value{typ: Day, num: unit.Int(int64(d))} }
func ListOf(ss ...string) Value     { return Value{typ: List, str: strings.Join(ss, listSep)} }

// BoolOf makes a Bool.
func BoolOf(b bool) Value {
	if b {
		return Value{typ: Bool, num: unit.Int(1)}
	}
	return Value{typ: Bool}
}

// Absent makes one of the absences.
func Absent(t Type) Value {
	if t > NotReturned {
		panic("fact: not an absence")
	}
	return Value{typ: t}
}

// Type returns what v holds.
func (v Value) Type() Type { return v.typ }

// Present reports whether v holds something.
func (v Value) Present() bool { return v.typ > NotReturned }

// Number returns the decimal of a Number.
func (v Value) Number() (d unit.Decimal, ok bool) { return v.num, v.typ == Number }

// Text returns the text of a Text, and "" of anything else.
func (v Value) Text() string {
	if v.typ != Text {
		return ""
	}
	return v.str
}

// Day returns the day of a Day, and 0 of anything else.
func (v Value) Day() period.Day {
	if v.typ != Day {
		return 0
	}
	return period.Day(v.num.Coef())
}

// Bool returns the truth of a Bool, and false of anything else.
func (v Value) Bool() bool { return v.typ == Bool && v.num.Coef() == 1 }

// List returns the members of a List.
func (v Value) List() []string {
	if v.typ != List || v.str == "" {
		return nil
	}
	return strings.Split(v.str, listSep)
}

// Equal reports whether v and w state the same: 1.50 and 1.5 do.
func (v Value) Equal(w Value) bool {
	if v.typ == Number && w.typ == Number {
		return v.num.Cmp(w.num) == 0
	}
	return v == w
}

// String prints v for people and for lineage; absences print as words.
func (v Value) String() string {
	switch v.typ {
	case NotApplicable:
		return "不适用"
	case NotReturned:
		return "未反馈"
	case Number:
		return v.num.String()
	case Text:
		return v.str
	case Day:
		return v.Day().String()
	case Bool:
		if v.Bool() {
			return "是"
		}
		return "否"
	case List:
		return strings.Join(v.List(), "、")
	}
	return ""
}

// append writes v as canonical JSON: numbers as they were stated, days and
// absences as strings behind an @, so that a body can be read without its type.
func (v Value) append(b []byte) []byte {
	switch v.typ {
	case Missing:
		return append(b, `"@missing"`...)
	case NotApplicable:
		return append(b, `"@na"`...)
	case NotReturned:
		return append(b, `"@pending"`...)
	case Number:
		return v.num.Append(b)
	case Day:
		return append(append(append(b, `"@`...), v.Day().String()...), '"')
	case Bool:
		return strconv.AppendBool(b, v.Bool())
	case List:
		b = append(b, '[')
		for i, s := range v.List() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, s)
		}
		return append(b, ']')
	}
	if strings.HasPrefix(v.str, "@") {
		return appendString(b, "@"+v.str)
	}
	return appendString(b, v.str)
}

func valueOfString(s string) (Value, error) {
	if !strings.HasPrefix(s, "@") {
		return TextOf(s), nil
	}
	switch s[1:] {
	case "na":
		return Absent(NotApplicable), nil
	case "pending":
		return Absent(NotReturned), nil
	case "missing":
		return Value{}, nil
	}
	if strings.HasPrefix(s, "@@") {
		return TextOf(s[1:]), nil
	}
	d, err := period.ParseDay(s[1:])
	if err != nil {
		return Value{}, fmt.Errorf("decoding value %q: %w", s, err)
	}
	return DayOf(d), nil
}

// MarshalText prints v for JSON answers: every value is a string there.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }
