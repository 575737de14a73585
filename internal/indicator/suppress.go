package indicator

import (
	"slices"

	"gongmai/internal/unit"
)

// Limits of what may be published of unit-level statistical data (统计法 第九条、第二十五条;
// the numbers are the county's convention, as is common in statistical offices).
const (
	leastUnits   = 3  // fewer reveal each other
	mostDominant = 85 // percent: one unit with more is revealed by the sum
)

// Cell is one part of a total, as suppression sees it.
type Cell struct {
	Units   int // that stand behind it
	Total   unit.Decimal
	Largest unit.Decimal // of any one unit, by amount
}

// sensitive reports whether a cell reveals a unit by itself.
func (c Cell) sensitive() bool {
	switch {
	case c.Units == 0:
		return false
	case c.Units < leastUnits:
		return true
	}
	// Largest/Total > 85 %, without a quotient; amounts of both signs add up to
	// less than they are, which makes the test stricter.
	part, err := c.Largest.Abs().Mul(unit.Int(100))
	if err != nil {
		return true
	}
	whole, err := c.Total.Abs().Mul(unit.Int(mostDominant))
	return err != nil || part.Cmp(whole) > 0
}

// Suppress says which cells of a total must not be shown. Beside the sensitive
// ones a further cell is withheld where the total would give a single one away
// by subtraction: the smallest of the others (次级抑制), and more while all that
// is withheld together still rests on fewer than three units.
func Suppress(cells []Cell) []bool {
	out := make([]bool, len(cells))
	hidden, units := 0, 0
	for i, c := range cells {
		if c.sensitive() {
			out[i] = true
			hidden++
			units += c.Units
		}
	}
	if hidden == 0 {
		return out
	}
	for _, i := range bySize(cells) {
		if hidden > 1 && units >= leastUnits {
			break
		}
		if !out[i] && cells[i].Units > 0 {
			out[i] = true
			hidden++
			units += cells[i].Units
		}
	}
	return out
}

// bySize orders cells by their amount, smallest first.
func bySize(cells []Cell) []int {
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cells[a].Total.Abs().Cmp(cells[b].Total.Abs()) })
	return order
}
