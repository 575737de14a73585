package fact

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind is a room and a type of it: survey:B204-1, ledger:inspection,
// register:enterprise, given:above_scale_value_added.
type Kind string

// Room and Type are the two parts.
func (k Kind) Room() string { r, _, _ := strings.Cut(string(k), ":"); return r }
func (k Kind) Type() string { _, t, _ := strings.Cut(string(k), ":"); return t }

// Ref names one fact, or one whole version when Field is empty, by a natural
// key that is the same on every engine and after every restore:
//
//	survey:B204-1/2025-11/91620724MA0000001X/c05@2
//	ledger:inspection/k7f3q2/@3
type Ref struct {
	Kind    Kind
	Record  string // may itself hold slashes
	Field   string
	Version int32
}

func (r Ref) String() string {
	s := string(r.Kind) + "/" + r.Record
	if r.Field != "" {
		s += "/" + r.Field
	}
	return s + "@" + strconv.Itoa(int(r.Version))
}

// MarshalText writes String.
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Ref) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRef(string(b))
	return err
}

// ParseRef reads a Ref. Whether the last part is a field is known from the
// number of parts of the kind's record key, which depth gives (survey 2, given 2,
// else 1).
func ParseRef(s string) (Ref, error) {
	bad := fmt.Errorf("parsing ref %q: want kind/record/field@version", s)
	at := strings.LastIndexByte(s, '@')
	kind, rest, ok := strings.Cut(s[:max(at, 0)], "/")
	if at < 0 || !ok || !strings.Contains(kind, ":") {
		return Ref{}, bad
	}
	v, err := strconv.ParseInt(s[at+1:], 10, 32)
	if err != nil || v < 1 {
		return Ref{}, bad
	}
	r := Ref{Kind: Kind(kind), Record: rest, Version: int32(v)}
	depth := 1
	switch r.Kind.Room() {
	case "survey", "given":
		depth = 2
	}
	if parts := strings.Split(rest, "/"); len(parts) > depth {
		r.Record, r.Field = strings.Join(parts[:depth], "/"), strings.Join(parts[depth:], "/")
	}
	return r, nil
}
