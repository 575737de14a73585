package survey

import (
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// States of a return.
const (
	Submitted = "submitted"
	Returned  = "returned"
	Accepted  = "accepted"
	Locked    = "locked"
)

// Counts reports whether a return in this state is counted in figures.
func Counts(state string) bool { return state == Accepted || state == Locked }

// Rights.
const (
	File    actor.Right = "survey.file"     // for one's own enterprise
	FillFor actor.Right = "survey.fill_for" // 代填
	Review  actor.Right = "survey.review"
	Lock    actor.Right = "survey.lock"
)

// Meta fields of a return's body, beside its items.
const (
	FiledOn   = "_filed_on"  // day of the first submission
	Stage     = "_stage"     // of a copy: 快报, 直报副本, 反馈, 年报核定
	Source    = "_source"    // of a copy: the file it came from
	Informant = "_informant" // 代填: person id of who stated it
	How       = "_how"       // 代填: phone, WeChat, paper
	Evidence  = "_evidence"  // 代填: digests
)

// Store keeps returns.
type Store struct {
	records  *record.Store
	register *register.Store
	cat      func() *catalog.Catalogue
}

// New returns a Store.
func New(r *record.Store, reg *register.Store, cat func() *catalog.Catalogue) *Store {
	return &Store{records: r, register: reg, cat: cat}
}

// Key is the record of one enterprise's return for one period.
func Key(p period.Period, enterprise string) string { return p.String() + "/" + enterprise }

// Return is what somebody files.
type Return struct {
	Form       string
	Period     period.Period
	Enterprise string
	BasedOn    int32 // zero: the newest
	Cells      fact.Body
	Reason     string
	Fill       *Fill
	Stage      string // of copies
	Source     string
}

// Fill says for whom an official fills in a return (代填).
type Fill struct {
	Informant string
	How       string
	Evidence  []string
}

// Outcome of filing one return.
type Outcome struct {
	Version fact.Version
	Same    bool    // nothing was changed, nothing written
	Faults  []Fault // asks, and, for copies, hard ones too
}
