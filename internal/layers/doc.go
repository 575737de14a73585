// Package layers (楼层) holds the floor plan of the house, floors.txt, and the
// test that keeps it: one line a floor, ground floor first.
//
// A room is a folder under internal, with all that is in it. It imports rooms
// of lower floors only, never a neighbour. Test aids (golden, countytest, and
// folders named …test such as db/dbtest) are for tests and for each other. Above all rooms
// stand cmd and bench, which may import anything and which nobody imports;
// catalog and web at the top of the tree are embedded files, which import
// nothing of ours and are taken in by app, cmd, bench and tests. Every package
// has exactly one package comment.
//
// The test parses each file itself, so that the test cache notices edits.
package layers
