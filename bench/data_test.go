package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"gongmai/internal/code"
	"gongmai/internal/period"
)

const (
	items  = 30
	months = 24
)

var first = period.NewMonth(2024, 1)

// firm is one enterprise and what it states.
type firm struct {
	code, division, town string
	cells                [months][items]int64 // hundredths of 万元; none where it did not state
}

const none = -1

// makeFirms makes n enterprises, the same for the same n. The first of every
// division and town states everything, so that no part is ever without a value.
func makeFirms(n int) []firm {
	rnd := rand.New(rand.NewPCG(2025, uint64(n)))
	divisions := []string{"13", "14", "15", "17", "18", "20", "22", "23", "25", "26", "27", "29", "30", "32", "33", "34", "35", "38", "44", "46"}
	firms := make([]firm, n)
	for i := range firms {
		f := &firms[i]
		f.code = code.MakeCredit('9', '1', "620724", fmt.Sprintf("MB%06d", i))
		f.division, f.town = divisions[i%len(divisions)], fmt.Sprintf("6207241%02d", i%9)
		for item := range items {
			size := 1000 * (1 + rnd.Int64N(1_000_000))
			for m := range months {
				f.cells[m][item] = size + rnd.Int64N(size)
				if i >= len(divisions) && rnd.IntN(20) == 0 {
					f.cells[m][item] = none
				}
			}
		}
	}
	return firms
}

func item(n int) string { return fmt.Sprintf("i%02d", n+1) }

// definitions is the catalogue of the form and its indicators: each item, and
// its growth.
func definitions() string {
	var b strings.Builder
	b.WriteString(`form: BENCH
name: 对照表
copy: 对照
number: 对照
authority: 对照
purpose: statistics
office: operation
every: month
who: "status == 'operating'"
due: {day: 8}
unit: 万元
items:
`)
	for n := range items {
		fmt.Fprintf(&b, "  - {code: %s, name: 第%d项, column: month, scale: 2}\n", item(n), n+1)
	}
	for n := range items {
		c := item(n)
		fmt.Fprintf(&b, "---\nindicator: %s\nname: 第%d项\nunit: 亿元\ndigits: 2\nkind: counted\naccumulate: flow\nspan: stat\ncaliber: 各月之和\nsum: {of: survey:BENCH, items: {month: %s}}\n", c, n+1, c)
		fmt.Fprintf(&b, "---\nindicator: %s_growth\nname: 第%d项同比\nunit: \"%%\"\ndigits: 1\nkind: derived\naccumulate: ratio\nspan: stat\ncaliber: 同比\nderive: \"growth(%s, last.%s)\"\n", c, n+1, c, c)
	}
	return b.String()
}

// The measures of an item.
const (
	month  = "month"
	ytd    = "cumulative"
	growth = "year on year" // of the cumulative value, in percent
)

// The ways to part the county.
var dimensions = []string{"county", "industry", "region"}

// key names one answer.
type key struct {
	item    int
	measure string
	by      string
	part    string // division, town, or "" for the county
	m       int    // month, 0 is the first
}

// answers are 万元 in hundredths, or percent; sums stay below 2⁵³ and so exact.
type answers map[key]float64

// page is what is asked for at once: one measure of one item in one period, for
// all parts of one dimension.
type page struct {
	item    int
	measure string
	by      string
	m       int
}

// pages lists everything that is compared.
func pages() (out []page) {
	for n := range items {
		for m := range months {
			for _, by := range dimensions {
				out = append(out, page{n, month, by, m}, page{n, ytd, by, m})
				if m >= 12 {
					out = append(out, page{n, growth, by, m})
				}
			}
		}
	}
	return out
}
