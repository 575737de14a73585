package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"gongmai/internal/errs"
)

// Migrations are one numbered list, appended, never edited, each in one
// transaction and one text for both engines. There is no way down: going back
// is a restore of the backup made before.
//
//go:embed migrations/*.sql
var embedded embed.FS

// Migrate brings the schema to what this program knows. Doing it twice does
// nothing; two processes at once do it once.
func (d *DB) Migrate(ctx context.Context) (err error) {
	defer errs.Wrap(&err, "migrating database %q", d.place)
	if err := refuseNewer(ctx, d.read, d.engine, d.place); err != nil {
		return d.explain(err)
	}
	p, err := d.provider()
	if err != nil {
		return err
	}
	_, err = p.Up(ctx) // p is not closed: that would close our pool
	return d.explain(err)
}

// MigrateTo brings an older schema to a version this program knows and no
// further, to take back what was saved at that version.
func (d *DB) MigrateTo(ctx context.Context, version int64) (err error) {
	defer errs.Wrap(&err, "migrating database %q to version %d", d.place, version)
	p, err := d.provider()
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return d.explain(err)
}

func (d *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, d.write, files, options...)
	}
	only, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // seconds, tries
	if err != nil {
		return nil, err
	}
	options = append(options, goose.WithSessionLocker(only))
	return goose.NewProvider(goose.DialectPostgres, d.write, files, options...)
}

// Version returns the number of the newest migration the database has, 0 for
// an empty one.
func (d *DB) Version(ctx context.Context) (version int64, err error) {
	defer errs.Wrap(&err, "reading schema version of %q", d.place)
	version, err = versionOf(ctx, d.read, d.engine)
	return version, d.explain(err)
}

// Newest returns the number of the newest migration this program has.
func Newest() (int64, error) {
	names, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		newest = max(newest, n)
	}
	return newest, nil
}

const (
	hasVersionSQLite   = `SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'`
	hasVersionPostgres = `SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'goose_db_version'`
	maxVersion         = `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`
)

// versionOf reads the version without making the table that holds it, which
// the migrator's own question would do.
func versionOf(ctx context.Context, pool *sql.DB, engine string) (version int64, err error) {
	exists := hasVersionSQLite
	if engine == Postgres {
		exists = hasVersionPostgres
	}
	var tables int
	if err := pool.QueryRowContext(ctx, exists).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	err = pool.QueryRowContext(ctx, maxVersion).Scan(&version)
	return version, err
}

// refuseNewer stops a program that is older than the data.
func refuseNewer(ctx context.Context, pool *sql.DB, engine, place string) error {
	has, err := versionOf(ctx, pool, engine)
	if err != nil {
		return err
	}
	knows, err := Newest()
	if err != nil {
		return err
	}
	if has > knows {
		return errs.Say(errs.Invalid, "数据库 %s 的结构是第 %d 版，本程序只认识到第 %d 版：请换用新版本的程序", place, has, knows)
	}
	return nil
}

// Digest names the list of migrations by its content: two programs with the
// same digest make the same tables.
func Digest() (string, error) {
	names, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, name := range names {
		text, err := embedded.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
