package db

import (
	"fmt"

	"github.com/jackc/pgx/v5"
	sqlite3 "modernc.org/sqlite/lib"
)

// IsUnique says that err is a row refused because its key is taken: for
// versions, that somebody else was faster.
func IsUnique(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return postgresCode(err) == "23505"
}

// explain gives trouble with the file, the disk or the server, which an
// operator must mend, its sentence. It has no kind: nobody asked wrongly.
func (d *DB) explain(err error) error {
	if d.engine == SQLite {
		return sayFile(nil, d.place, err)
	}
	return sayServer(nil, d.place, err)
}

// Explain is explain for errors that come from rows, which pass by this package.
func (d *DB) Explain(err error) error { return d.explain(err) }

// SamePlace reports whether two addresses postgres://… lead to one database.
func SamePlace(a, b string) bool {
	x, errX := pgx.ParseConfig(a)
	y, errY := pgx.ParseConfig(b)
	if errX != nil || errY != nil {
		return a == b
	}
	return x.Host == y.Host && x.Port == y.Port && x.Database == y.Database
}

// because is the sentence for people with its cause, for the log, behind it.
func because(said, cause error) error { return fmt.Errorf("%w (%w)", said, cause) }
