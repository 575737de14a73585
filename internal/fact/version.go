package fact

import (
	"math"
	"time"

	"gongmai/internal/period"
)

// Seq is a place in the order of knowledge: gap-free, given under one lock.
type Seq int64

// Newest is later than every Seq.
const Newest Seq = math.MaxInt64

// Version is one state of one record, never changed after it was written.
type Version struct {
	Seq         Seq
	Kind        Kind
	Record      string
	Version     int32 // 1, 2, 3 … without gaps
	Edition     int64 // of the catalogue that fixes the meaning of the fields
	State       string
	Subject     string        // credit code of the enterprise it is about, or ""
	Period      period.Period // of returns and given figures
	EffectiveOn period.Day    // the Beijing day from which it holds
	Body        Body

	// What the audit entry of the same Seq says; filled where it is asked for.
	RecordedAt time.Time
	Actor      string
	Act        string
	Reason     string
}

// Ref names the whole version.
func (v *Version) Ref() Ref { return Ref{Kind: v.Kind, Record: v.Record, Version: v.Version} }
