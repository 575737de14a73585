package db

import (
	"fmt"

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

// because is the sentence for people with its cause, for the log, behind it.
func because(said, cause error) error { return fmt.Errorf("%w (%w)", said, cause) }
