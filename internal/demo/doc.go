// Package demo (演示县) writes a synthetic county through the methods of the
// rooms, as if officials, reporters and offices had worked there for some years.
//
// What happens is data: the script (catalog/demo) says which enterprises there
// are, how each return's items follow from a small model of an economy, how
// often each case arises, which steps it takes and after how many days, and
// which office sends which figure when. This package only tells the time: a
// Clock walks through the days, and every act is written on its day, by the
// person who does it. A ledger that the script does not know gets a few cases
// that walk along its own flow.
//
// The same seed gives the same ids, times, values and order on both engines:
// every subject has random numbers of its own, and no map is ranged over where
// order matters. All names and values are invented; what the script names after
// the annual summary is vocabulary, not fact.
package demo
