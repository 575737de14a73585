package account

import (
	"context"
	"errors"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
)

// Entry is one line of the audit trail (审计).
type Entry struct {
	Seq       fact.Seq  `json:"seq"`
	At        time.Time `json:"at"`
	Actor     string    `json:"actor"`
	ActorName string    `json:"actor_name"`
	Act       string    `json:"act"`
	Kind      string    `json:"kind"`
	Record    string    `json:"record"`
	Reason    string    `json:"reason"`
	Hash      string    `json:"hash"`
}

// TrailFilter narrows the trail; what is empty is not asked for.
type TrailFilter struct {
	Actor  string
	Act    string
	Kind   string
	Record string
	Page   int // from 1
	Size   int // 0: 100
}

const (
	trailWhere = ` FROM audit WHERE ($1 = '' OR actor = $1) AND ($2 = '' OR act = $2) AND ($3 = '' OR kind = $3) AND ($4 = '' OR record = $4)`
	countTrail = `SELECT COUNT(*)` + trailWhere
	trailPage  = `SELECT seq, recorded_us, actor, act, kind, record, reason, hash` + trailWhere + ` ORDER BY seq DESC LIMIT $5 OFFSET $6`
)

// Trail reads the audit trail, newest first. It is for the audit administrator.
func (s *Store) Trail(ctx context.Context, f TrailFilter) (out []Entry, total int, err error) {
	if err := actor.From(ctx).Need(readAudit, "查看审计记录"); err != nil {
		return nil, 0, err
	}
	defer errs.Wrap(&err, "reading the audit trail")
	names, err := s.Names(ctx)
	if err != nil {
		return nil, 0, err
	}
	args := []any{f.Actor, f.Act, f.Kind, f.Record}
	if err := s.records.DB().QueryRowContext(ctx, countTrail, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	size := or(max(f.Size, 0), 100)
	rows, err := s.records.DB().QueryContext(ctx, trailPage, append(args, size, size*(max(f.Page, 1)-1))...)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var e Entry
		var us int64
		if err := rows.Scan(&e.Seq, &us, &e.Actor, &e.Act, &e.Kind, &e.Record, &e.Reason, &e.Hash); err != nil {
			return nil, 0, err
		}
		e.At, e.ActorName = time.UnixMicro(us).UTC(), names[e.Actor]
		out = append(out, e)
	}
	return out, total, rows.Err()
}
