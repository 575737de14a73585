// Package ledger (台账) keeps cases that move through states: their fields,
// steps, numbers, clocks and duties are files of the catalogue, none is known
// here by name.
//
// A step is a transition of a type's flow. It is taken by a role, from certain
// states, when a condition holds and the needed fields are there; it may be
// signed on paper, with a photo. Each step appends a version; a wrong one is
// taken back by a further step or a correction, never erased.
package ledger
