// Package bench (对比) sets what we do beside what others do with the same
// input, in CPU seconds of both processes, and prints the versions of both.
// Times of wall clocks say little on shared machines; only what a person waits
// for, a correction and a report, is printed in them, and none is asserted.
//
// Reading figures: hand-written PostgreSQL and pandas get the same county, made
// from a seed, and must give the same answers before anything is measured: of
// each item the month, the months from January and their growth over a year
// before, for the county, its divisions and its towns. Ours is what a page
// calls (Reading.Breakdown and Reading.Figure), with exact decimals, versions
// and the digest of every figure's facts. PostgreSQL carries neither digests nor
// versions, and has an index that answers alone, a warm cache, prepared
// statements and no network.
//
// It runs by `make bench`, never in `go test ./...`.
package bench
