// Package db (数据库) runs one SQL text on two engines: SQLite in one file, and
// PostgreSQL when a county outgrows it.
//
// Reading and writing take different ways. [DB.QueryContext] reads through a
// pool of connections that cannot write; what a read finds is what had been
// committed when it began. [DB.Tx] writes: on SQLite all writers queue for the
// one write connection, so nobody is ever told that the database is locked; on
// PostgreSQL they run side by side and order themselves by the rows they lock.
//
// # What a query may say
//
// Placeholders are $1, $2, in any order, repeated at will. Columns are TEXT,
// BIGINT, INTEGER and BOOLEAN; JSON is TEXT; instants are BIGINT microseconds
// of UTC (…_us), civil days are INTEGER 20251130. INTEGER PRIMARY KEY is the row id on SQLite and
// four bytes on PostgreSQL. COLLATE "C" orders by bytes on both. The words for
// time (now()), for rounding and for folding case differ: do these in Go.
//
// # Limits
//
// Close the rows of a transaction before its next statement: PostgreSQL has
// one conversation a connection. Never call a method of [DB] inside Tx: a
// read there does not see what the transaction wrote, and a Tx inside a Tx
// waits for itself. A SQLite file belongs to one process; this package does
// not lock the data folder, its owner does.
package db
