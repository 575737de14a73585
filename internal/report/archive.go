package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"gongmai/internal/actor"
	"gongmai/internal/blob"
	"gongmai/internal/catalog"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// IssueKind is the record of an issued report.
const IssueKind = fact.Kind("report:issue")

// Rights.
const (
	Read     actor.Right = "report.read"
	IssueOut actor.Right = "report.issue"
)

// Archive writes reports and keeps those that were issued.
type Archive struct {
	records *record.Store
	blobs   *blob.Store
	engine  *indicator.Engine
	newID   func() string
	version string // of the program
}

// NewArchive returns an Archive.
func NewArchive(r *record.Store, b *blob.Store, e *indicator.Engine, newID func() string, version string) *Archive {
	return &Archive{r, b, e, newID, version}
}

// Ask says which report is wanted.
type Ask struct {
	Outline string
	Year    int
	AsOf    period.Day    // zero: the year's end, or today when it is not over
	Stat    period.Period // zero: the last months that are known
	Known   record.AsOf
}

// Reading pins the moment and the run of a report.
func (a *Archive) Reading(ctx context.Context, q Ask) (r *indicator.Reading, err error) {
	if err := actor.From(ctx).Need(Read, "查看报告"); err != nil {
		return nil, err
	}
	run := indicator.Run{Year: q.Year, AsOf: q.AsOf, Stat: q.Stat}
	if run.AsOf == 0 {
		run.AsOf = min(period.Year(q.Year).Last(), a.records.Today())
	}
	if run.AsOf.Year() != q.Year {
		return nil, errs.Say(errs.Invalid, "截止日 %s 不在 %d 年内", run.AsOf, q.Year)
	}
	m, err := a.records.At(ctx, q.Known)
	if err != nil {
		return nil, err
	}
	known := record.AsOf{Seq: m.Seq}
	read := func(run indicator.Run) (*indicator.Reading, error) { return a.engine.Read(ctx, known, run) }
	if run.Stat == (period.Period{}) {
		run.Stat, err = StatPeriod(ctx, read, func(c *catalog.Catalogue) *catalog.Outline { return c.Outlines[q.Outline] }, run)
		if err != nil {
			return nil, err
		}
	}
	return read(run)
}

// Make writes a report.
func (a *Archive) Make(ctx context.Context, q Ask) (*Report, *indicator.Reading, error) {
	r, err := a.Reading(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	o := r.Cat.Outlines[q.Outline]
	if o == nil {
		return nil, nil, errs.Say(errs.NotFound, "没有报告提纲 %s", q.Outline)
	}
	rep, err := Write(ctx, r, o)
	return rep, r, err
}

// Manifest is what an issued report is held against: every figure with its
// digest, and the moment they were known at.
type Manifest struct {
	Report  string          `json:"report"`
	Program string          `json:"program"`
	Edition int64           `json:"edition"`
	Seq     fact.Seq        `json:"seq"`
	Chain   string          `json:"chain"` // hash of the audit entry at seq
	Year    int             `json:"year"`
	Stat    period.Period   `json:"stat"`
	AsOf    period.Day      `json:"as_of"`
	Figures []ManifestEntry `json:"figures"`
}

// ManifestEntry is one figure of a manifest.
type ManifestEntry struct {
	ID     string           `json:"id"`
	Code   string           `json:"code"`
	Scope  indicator.Scope  `json:"scope"`
	Period period.Period    `json:"period"`
	Text   string           `json:"text"`
	Unit   string           `json:"unit"`
	Digest indicator.Digest `json:"digest"`
}

func (a *Archive) manifest(rep *Report, r *indicator.Reading) Manifest {
	m := Manifest{
		Report: rep.Code, Program: a.version, Edition: r.Cat.Edition, Seq: r.Moment.Seq, Chain: r.Moment.Hash,
		Year: rep.Run.Year, Stat: rep.Run.Stat, AsOf: rep.Run.AsOf,
	}
	for _, f := range rep.Figures {
		m.Figures = append(m.Figures, ManifestEntry{f.ID, f.Figure.Indicator.Code, f.Figure.Scope, f.Figure.Period, f.Text, string(f.Unit), f.Figure.Digest})
	}
	return m
}

// Issue is a report that left the office.
type Issue struct {
	ID       string        `json:"id"`
	Report   string        `json:"report"`
	Title    string        `json:"title"`
	Number   string        `json:"number"`
	Period   period.Period `json:"period"`
	IssuedOn period.Day    `json:"issued_on"`
	Seq      fact.Seq      `json:"seq"`
	Chain    string        `json:"chain"`
	Manifest blob.Digest   `json:"manifest"`
	DOCX     blob.Digest   `json:"docx"`
	Ref      fact.Ref      `json:"ref"`
}

// IssueReport archives a report's bytes and manifest. A report that lacks
// figures or breaks a rule is not issued.
func (a *Archive) IssueReport(ctx context.Context, q Ask, number string) (x Issue, err error) {
	defer errs.Wrap(&err, "issuing report %s", q.Outline)
	if err := actor.From(ctx).Need(IssueOut, "印发报告"); err != nil {
		return x, err
	}
	rep, r, err := a.Make(ctx, q)
	if err != nil {
		return x, err
	}
	var faults errs.Faults
	for _, m := range rep.Missing {
		faults.Add(m.Name, "待补：%s", m.Why)
	}
	for _, w := range rep.Warnings {
		faults.Add(w.Rule, "%s", w.Message)
	}
	if err := faults.Err(); err != nil {
		return x, err
	}
	man, err := json.MarshalIndent(a.manifest(rep, r), "", " ")
	if err != nil {
		return x, err
	}
	var doc bytes.Buffer
	if err := document.WriteDOCX(&doc, numbered(rep.Document, number)); err != nil {
		return x, err
	}
	x = Issue{ID: a.newID(), Report: rep.Code, Title: rep.Title, Number: number, Period: period.Year(q.Year), IssuedOn: a.records.Today(), Seq: r.Moment.Seq, Chain: r.Moment.Hash}
	if x.Manifest, err = a.blobs.Put(man); err != nil {
		return x, err
	}
	if x.DOCX, err = a.blobs.Put(doc.Bytes()); err != nil {
		return x, err
	}
	err = a.records.Write(ctx, func(tx *record.Tx) error {
		v, err := tx.Append(ctx, record.Draft{
			Kind: IssueKind, Record: x.ID, State: "issued", Period: x.Period, EffectiveOn: x.IssuedOn, Act: "印发", Body: fact.NewBody(
				text("report", x.Report), text("title", x.Title), text("number", x.Number), text("chain", x.Chain),
				text("seq", fmt.Sprint(x.Seq)), text("manifest", string(x.Manifest)), text("docx", string(x.DOCX)),
			),
		})
		x.Ref = v.Ref()
		return err
	})
	return x, err
}

func text(code, s string) fact.Field {
	if s == "" {
		return fact.Field{Code: code}
	}
	return fact.Field{Code: code, Value: fact.TextOf(s)}
}

// numbered gives a document its red head.
func numbered(d document.Document, number string) document.Document {
	if number != "" {
		d.Head = &document.Head{Issuer: d.Signer + "文件", Number: number}
	}
	return d
}

// Issues lists what was issued, newest first.
func (a *Archive) Issues(ctx context.Context, report string) (out []Issue, err error) {
	m, err := a.records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	err = m.Read(ctx, IssueKind, func(v fact.View) error {
		for row := range v.Heads() {
			if x := issueOf(row); report == "" || x.Report == report {
				out = append([]Issue{x}, out...)
			}
		}
		return nil
	})
	return out, err
}

func issueOf(row fact.Row) Issue {
	get := func(code string) string { return row.Get(code).Text() }
	var seq fact.Seq
	fmt.Sscan(get("seq"), &seq) //nolint:errcheck // written by IssueReport
	return Issue{
		ID: row.Record(), Report: get("report"), Title: get("title"), Number: get("number"), Period: row.Period(), IssuedOn: row.Effective(),
		Seq: seq, Chain: get("chain"), Manifest: blob.Digest(get("manifest")), DOCX: blob.Digest(get("docx")), Ref: row.Ref(""),
	}
}

// Issue finds one.
func (a *Archive) Issue(ctx context.Context, id string) (x Issue, err error) {
	all, err := a.Issues(ctx, "")
	for _, x := range all {
		if x.ID == id {
			return x, nil
		}
	}
	if err == nil {
		err = errs.Say(errs.NotFound, "没有印发过 %s", id)
	}
	return x, err
}

// Blob returns the bytes that an issue archived.
func (a *Archive) Blob(d blob.Digest) ([]byte, error) { return a.blobs.Get(d) }

// Remade is what making an issue again gave.
type Remade struct {
	Equal       bool     `json:"equal"` // the manifest, figure for figure
	Bytes       bool     `json:"bytes"` // the document too
	SameProgram bool     `json:"same_program"`
	Differences []string `json:"differences"`
}

// Reproduce makes an issued report again, as known then.
func (a *Archive) Reproduce(ctx context.Context, id string) (out Remade, err error) {
	defer errs.Wrap(&err, "reproducing issue %s", id)
	x, then, err := a.issued(ctx, id)
	if err != nil {
		return out, err
	}
	rep, r, err := a.Make(ctx, then.ask(record.AsOf{Seq: then.Seq}))
	if err != nil {
		return out, err
	}
	now := a.manifest(rep, r)
	out.SameProgram = now.Program == then.Program
	out.Differences = compare(then, now)
	if now.Chain != then.Chain {
		out.Differences = append(out.Differences, "审计链在印发时的那一条已不同")
	}
	out.Equal = len(out.Differences) == 0
	var doc bytes.Buffer
	if err := document.WriteDOCX(&doc, numbered(rep.Document, x.Number)); err != nil {
		return out, err
	}
	out.Bytes = blob.Of(doc.Bytes()) == x.DOCX
	return out, nil
}

func (m Manifest) ask(known record.AsOf) Ask {
	return Ask{Outline: m.Report, Year: m.Year, AsOf: m.AsOf, Stat: m.Stat, Known: known}
}

func (a *Archive) issued(ctx context.Context, id string) (x Issue, m Manifest, err error) {
	if x, err = a.Issue(ctx, id); err != nil {
		return x, m, err
	}
	p, err := a.blobs.Get(x.Manifest)
	if err == nil {
		err = json.Unmarshal(p, &m)
	}
	return x, m, err
}

func compare(then, now Manifest) []string {
	out := []string{}
	by := map[string]ManifestEntry{}
	for _, f := range now.Figures {
		by[f.ID] = f
	}
	for _, f := range then.Figures {
		if g, ok := by[f.ID]; !ok || g != f {
			out = append(out, fmt.Sprintf("%s %s：印发时 %s，重做 %s", f.ID, f.Code, f.Text, g.Text))
		}
	}
	if len(now.Figures) != len(then.Figures) {
		out = append(out, fmt.Sprintf("印发时 %d 个数，重做 %d 个", len(then.Figures), len(now.Figures)))
	}
	return out
}

// Change is a figure that is another one today than when it was issued.
type Change struct {
	ID    string             `json:"id"`
	Code  string             `json:"code"`
	Name  string             `json:"name"`
	Then  string             `json:"then"`
	Now   string             `json:"now"`
	Facts []indicator.Change `json:"facts"`
}

// Diff says which figures of an issue have changed since, and through which facts.
func (a *Archive) Diff(ctx context.Context, id string) (out []Change, err error) {
	defer errs.Wrap(&err, "comparing issue %s with now", id)
	_, man, err := a.issued(ctx, id)
	if err != nil {
		return nil, err
	}
	out = []Change{}
	then, err := a.Reading(ctx, man.ask(record.AsOf{Seq: man.Seq}))
	if err != nil {
		return nil, err
	}
	now, err := a.Reading(ctx, man.ask(record.AsOf{}))
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, e := range man.Figures {
		if seen[e.Code] {
			continue
		}
		seen[e.Code] = true
		f, err := now.Figure(ctx, e.Code, e.Scope, e.Period)
		if err != nil {
			return nil, err
		}
		g, err := then.Figure(ctx, e.Code, e.Scope, e.Period)
		if err != nil {
			return nil, err
		}
		if f.Digest == g.Digest {
			continue
		}
		c := Change{ID: e.ID, Code: e.Code, Name: f.Indicator.Name, Then: g.Text(), Now: f.Text()}
		if c.Facts, err = indicator.Differences(ctx, then, g, now, f); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
