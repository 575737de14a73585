package fact

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func values() *rapid.Generator[Value] {
	return rapid.OneOf(
		rapid.Just(Value{}), rapid.Just(Absent(NotApplicable)), rapid.Just(Absent(NotReturned)),
		rapid.Custom(func(t *rapid.T) Value {
			return NumberOf(unit.New(rapid.Int64().Filter(func(n int64) bool { return n != none }).Draw(t, "coef"), uint8(rapid.IntRange(0, 9).Draw(t, "scale"))))
		}),
		rapid.Map(rapid.OneOf(rapid.String(), rapid.StringMatching(`@[a-z@]{0,4}`)), TextOf),
		rapid.Map(rapid.IntRange(0, 3000), func(n int) Value { return DayOf(period.NewDay(2020, 1, 1+n)) }),
		rapid.Map(rapid.Bool(), BoolOf),
		rapid.Map(rapid.SliceOfN(rapid.StringMatching(`[a-z"\\]{1,5}`), 1, 3), func(s []string) Value { return ListOf(s...) }),
	)
}

// What is encoded decodes to the same, and encodes to the same bytes again.
func TestBodyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var fields []Field
		for i, v := range rapid.SliceOfN(values(), 0, 8).Draw(t, "values") {
			if v.typ == Text {
				v.str = strings.ToValidUTF8(v.str, "?")
			}
			fields = append(fields, Field{fmt.Sprintf("f%d", i), v})
		}
		b := NewBody(fields...)
		got, err := Decode(b.Encode())
		if err != nil {
			t.Fatalf("decoding %s: %v", b.Encode(), err)
		}
		if !got.Equal(b) || string(got.Encode()) != string(b.Encode()) {
			t.Fatalf("%s came back as %s", b.Encode(), got.Encode())
		}
	})
}

func TestBodyIsReadable(t *testing.T) {
	b := NewBody(
		Field{"c05", NumberOf(unit.MustParse("1200.50"))}, Field{"c07", Absent(NotApplicable)}, Field{"a", TextOf(`x"@`)}, Field{"on", DayOf(period.MustDay("2025-03-01"))},
		Field{"gone", Value{}}, Field{"who", ListOf("p1", "p2")},
	)
	want := `{"a":"x\"@","c05":1200.50,"c07":"@na","on":"@2025-03-01","who":["p1","p2"]}`
	if got := string(b.Encode()); got != want {
		t.Errorf("Encode() = %s\nwant      %s", got, want)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"a":"@na","b":-1.50,"c":["x"],"d":true,"e":"\u001f\"@"}`))
	f.Fuzz(func(t *testing.T, p []byte) {
		b, err := Decode(p)
		if err != nil {
			return
		}
		if c, err := Decode(b.Encode()); err != nil || !c.Equal(b) {
			t.Fatalf("%q decodes to %q, which does not come back: %v", p, b.Encode(), err)
		}
	})
}

func TestRefs(t *testing.T) {
	for _, s := range []string{
		"survey:B204-1/2025-11/91350100M000100Y43/c05@2", "survey:B204-1/2025-11/91350100M000100Y43@2", "ledger:inspection/k7f3@3",
		"ledger:inspection/k7f3/inspected_on@3", "given:above_scale_value_added/county/2025-01..11/value@1", "register:enterprise/91350100M000100Y43@1",
	} {
		r, err := ParseRef(s)
		if err != nil || r.String() != s {
			t.Errorf("ParseRef(%q) = %+v, %v", s, r, err)
		}
	}
	for _, s := range []string{"", "x", "ledger/x@1", "ledger:x/y", "ledger:x/y@0", "ledger:x/y@z"} {
		if r, err := ParseRef(s); err == nil {
			t.Errorf("ParseRef(%q) = %+v, want an error", s, r)
		}
	}
}

// A table answers as a plain list of versions does, at every moment.
func TestTableAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := NewTable("ledger:x")
		var all []Version
		n := rapid.IntRange(1, 40).Draw(t, "n")
		last := map[string]int32{}
		for seq := Seq(1); seq <= Seq(n); seq++ {
			id := fmt.Sprint(rapid.IntRange(0, 5).Draw(t, "id"))
			last[id]++
			v := Version{
				Seq: seq, Kind: "ledger:x", Record: id, Version: last[id], Subject: "E" + id, EffectiveOn: period.NewDay(2025, 1, rapid.IntRange(1, 28).Draw(t, "day")),
				Body: NewBody(Field{"a", values().Draw(t, "a")}),
			}
			all = append(all, v)
		}
		for i := 0; i < len(all); { // in pieces, as a follower gets them
			k := rapid.IntRange(i+1, len(all)).Draw(t, "until")
			tab.Follow(Seq(k), all[i:k])
			i = k
		}
		at := Seq(rapid.IntRange(0, n).Draw(t, "at"))
		hide := fmt.Sprint("E", rapid.IntRange(0, 5).Draw(t, "hide"))
		want := map[string]Version{}
		for _, v := range all {
			if v.Seq <= at && v.Subject != hide {
				want[v.Record] = v
			}
		}
		got := map[string]Version{}
		err := tab.View(at, func(s string) bool { return s != hide }, func(v View) error {
			for r := range v.Heads() {
				got[r.Record()] = r.AsVersion()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmp.Comparer(Value.Equal), cmp.Comparer(func(a, b Body) bool { return a.Equal(b) })); d != "" {
			t.Fatalf("at %d (-want +got):\n%s", at, d)
		}
	})
}

// A column's sum is its numbers one by one, whatever places they were stated
// with, and numbers that are too large for those places included; a later one
// with more places does not move the digest of the earlier.
func TestColumnSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := NewTable("survey:x")
		n := rapid.IntRange(1, 12).Draw(t, "n")
		var before []byte
		for i := range n + 1 {
			v := NumberOf(unit.New(rapid.OneOf(rapid.Int64Range(-500, 500), rapid.Int64Range(-1e17, 1e17)).Draw(t, "coef"), uint8(rapid.IntRange(0, 3).Draw(t, "scale"))))
			if rapid.IntRange(0, 5).Draw(t, "absent") == 0 {
				v = Absent(NotApplicable)
			}
			if i == n {
				before, _ = columnSum(t, tab, n)
				v = NumberOf(unit.MustParse("0.123456"))
			}
			tab.Follow(Seq(i+1), []Version{{Seq: Seq(i + 1), Kind: "survey:x", Record: fmt.Sprint(i), Version: 1, Body: NewBody(Field{"a", v})}})
		}
		after, sum := columnSum(t, tab, n)
		if string(before) != string(after) {
			t.Fatal("the digest bytes of the past have moved")
		}
		one := oneByOne(t, tab, n)
		if sum.Total.Cmp(one.Total) != 0 || sum.Largest.Abs().Cmp(one.Largest.Abs()) != 0 || sum.Count != one.Count {
			t.Fatalf("Sum() = %+v, one by one %+v", sum, one)
		}
	})
}

func columnSum(t *rapid.T, tab *Table, n int) (b []byte, s Sum) {
	err := tab.View(Seq(n), nil, func(v View) (err error) {
		b, s, err = v.Column("a").Sum(nil, slices.Collect(v.Heads()))
		return err
	})
	if err != nil {
		t.Skip("overflow is an error:", err)
	}
	return b, s
}

func oneByOne(t *rapid.T, tab *Table, n int) (s Sum) {
	err := tab.View(Seq(n), nil, func(v View) (err error) {
		for r := range v.Heads() {
			d, ok := v.Column("a").Number(r)
			if !ok {
				continue
			}
			s.Count++
			if s.Total, err = s.Total.Add(d); err != nil {
				return err
			}
			if d.Abs().Cmp(s.Largest.Abs()) > 0 {
				s.Largest = d
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
