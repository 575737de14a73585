// Package register (名录) holds what exists: enterprises, parks, sites,
// agencies, service organisations, and the dated memberships between them
// (规上 intervals, parks, key lists).
//
// A Roll is the register as it was on one day: figures for a scope follow the
// membership of their period, while access follows today's.
package register
