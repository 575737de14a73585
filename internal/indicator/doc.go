// Package indicator (指标) gives every number that people see: evaluated for a
// scope, a period and a moment of knowledge, and open to the facts it was made of.
//
// A Reading pins one moment and one catalogue edition; a page or a report is
// evaluated in one Reading, so that all its figures agree. A Figure carries its
// value as an exact ratio, rounded once when it is printed, and the digest of
// its facts; the facts themselves are recomputed when somebody asks.
//
// Missing is not zero: a ledger that nobody has begun counts nothing, and says so.
package indicator
