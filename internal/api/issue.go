package api

import (
	"context"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/fact"
	"gongmai/internal/report"
)

// Issue is a report that left the office.
type Issue struct {
	ID             string    `json:"id"`
	Report         string    `json:"report"`
	Number         string    `json:"number"`
	Title          string    `json:"title"`
	Period         string    `json:"period"`
	IssuedOn       string    `json:"issued_on"`
	IssuedAt       time.Time `json:"issued_at"`
	By             string    `json:"by"`
	KnownAt        int64     `json:"known_at" doc:"Seq"`
	Digest         string    `json:"digest" doc:"Of the document"`
	ManifestDigest string    `json:"manifest_digest"`
	ChainHead      string    `json:"chain_head"`
}

// FigureChange is a figure that is another one today than when it was issued.
type FigureChange struct {
	Code  string       `json:"code"`
	Name  string       `json:"name"`
	Then  string       `json:"then"`
	Now   string       `json:"now"`
	Why   string       `json:"why,omitempty"`
	Facts []FactChange `json:"facts"`
}

// IssueDiff is what has changed since a report was issued.
type IssueDiff struct {
	Changes []FigureChange `json:"changes"`
}

// Reproduction is what making a report again gave.
type Reproduction struct {
	Equal       bool     `json:"equal" doc:"Every figure with its digest"`
	Bytes       bool     `json:"bytes" doc:"The document, byte for byte"`
	SameProgram bool     `json:"same_program"`
	Differences []string `json:"differences"`
}

type issuesIn struct {
	Code string `path:"code"`
}

type issueIn struct {
	Code string `path:"code"`
	Body struct {
		Period string `json:"period"`
		AsOf   string `json:"as_of,omitempty"`
		Stat   string `json:"stat,omitempty"`
		Number string `json:"number" doc:"发文字号"`
	}
}

// ByID names a thing by its id.
type ByID struct {
	ID string `path:"id"`
}

func (s *server) issues() {
	handle(s, op{at: "GET /api/reports/{code}/issues", id: "list-issues", does: "What was issued of a report", tag: "report"}, s.listIssues)
	handle(s, op{at: "POST /api/reports/{code}/issues", id: "issue-report", does: "Issue a report", tag: "report"}, s.issueReport)
	send(s, op{at: "GET /api/issues/{id}/file.docx", id: "issue-file", does: "The document that was issued", tag: "report"}, mediaDOCX, s.issueFile)
	handle(s, op{at: "GET /api/issues/{id}/diff", id: "issue-diff", does: "What has changed since, and through which facts", tag: "report"}, s.issueDiff)
	handle(s, op{at: "POST /api/issues/{id}/reproduce", id: "reproduce-issue", does: "Make it again as known then, and compare", tag: "report"}, s.reproduce)
}

func mayReports(ctx context.Context) error { return actor.From(ctx).Need(report.Read, "查看报告") }

func (s *server) listIssues(ctx context.Context, in *issuesIn) (out []Issue, err error) {
	if err := mayReports(ctx); err != nil {
		return nil, err
	}
	all, err := s.Reports.Issues(ctx, in.Code)
	if err != nil {
		return nil, err
	}
	return s.encodeIssues(ctx, all...)
}

func (s *server) encodeIssues(ctx context.Context, all ...report.Issue) (out []Issue, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	var refs []fact.Ref
	for _, x := range all {
		refs = append(refs, x.Ref)
	}
	entries, err := l.m.Entries(ctx, refs)
	if err != nil {
		return nil, err
	}
	names, err := l.names(ctx)
	for _, x := range all {
		e := entries[x.Ref]
		out = append(out, Issue{
			ID: x.ID, Report: x.Report, Number: x.Number, Title: x.Title, Period: x.Period.String(), IssuedOn: x.IssuedOn.String(), IssuedAt: e.At,
			By: named(names, e.Actor), KnownAt: int64(x.Seq), Digest: string(x.DOCX), ManifestDigest: string(x.Manifest), ChainHead: x.Chain,
		})
	}
	return out, err
}

func (s *server) issueReport(ctx context.Context, in *issueIn) (out Issue, err error) {
	q, err := report.ParseAsk(in.Code, in.Body.Period, in.Body.AsOf, in.Body.Stat, "")
	if err != nil {
		return out, err
	}
	x, err := s.Reports.IssueReport(ctx, q, in.Body.Number)
	if err != nil {
		return out, err
	}
	list, err := s.encodeIssues(ctx, x)
	if err != nil {
		return out, err
	}
	return list[0], nil
}

func (s *server) issueFile(ctx context.Context, in *ByID) (c content, err error) {
	if err := mayReports(ctx); err != nil {
		return c, err
	}
	x, err := s.Reports.Issue(ctx, in.ID)
	if err != nil {
		return c, err
	}
	c = content{name: x.Title + ".docx", media: mediaDOCX}
	c.bytes, err = s.Reports.Blob(x.DOCX)
	return c, err
}

func (s *server) issueDiff(ctx context.Context, in *ByID) (out IssueDiff, err error) {
	if err := mayReports(ctx); err != nil {
		return out, err
	}
	changes, err := s.Reports.Diff(ctx, in.ID)
	if err != nil {
		return out, err
	}
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	for _, c := range changes {
		x := FigureChange{Code: c.Code, Name: c.Name, Then: c.Then, Now: c.Now}
		if x.Facts, err = l.changes(ctx, c.Facts); err != nil {
			return out, err
		}
		if len(x.Facts) > 0 {
			x.Why = x.Facts[0].Reason
		}
		out.Changes = append(out.Changes, x)
	}
	return out, nil
}

func (s *server) reproduce(ctx context.Context, in *ByID) (out Reproduction, err error) {
	if err := mayReports(ctx); err != nil {
		return out, err
	}
	r, err := s.Reports.Reproduce(ctx, in.ID)
	return Reproduction(r), err
}
