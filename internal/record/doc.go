// Package record (记录) is the one writer of versions, and the place where
// reach is enforced on reading.
//
// Writes are serial. A committer takes the lock on chain_head, gives each
// version the next seq and a recorded time that never runs back, chains its
// audit entry to the one before, and serves up to 64 waiting writers in one
// transaction. When one of them fails, all are rolled back and each runs alone,
// so that a conflict fails only itself.
//
// Reads go through a Moment: a reader, a seq, and the tables as known then.
//
// Locks: Store.mu guards the queue and the map of tables; a table's own lock
// is taken under neither.
package record
