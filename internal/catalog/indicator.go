package catalog

import (
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Kinds of indicator, as the annual summary's map names them.
const (
	Reported  = "reported"
	Counted   = "counted"
	Derived   = "derived"
	Parameter = "text-parameter"
)

// Accumulation of an indicator over time.
const (
	AddsUp = "flow"  // adds up over months
	AtEnd  = "stock" // state at the end of a period
	OfSums = "ratio" // recomputed from its summed parts, never added
)

// SenseGrowth marks a growth rate: it prints 增长×% or 下降×% by itself.
const SenseGrowth = "growth"

// Spans that a report run gives to an indicator which is not asked for a period of its own.
const (
	SpanStat = "stat" // 1—N月, the months with an accepted statistics batch
	SpanYear = "year" // the whole year up to the cut-off day (当年, 至目前)
	SpanEnd  = "end"  // at the cut-off day
	SpanNext = "next" // next year, of plans
)

// Count says which records are counted or summed, and when they belong to a period.
type Count struct {
	Pos
	Of       fact.Kind `yaml:"of"`
	Where    string    `yaml:"where"`
	On       string    `yaml:"on"`       // date field: a flow, counted in the period it lies in
	Until    string    `yaml:"until"`    // with On: a stock, in force from On until this date field
	Distinct string    `yaml:"distinct"` // "subject" or a field: several records of one count once
	Field    string    `yaml:"field"`    // summed instead of counted
	Items    Items     `yaml:"items"`    // of a form: the item for each span
	Carry    int       `yaml:"carry"`    // months that a missing stock is carried forward
	Cond     *expr.Program
}

// Items are the codes of one measure in a form, by the span they cover.
type Items struct {
	Month string `yaml:"month"`
	YTD   string `yaml:"ytd"`
	End   string `yaml:"end"`
}

// Source of a parameter's text.
type Source struct {
	Run     string `yaml:"run"`     // year, stat_year, month_from, month_to
	Setting string `yaml:"setting"` // a key of settings
	Text    string `yaml:"text"`    // a constant
}

// Indicator (指标) is a number that people see.
type Indicator struct {
	Pos
	Code string `yaml:"indicator"`
	Label
	Seed       []int      `yaml:"seed"`
	Unit       unit.Code  `yaml:"unit"`
	Digits     int        `yaml:"digits"` // decimal places printed
	Accumulate string     `yaml:"accumulate"`
	Kind       string     `yaml:"kind"`
	Caliber    string     `yaml:"caliber"` // 口径
	Span       string     `yaml:"span"`
	Count      *Count     `yaml:"count"`
	Sum        *Count     `yaml:"sum"`
	Derive     string     `yaml:"derive"` // formula over indicators; last.X is a year before, prev.X the span before
	Source     *Source    `yaml:"parameter"`
	Prints     string     `yaml:"prints"`   // given or records: which prints when both are there
	Provider   string     `yaml:"provider"` // office that is asked for it (征数)
	Group      string     `yaml:"group"`    // of the indicator list
	Better     string     `yaml:"better"`   // up or down
	Sense      string     `yaml:"sense"`    // growth: a rate that says itself how something moved
	Growth     string     `yaml:"growth"`   // the indicator that states its growth; without it two years are compared
	Headline   bool       `yaml:"headline"` // stands on the desk, and at the head of an enterprise
	Until      period.Day `yaml:"until"`    // no longer kept; never changes meaning
	Formula    *expr.Program
}

// Records returns what the indicator counts or sums, or nil.
func (i *Indicator) Records() *Count {
	if i.Count != nil {
		return i.Count
	}
	return i.Sum
}

// Block is one block of an outline.
type Block struct {
	Pos
	Heading string   `yaml:"heading"` // with its own number: 一、…
	Level   int      `yaml:"level"`
	Text    string   `yaml:"text"` // with {{code|form}} placeholders
	RunIn   string   `yaml:"run_in"`
	When    string   `yaml:"when"` // a condition over figures
	Rows    []string `yaml:"rows"` // an annex table of indicators
	Cond    *expr.Program
}

// Outline is the plan of an official document (公文提纲).
type Outline struct {
	Pos
	Code string `yaml:"report"`
	Label
	Seed   []int   `yaml:"seed"`
	Title  string  `yaml:"title"`
	Blocks []Block `yaml:"blocks"`
	Rules  []Rule  `yaml:"rules"`
}

// Rule must hold between the figures of a report before it is printed.
type Rule struct {
	Pos
	Rule string `yaml:"rule"`
	Say  string `yaml:"say"`
	Cond *expr.Program
}

// Role is what a person may do (角色).
type Role struct {
	Pos
	Code string `yaml:"role"`
	Label
	Rights []string `yaml:"rights"`
	Home   string   `yaml:"home"` // page where the person lands
}

// Holidays are the days that the State Council moved in one year.
type Holidays struct {
	Pos
	Year     int          `yaml:"holidays"`
	Document string       `yaml:"document"`
	Off      []period.Day `yaml:"off"`  // no work, weekends included when they belong to a holiday
	Work     []period.Day `yaml:"work"` // weekends that are worked
}

// Settings are the county's own words.
type Settings struct {
	Pos
	Values map[string]string `yaml:"settings"`
}
