package sheet

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"gongmai/internal/period"
	"gongmai/internal/unit"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var sameDecimal = cmp.Comparer(func(a, b unit.Decimal) bool { return a == b })

// values drops the places from rows.
func values(rows Rows) map[string][]Value {
	out := map[string][]Value{}
	for _, r := range rows.Rows {
		for _, e := range r.Entries {
			out[r.ID] = append(out[r.ID], e.Value)
		}
	}
	return out
}

func blank(r Row, n int) bool {
	for j := range n {
		if r.cell(j).Kind != Missing {
			return false
		}
	}
	return true
}

// sent is what should come back of a sheet: no reference cells, no empty
// lines, numbers in their column's places.
func sent(s Sheet) map[string][]Value {
	out := map[string][]Value{}
	for _, r := range s.Rows {
		if r.Reference || s.Orient == List && blank(r, len(s.Columns)) {
			continue
		}
		for j, c := range s.Columns {
			v := r.cell(j).Value
			if r.cell(j).Reference {
				v = Value{}
			}
			if v.Kind == Number {
				d, err := v.Number.Rescale(c.Scale)
				if err != nil {
					panic(err)
				}
				v = OfNumber(d)
			}
			out[r.ID] = append(out[r.ID], v)
		}
	}
	return out
}

func TestFormsComeBack(t *testing.T) {
	for _, b := range []Book{monthly(), roster(30)} {
		t.Run(b.Form, func(t *testing.T) {
			spec := b.Spec(0)
			for j := range spec.Columns { // drafts: nothing is due yet
				spec.Columns[j].Required = false
			}
			rows, faults := Match(opened(t, written(t, b)), spec)
			if err := faults.Err(); err != nil {
				t.Fatalf("Match: %v", err)
			}
			if d := cmp.Diff(sent(b.Sheets[0]), values(rows), sameDecimal); d != "" {
				t.Errorf("read back (-sent +got):\n%s", d)
			}
		})
	}
}

var words = rapid.StringMatching(`[=+@<>&"'_x0041甲厂—\-][a-z0-9 ,\n\r<&;"'=_xA-F甲乙厂。]{0,12}[a-z甲。]`)

func drawValue(t *rapid.T, c Column) Value {
	switch rapid.SampledFrom([]Kind{Missing, NotApplicable, NoReply, Text, Text, Text}).Draw(t, "kind") {
	case Missing:
		return Value{}
	case NotApplicable:
		return Value{Kind: NotApplicable}
	case NoReply:
		return Value{Kind: NoReply}
	}
	switch c.Type {
	case AsDecimal, AsInteger:
		n := rapid.OneOf(rapid.Int64Range(-1_000_000, 1_000_000), rapid.Int64Min(math.MinInt64+1)).Draw(t, "coef")
		return OfNumber(unit.New(n, c.Scale))
	case AsDate:
		return OfDay(period.MustDay("1950-01-01").Add(rapid.IntRange(0, 80_000).Draw(t, "day")))
	case AsEnum:
		return OfText(rapid.SampledFrom(c.Options).Draw(t, "option"))
	case AsCode:
		return OfText(rapid.StringMatching(`[0-9A-Z]{1,20}`).Draw(t, "code"))
	}
	return OfText(words.Draw(t, "text"))
}

func drawBook(t *rapid.T) Book {
	s := Sheet{Name: "表 1", Title: "表", Corner: "单位：千元", Orient: rapid.SampledFrom([]Orient{List, Card}).Draw(t, "orient")}
	s.Foot = []Label{{Name: "填表人"}, {Name: "核"}}
	n := rapid.IntRange(1, 9).Draw(t, "columns")
	for j := range n {
		c := Column{Code: fmt.Sprint("c", j), Name: fmt.Sprintf("项目%d", j), Type: rapid.SampledFrom([]Type{AsText, AsDecimal, AsInteger, AsDate, AsEnum, AsCode}).Draw(t, "type")}
		switch c.Type {
		case AsDecimal:
			c.Scale = rapid.Uint8Range(0, unit.MaxScale).Draw(t, "scale")
		case AsEnum:
			c.Options = []string{"是", "否", "正常, 满产", `"引号"`, "无"}
		}
		c.Group = rapid.SampledFrom([]string{"", "本月", "累计"}).Draw(t, "group")
		c.Unit = rapid.SampledFrom([]string{"", "千元"}).Draw(t, "unit")
		if c.Group != "" && rapid.Bool().Draw(t, "twin") && s.Orient == List {
			c.Name = "产值" // one name under different groups, told apart by group or order
		}
		s.Columns = append(s.Columns, c)
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "rows") {
		r := Row{ID: fmt.Sprint("r", i), Label: fmt.Sprintf("第%d期", i), Reference: i > 0 && rapid.Bool().Draw(t, "reference")}
		for _, c := range s.Columns {
			r.Cells = append(r.Cells, Cell{Value: drawValue(t, c), Reference: rapid.IntRange(0, 9).Draw(t, "grey") == 0})
		}
		s.Rows = append(s.Rows, r)
	}
	return Book{Form: "F", Sheets: []Sheet{s}}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBook(rt)
		var buf bytes.Buffer
		if err := Write(&buf, b); err != nil {
			rt.Fatalf("Write: %v", err)
		}
		r, err := Read(bytes.NewReader(buf.Bytes()), int64(buf.Len()), Limits{})
		if err != nil {
			rt.Fatalf("Read: %v", err)
		}
		rows, faults := Match(r, b.Spec(0))
		if err := faults.Err(); err != nil {
			rt.Fatalf("Match: %v", err)
		}
		if d := cmp.Diff(sent(b.Sheets[0]), values(rows), sameDecimal); d != "" {
			rt.Fatalf("read back (-sent +got):\n%s", d)
		}
	})
}

func TestSameBookSameBytes(t *testing.T) {
	for _, b := range []Book{monthly(), roster(5)} {
		first := written(t, b)
		for range 5 {
			if !bytes.Equal(first, written(t, b)) {
				t.Fatalf("Write(%s) gave other bytes the second time", b.Form)
			}
		}
	}
}

func TestManifest(t *testing.T) {
	b := monthly()
	m, ok := opened(t, written(t, b)).Manifest()
	if !ok || m.Form != b.Form || m.Period != b.Period || m.Digest != b.Digest {
		t.Errorf("Manifest() = %+v, %v; want form, period and digest of the book", m, ok)
	}
}
