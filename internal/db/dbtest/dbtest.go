package dbtest

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gongmai/internal/db"
)

// Each runs fn on a fresh, migrated database of each engine, as the subtests
// "sqlite" and "postgres".
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	for _, engine := range []string{db.SQLite, db.Postgres} {
		t.Run(engine, func(t *testing.T) { fn(t, Open(t, engine)) })
	}
}

// Open returns one fresh, migrated database, closed when the test ends.
func Open(t testing.TB, engine string) *db.DB {
	t.Helper()
	if engine == db.Postgres {
		server := Postgres(t)
		from, err := template()
		if err != nil {
			t.Fatalf("migrating the template on PostgreSQL: %v", err)
		}
		return open(t, db.Config{URL: create(t, server, from)})
	}
	file, err := migratedFile()
	if err != nil {
		t.Fatalf("migrating the template file: %v", err)
	}
	path := filepath.Join(t.TempDir(), "gongmai.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, db.Config{Path: path})
}

// Empty says where a fresh database without any table is, for tests of what
// opens and migrates one itself.
func Empty(t testing.TB, engine string) db.Config {
	t.Helper()
	if engine == db.Postgres {
		return db.Config{URL: create(t, Postgres(t), "template0")}
	}
	return db.Config{Path: filepath.Join(t.TempDir(), "gongmai.db")}
}

func open(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("closing the database: %v", err)
		}
	})
	return d
}

// migratedFile is a migrated SQLite file; tests get copies of it.
var migratedFile = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "gongmai-sqlite-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "template.db")
	if err := migrate(db.Config{Path: path}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
