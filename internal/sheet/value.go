package sheet

import (
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Kind is what a cell states. The set is closed.
type Kind uint8

const (
	Missing       Kind = iota // nothing was filled in; never zero
	NotApplicable             // 不适用: "/", 无, — or 不适用
	NoReply                   // 未反馈
	Text
	Number
	Day
)

// Value is the content of one cell. The field that Kind names is set.
// The zero value is Missing.
type Value struct {
	Kind   Kind
	Text   string
	Number unit.Decimal
	Day    period.Day
}

// OfText returns s as a value; no text is Missing.
func OfText(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{Kind: Text, Text: s}
}

// OfNumber returns d as a value.
func OfNumber(d unit.Decimal) Value { return Value{Kind: Number, Number: d} }

// OfDay returns d as a value; no day is Missing.
func OfDay(d period.Day) Value {
	if d == 0 {
		return Value{}
	}
	return Value{Kind: Day, Day: d}
}

// The marks that Write puts in a cell for the two kinds of absence that are said.
const (
	markNotApplicable = "/"
	markNoReply       = "未反馈"
)

func (v Value) String() string {
	switch v.Kind {
	case NotApplicable:
		return markNotApplicable
	case NoReply:
		return markNoReply
	case Text:
		return v.Text
	case Number:
		return v.Number.String()
	case Day:
		return v.Day.String()
	}
	return ""
}

// absence reads the marks of absence. s is folded.
func absence(s string) (Value, bool) {
	switch s {
	case "/", "无", "—", "——", "不适用":
		return Value{Kind: NotApplicable}, true
	case markNoReply:
		return Value{Kind: NoReply}, true
	}
	return Value{}, false
}
