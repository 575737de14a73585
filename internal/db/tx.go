package db

import (
	"context"
	"database/sql"
)

// Tx is one write transaction. It belongs to the goroutine that runs it.
type Tx struct {
	tx     *sql.Tx
	engine string
	texts  *texts               // nil on PostgreSQL
	bound  map[string]*sql.Stmt // statements of this transaction, by text
	fresh  []string             // texts compiled in this transaction for the first time
}

// Tx runs do in one write transaction and commits when it returns nil. An
// error, a panic, or the end of ctx rolls everything back. do may be run again
// by a caller that wants to: it must not keep anything outside the database.
func (d *DB) Tx(ctx context.Context, do func(tx *Tx) error) error {
	fresh, err := d.run(ctx, do)
	if err != nil {
		return d.explain(err)
	}
	for _, text := range fresh { // the one write connection is free again
		if _, err := d.wrote.prepare(ctx, text); err != nil {
			return nil //nolint:nilerr // the work is committed; the text is compiled once more next time
		}
	}
	return nil
}

// run is Tx without what comes after the commit.
func (d *DB) run(ctx context.Context, do func(tx *Tx) error) (fresh []string, err error) {
	t, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	done := false
	defer func() {
		if !done {
			// On a broken connection the engine rolls back by itself, and err
			// already says what is wrong.
			t.Rollback() //nolint:errcheck // see above
		}
	}()
	tx := &Tx{tx: t, engine: d.engine, texts: d.wrote, bound: map[string]*sql.Stmt{}}
	if err := do(tx); err != nil {
		return nil, err
	}
	done = true
	return tx.fresh, t.Commit()
}

// ExecContext runs a statement that returns no rows.
func (t *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := t.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return t.tx.ExecContext(ctx, query, args...)
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext returns rows, which must be closed before the next statement.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := t.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return t.tx.QueryContext(ctx, query, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext returns one row; errors wait for its Scan.
func (t *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := t.stmt(ctx, query)
	if stmt == nil || err != nil {
		return t.tx.QueryRowContext(ctx, query, args...) // says the same error again
	}
	return stmt.QueryRowContext(ctx, args...)
}

// PrepareContext returns a statement that lives as long as the transaction.
// The other methods reuse compiled statements by themselves; this one is for
// loops that should not look the text up a million times.
func (t *Tx) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	stmt, err := t.stmt(ctx, query)
	if stmt != nil || err != nil {
		return stmt, err
	}
	return t.tx.PrepareContext(ctx, query)
}

// stmt returns the statement of query bound to this transaction, or nil when
// it is to be run as text.
func (t *Tx) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := t.bound[query]; s != nil {
		return s, nil
	}
	if kept := t.texts.find(query); kept != nil {
		s := t.tx.StmtContext(ctx, kept)
		t.bound[query] = s
		return s, nil
	}
	if t.texts.full() {
		return nil, nil
	}
	s, err := t.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	t.bound[query] = s
	t.fresh = append(t.fresh, query)
	return s, nil
}
