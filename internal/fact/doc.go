// Package fact (事实) is the vocabulary that every room shares: values, the
// versions that state them, the references that name them, and the columnar
// table in which they are counted.
//
// What people state is a record; each change appends a Version with the whole
// body; a fact is one field of one version, named by its Ref. Nothing here
// writes: room record is the one writer.
//
// A Table holds every version of one kind in memory, column by column, with
// the sequence number that superseded each. "Known at T" is therefore a
// comparison, not a second copy: a row is in force at T when seq ≤ T < next.
//
// Locks: a Table has one RWMutex; Follow takes it for writing, View for reading.
// No other lock is taken under it.
package fact
