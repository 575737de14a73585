package indicator

import (
	"encoding/hex"
	"fmt"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Where a figure's printed value comes from.
const (
	FromRecords   = "records"
	FromGiven     = "given"
	FromFormula   = "derived"
	FromParameter = "parameter"
)

// Figure is one indicator, evaluated.
type Figure struct {
	Indicator *catalog.Indicator
	Scope     Scope
	Period    period.Period
	Known     bool       // false: missing, see Why
	Value     unit.Ratio // in the indicator's unit
	Words     string     // of a text parameter, instead of Value
	Source    string
	Why       string // what is lacking

	Count    int    // of facts: things counted, addends, cells
	Digest   Digest // of those facts
	From     []*Figure
	Given    *Given
	Counted  *Counted // what the records say, when a given figure prints
	Coverage *Coverage
	Notes    []string // what a reader should know: carried forward, an older given figure
}

// Digest identifies what a figure was made of: SHA-256 over the definition,
// the scope, the period and every fact with its value.
type Digest [32]byte

func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes hex.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Digest) UnmarshalText(b []byte) error {
	if n, err := hex.Decode(d[:], b); err != nil || n != len(d) {
		return fmt.Errorf("reading digest %q: want %d hex digits", b, 2*len(d))
	}
	return nil
}

// Given is a figure that another office stated.
type Given struct {
	Value    unit.Decimal
	Provider string
	On       period.Day
	Stage    string
	Document string
	Period   period.Period
	Ref      fact.Ref
}

// Counted is what the county's own records say.
type Counted struct {
	Value  unit.Ratio
	Count  int
	Digest Digest
}

// Coverage says of how many returns that were expected a figure is made.
type Coverage struct{ Have, Want int }

// Number returns the exact value; of a text parameter, the number it spells.
func (f *Figure) Number() (v unit.Ratio, known bool) {
	if f.Words != "" {
		d, err := unit.Parse(f.Words)
		return unit.Exact(d), err == nil
	}
	return f.Value, f.Known
}

// Rounded returns the value as it is printed; ok is false when it is missing
// or a text.
func (f *Figure) Rounded() (d unit.Decimal, ok bool) {
	if !f.Known || f.Words != "" {
		return d, false
	}
	d, err := f.Value.Round(uint8(f.Indicator.Digits))
	return d, err == nil
}

// Text returns the number as it is printed, without its unit; "" when missing.
func (f *Figure) Text() string {
	if f.Words != "" {
		return f.Words
	}
	if d, ok := f.Rounded(); ok {
		return d.String()
	}
	return ""
}
