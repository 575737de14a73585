package survey

import (
	"fmt"

	"gongmai/internal/errs"
)

// Refusal is one thing that keeps a return from being filed: whose return and
// which of its items it is about, beside what people read.
type Refusal struct {
	Enterprise string
	Items      []string // codes; none: the return as a whole
	errs.Fault
}

// Refusals are all of them at once. As an error they read as errs.Faults.
type Refusals []Refusal

// Faults is what people read of r.
func (r Refusals) Faults() errs.Faults {
	var out errs.Faults
	for _, x := range r {
		out = append(out, x.Fault)
	}
	return out
}

func (r Refusals) Error() string { return r.Faults().Error() }

// Unwrap makes errors.As find the errs.Faults.
func (r Refusals) Unwrap() error { return r.Faults() }

// Err returns r as an error, or nil when there is none.
func (r Refusals) Err() error {
	if len(r) == 0 {
		return nil
	}
	return r
}

func (r *Refusals) add(enterprise string, items []string, place, format string, args ...any) {
	*r = append(*r, Refusal{enterprise, items, errs.Fault{Place: place, Message: fmt.Sprintf(format, args...)}})
}
