package api

import (
	"context"
	"time"

	"gongmai/internal/account"
)

// AuditRow is one entry of the audit trail.
type AuditRow struct {
	Seq       int64     `json:"seq"`
	At        time.Time `json:"at"`
	Actor     string    `json:"actor"`
	ActorName string    `json:"actor_name"`
	Act       string    `json:"act"`
	Kind      string    `json:"kind"`
	Record    string    `json:"record"`
	Reason    string    `json:"reason"`
	Hash      string    `json:"hash"`
}

// Chain is where the hash chain ends.
type Chain struct {
	OK   bool   `json:"ok" doc:"The newest entry is the one that the head names; verify recomputes all of them"`
	Head string `json:"head"`
}

// AuditPage is a page of the audit trail, newest first.
type AuditPage struct {
	Total int        `json:"total"`
	Rows  []AuditRow `json:"rows"`
	Chain Chain      `json:"chain"`
}

type auditIn struct {
	Actor  string `query:"actor"`
	Act    string `query:"act"`
	Kind   string `query:"kind"`
	Record string `query:"record"`
	Paged
}

func (s *server) audits() {
	handle(s, op{at: "GET /api/audit", id: "audit", does: "The audit trail", whom: signedIn, tag: "management"}, s.audit)
}

func (s *server) audit(ctx context.Context, in *auditIn) (out AuditPage, err error) {
	rows, total, err := s.Accounts.Trail(ctx, account.TrailFilter{Actor: in.Actor, Act: in.Act, Kind: in.Kind, Record: in.Record, Page: in.Page, Size: in.Size})
	if err != nil {
		return out, err
	}
	out.Total = total
	for _, e := range rows {
		out.Rows = append(out.Rows, AuditRow{int64(e.Seq), e.At, e.Actor, e.ActorName, e.Act, e.Kind, e.Record, e.Reason, e.Hash})
	}
	newest, _, err := s.Accounts.Trail(ctx, account.TrailFilter{Size: 1})
	if err != nil {
		return out, err
	}
	seq, _, hash, err := s.Records.Head(ctx)
	out.Chain = Chain{OK: len(newest) == 1 && newest[0].Seq == seq && newest[0].Hash == hash, Head: hash}
	return out, err
}
