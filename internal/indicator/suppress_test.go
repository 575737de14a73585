package indicator

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/unit"
)

func TestSuppress(t *testing.T) {
	cell := func(units int, total, largest string) Cell {
		return Cell{Units: units, Total: unit.MustParse(total), Largest: unit.MustParse(largest)}
	}
	for _, tt := range []struct {
		name  string
		cells []Cell
		want  []bool
	}{
		{"nothing to hide", []Cell{cell(3, "100", "50"), cell(5, "200", "60")}, []bool{false, false}},
		{"no part", nil, []bool{}},
		{"one unit, and the smallest other so that the total does not tell", []Cell{cell(1, "10", "10"), cell(5, "300", "90"), cell(4, "200", "80")}, []bool{true, false, true}},
		{"two units of two parts are hidden together with a third part", []Cell{cell(1, "10", "10"), cell(1, "20", "20"), cell(4, "200", "80"), cell(9, "900", "200")}, []bool{true, true, true, false}},
		{"two parts with three units hide each other", []Cell{cell(2, "10", "6"), cell(1, "20", "20"), cell(4, "200", "80")}, []bool{true, true, false}},
		{"dominant: above 85 %", []Cell{cell(4, "100", "86"), cell(4, "200", "80"), cell(4, "300", "90")}, []bool{true, true, false}},
		{"not dominant: 85 %", []Cell{cell(4, "100", "85"), cell(4, "200", "80")}, []bool{false, false}},
		{"empty parts hide nothing", []Cell{cell(0, "0", "0"), cell(1, "10", "10"), cell(4, "20", "9")}, []bool{false, true, true}},
		{"a single part is the total", []Cell{cell(2, "10", "6")}, []bool{true}},
		{"losses count by amount", []Cell{cell(3, "-100", "-90"), cell(3, "100", "50")}, []bool{true, true}},
		{"three zeros reveal nobody", []Cell{cell(3, "0", "0"), cell(3, "5", "2")}, []bool{false, false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Suppress(tt.cells)); diff != "" {
				t.Errorf("Suppress (-want +got):\n%s", diff)
			}
		})
	}
}
