// Package indicator (指标) gives every number that people see: evaluated for a
// scope, a period and a moment of knowledge, and open to the facts it was made of.
//
// A Reading pins one moment and one catalogue edition; a page or a report is
// evaluated in one Reading, so that all its figures agree. A Figure carries its
// value as an exact ratio, rounded once when it is printed, and the digest of
// its facts; the facts themselves are recomputed when somebody asks.
//
// A breakdown evaluates all parts of the county in one pass and equals the
// figures of their scopes, digests included. What many readings need, the
// accepted returns of a period, who lies in which part and what their columns
// come to, lies on a shelf under all that it was made of.
//
// Locks: each cache of a shelf has a mutex, and each sheet; nothing is locked
// under either.
//
// Missing is not zero: a ledger that nobody has begun counts nothing, and says so.
package indicator
