package db

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// mostTexts bounds the statements kept for one pool. Texts in the code are
// some hundreds; lists with filters make up more of them as they go, and those
// beyond the bound are compiled each time.
const mostTexts = 512

// texts keeps the compiled statement of each SQL text of one pool, since
// compiling costs SQLite more than running most of them. On PostgreSQL the
// driver does this for each connection, and texts is nil, which keeps nothing.
//
// Locks: mu is held for map access only, never while the database is asked.
type texts struct {
	pool *sql.DB
	mu   sync.Mutex
	by   map[string]*sql.Stmt
}

func newTexts(pool *sql.DB) *texts { return &texts{pool: pool, by: map[string]*sql.Stmt{}} }

// find returns the statement of text, or nil when there is none yet.
func (t *texts) find(text string) *sql.Stmt {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.by[text]
}

// full says that a new text would not be kept.
func (t *texts) full() bool {
	if t == nil {
		return true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.by) >= mostTexts
}

// prepare returns the statement of text, compiled now if need be, or nil when
// it cannot be kept. It needs a free connection of the pool.
func (t *texts) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := t.find(text); s != nil || t.full() {
		return s, nil
	}
	s, err := t.pool.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return t.keep(text, s)
}

// keep stores s unless another goroutine was faster, and returns the kept one.
func (t *texts) keep(text string, s *sql.Stmt) (*sql.Stmt, error) {
	t.mu.Lock()
	first, taken := t.by[text]
	if !taken {
		t.by[text] = s
	}
	t.mu.Unlock()
	if taken {
		return first, s.Close()
	}
	return s, nil
}

func (t *texts) close() error {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var err error
	for _, s := range t.by {
		err = errors.Join(err, s.Close())
	}
	clear(t.by)
	return err
}
