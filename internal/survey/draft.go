package survey

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// Draft is what somebody has typed and not yet filed. Nobody else sees it.
type Draft struct {
	Cells   fact.Body
	BasedOn int32
	SavedAt time.Time
}

const (
	saveDraft = `INSERT INTO draft (kind, record, actor, body, based_on, saved_us) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, record, actor) DO UPDATE SET body = excluded.body, based_on = excluded.based_on, saved_us = excluded.saved_us`
	loadDraft = `SELECT body, based_on, saved_us FROM draft WHERE kind = $1 AND record = $2 AND actor = $3`
	dropDraft = `DELETE FROM draft WHERE kind = $1 AND record = $2 AND actor = $3`
)

// SaveDraft keeps the cells of the actor's draft; empty ones throw it away.
func (s *Store) SaveDraft(ctx context.Context, form string, p period.Period, enterprise string, cells fact.Body, based int32) (time.Time, error) {
	now := s.records.Now()
	kind, key, who := "survey:"+form, Key(p, enterprise), actor.From(ctx).ID
	err := s.records.DB().Tx(ctx, func(tx *db.Tx) error {
		var err error
		if len(cells) == 0 {
			_, err = tx.ExecContext(ctx, dropDraft, kind, key, who)
		} else {
			_, err = tx.ExecContext(ctx, saveDraft, kind, key, who, string(cells.Encode()), based, now.UnixMicro())
		}
		return err
	})
	if err != nil {
		return now, fmt.Errorf("saving a draft of %s %s: %w", form, key, err)
	}
	return now, nil
}

// Draft returns the actor's draft, nil when there is none.
func (s *Store) Draft(ctx context.Context, form string, p period.Period, enterprise string) (*Draft, error) {
	var body string
	var d Draft
	var us int64
	err := s.records.DB().QueryRowContext(ctx, loadDraft, "survey:"+form, Key(p, enterprise), actor.From(ctx).ID).Scan(&body, &d.BasedOn, &us)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		d.Cells, err = fact.Decode([]byte(body))
	}
	if err != nil {
		return nil, fmt.Errorf("loading a draft of %s: %w", form, err)
	}
	d.SavedAt = time.UnixMicro(us).UTC()
	return &d, nil
}

const loadDrafts = `SELECT record, body, based_on, saved_us FROM draft WHERE kind = $1 AND actor = $2 AND record LIKE $3`

// Drafts returns the actor's drafts of a form and a period, by enterprise.
func (s *Store) Drafts(ctx context.Context, form string, p period.Period) (out map[string]Draft, err error) {
	defer errs.Wrap(&err, "loading the drafts of %s for %s", form, p)
	prefix := Key(p, "")
	rows, err := s.records.DB().QueryContext(ctx, loadDrafts, "survey:"+form, actor.From(ctx).ID, prefix+"%")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out = map[string]Draft{}
	for rows.Next() {
		var key, body string
		var d Draft
		var us int64
		if err := rows.Scan(&key, &body, &d.BasedOn, &us); err != nil {
			return nil, err
		}
		if d.Cells, err = fact.Decode([]byte(body)); err != nil {
			return nil, err
		}
		d.SavedAt = time.UnixMicro(us).UTC()
		out[strings.TrimPrefix(key, prefix)] = d
	}
	return out, rows.Err()
}
