package db

import (
	"context"
	"database/sql"
	"errors"

	"gongmai/internal/errs"
)

// The engines, as [DB.Engine] names them.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Config says where the database is.
type Config struct {
	Path string // the SQLite file, made when missing (its folder is not)
	URL  string // postgres://user:password@host:port/name; wins over Path

	// Unsynced commits without waiting for the disk. Only for a database that
	// nobody relies on yet: the caller syncs it whole before it is put in its
	// place, and throws it away after a crash.
	Unsynced bool
}

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	engine string
	place  string // for people: the file, or host and name without the password
	write  *sql.DB
	read   *sql.DB
	wrote  *texts // statements of write, SQLite only
	asked  *texts // statements of read, SQLite only
}

// Open opens the database and checks, before touching it, that this program
// can read it. It makes no table: [DB.Migrate] does. What stops it is one
// Chinese sentence of kind errs.Invalid.
func Open(ctx context.Context, c Config) (*DB, error) {
	switch {
	case c.URL != "":
		return openPostgres(ctx, c)
	case c.Path != "":
		return openSQLite(ctx, c)
	}
	return nil, errs.Say(errs.Invalid, "没有指定数据库：需要数据库文件，或 postgres:// 开头的地址")
}

// Engine returns "sqlite" or "postgres".
func (d *DB) Engine() string { return d.engine }

// Close closes all connections. Transactions under way end first.
func (d *DB) Close() error {
	return errors.Join(d.asked.close(), d.wrote.close(), d.read.Close(), d.write.Close())
}

// QueryContext reads rows through a connection that cannot write.
func (d *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := d.asked.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return d.read.QueryContext(ctx, query, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext reads one row; errors wait for its Scan.
func (d *DB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := d.asked.prepare(ctx, query)
	if stmt == nil || err != nil {
		return d.read.QueryRowContext(ctx, query, args...) // says the same error again
	}
	return stmt.QueryRowContext(ctx, args...)
}
