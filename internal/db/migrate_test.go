package db_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/golden"
)

func TestMigrate(t *testing.T) {
	newest, err := db.Newest()
	if err != nil || newest < 1 {
		t.Fatalf("Newest = %d, %v", newest, err)
	}
	for _, engine := range []string{db.SQLite, db.Postgres} {
		t.Run(engine, func(t *testing.T) {
			d, err := db.Open(t.Context(), dbtest.Empty(t, engine))
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			for i, want := range []int64{0, newest, newest} {
				got, err := d.Version(t.Context())
				if err != nil || got != want {
					t.Errorf("Version after %d migrations = %d, %v; want %d", i, got, err, want)
				}
				if err := d.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			var seq, rows int64
			if err := d.QueryRowContext(t.Context(), `SELECT MAX(seq), COUNT(*) FROM chain_head`).Scan(&seq, &rows); err != nil || seq != 0 || rows != 1 {
				t.Errorf("chain_head has %d rows up to %d, %v", rows, seq, err)
			}
		})
	}
}

// Several servers that start on one empty PostgreSQL migrate it once.
func TestMigrateTogether(t *testing.T) {
	c := dbtest.Empty(t, db.Postgres)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			d, err := db.Open(t.Context(), c)
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(d.Migrate(t.Context()), d.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	for _, engine := range []string{db.SQLite, db.Postgres} {
		t.Run(engine, func(t *testing.T) {
			c := dbtest.Empty(t, engine)
			d, err := db.Open(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			err = errors.Join(d.Migrate(t.Context()), d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := tx.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, TRUE)`)
				return err
			}))
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "第 99 版") {
				t.Errorf("Migrate = %v", err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			before := content(t, c)
			if said := refused(t, c); !strings.Contains(said, "第 99 版，本程序只认识到第") {
				t.Errorf("said %q", said)
			}
			if !bytes.Equal(before, content(t, c)) {
				t.Error("the file was changed")
			}
		})
	}
}

func content(t *testing.T, c db.Config) []byte {
	t.Helper()
	if c.Path == "" {
		return nil
	}
	b, err := os.ReadFile(c.Path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// schema.sql is what all migrations together make, for people to read.
func TestSchemaSnapshot(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	rows, err := d.QueryContext(t.Context(), `SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' AND tbl_name <> 'goose_db_version' ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("-- Made by TestSchemaSnapshot from migrations/; do not edit. Meanings stand there.\n")
	for _, statement := range scan(t, rows) {
		if strings.HasPrefix(statement, "CREATE TABLE") {
			text = append(text, '\n')
		}
		text = append(text, statement+";\n"...)
	}
	golden.Check(t, "../schema.sql", text)
}

// The one text makes the same tables, columns and indexes on both engines.
func TestEnginesHaveOneSchema(t *testing.T) {
	const inSQLite = `SELECT m.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN '' ELSE ' null' END
		FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'goose_db_version'
		UNION ALL SELECT 'index ' || name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1`
	const inPostgres = `SELECT table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END COLLATE "C"
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'
		UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%key' AND tablename <> 'goose_db_version' ORDER BY 1`
	schema := map[string]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		query := inSQLite
		if d.Engine() == db.Postgres {
			query = inPostgres
		}
		rows, err := d.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		names := scan(t, rows)
		for i, name := range names {
			names[i] = strings.Replace(name, "_pkey", "", 1)
		}
		schema[d.Engine()] = strings.Join(names, "\n")
	})
	if len(schema) == 2 {
		if diff := cmp.Diff(schema[db.SQLite], schema[db.Postgres]); diff != "" {
			t.Errorf("(-sqlite +postgres):\n%s", diff)
		}
	}
	if n := strings.Count(schema[db.SQLite], "\n"); n < 50 {
		t.Errorf("only %d lines were compared:\n%s", n, schema[db.SQLite])
	}
}

func scan(t *testing.T, rows *sql.Rows) (texts []string) {
	t.Helper()
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(fmt.Errorf("reading: %w", err))
	}
	return texts
}
