package api

import (
	"bytes"
	"context"
	"path/filepath"

	"github.com/danielgtaylor/huma/v2"

	"gongmai/internal/blob"
	"gongmai/internal/errs"
	"gongmai/internal/intake"
	"gongmai/internal/sheet"
	"gongmai/internal/survey"
)

// Imported is what came of a file: all of it, or, with faults, nothing.
type Imported struct {
	Stored    int         `json:"stored"`
	Unchanged int         `json:"unchanged"`
	Faults    errs.Faults `json:"faults" doc:"When there are any, nothing was stored"`
	Asks      errs.Faults `json:"asks" doc:"To be verified"`
}

func imported(r survey.Result) Imported {
	if len(r.Faults) > 0 {
		return Imported{Faults: r.Faults, Asks: r.Asks}
	}
	return Imported{r.Stored(), r.Unchanged, r.Faults, r.Asks}
}

type workbookOutIn struct {
	FormAt
	Enterprise string `query:"enterprise" doc:"A card of one enterprise; empty: a list of all"`
}

type workbookIn struct {
	FormAt
	Enterprise string `query:"enterprise" doc:"Whose card it is, when it does not say so"`
	Stage      string `query:"stage" doc:"Of a copy: 快报, 直报副本, 反馈, 年报核定"`
	Reason     string `query:"reason" doc:"Needed where a return that was accepted changes"`
	RawBody    huma.MultipartFormFiles[upload]
}

type importIn struct {
	Type    string `path:"type"`
	DryRun  bool   `query:"dry_run" doc:"Check only"`
	RawBody huma.MultipartFormFiles[upload]
}

func (s *server) imports() {
	const at = "/api/forms/{form}/periods/{period}/workbook"
	send(s, op{at: "GET " + at, id: "workbook", does: "A form as a workbook, to be filled in", tag: "survey"}, mediaXLSX, s.workbook)
	handle(s, op{at: "POST " + at, id: "import-workbook", does: "File the returns of a workbook", tag: "survey"}, s.importWorkbook)
	handle(s, op{at: "POST /api/register/{type}/import", id: "import-register", does: "Take a register in from a workbook or CSV", tag: "register"}, func(ctx context.Context, in *importIn) (Imported, error) {
		return s.importTable(ctx, in, s.intake().TakeRegister)
	})
	handle(s, op{at: "POST /api/ledgers/{type}/import", id: "import-ledger", does: "Take records of a ledger in from a workbook or CSV", tag: "ledger"}, func(ctx context.Context, in *importIn) (Imported, error) {
		return s.importTable(ctx, in, s.intake().TakeLedger)
	})
}

func (s *server) intake() *intake.Desk {
	return &intake.Desk{Records: s.Records, Catalogue: s.Keeper.Now, Register: s.Register, Ledger: s.Ledger, Given: s.Given, Accounts: s.Accounts}
}

func (s *server) workbook(ctx context.Context, in *workbookOutIn) (c content, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return c, err
	}
	f, p, err := l.formAt(in.Form, in.Period)
	if err != nil {
		return c, err
	}
	if in.Enterprise != "" {
		if err := l.mayRead(in.Enterprise); err != nil {
			return c, err
		}
	}
	if err := l.mayUnit(f.Kind, in.Enterprise); err != nil {
		return c, err
	}
	b, err := s.Survey.Workbook(ctx, l.m, f.Code, p, in.Enterprise)
	if err != nil {
		return c, err
	}
	var buf bytes.Buffer
	err = sheet.Write(&buf, b)
	return content{name: f.Name + " " + p.Chinese() + ".xlsx", media: mediaXLSX, bytes: buf.Bytes()}, err
}

// opened reads the workbook of a form; the Name of what a person sent is its
// last part only.
func opened(raw huma.MultipartFormFiles[upload]) (name string, p []byte, r *sheet.Reading, err error) {
	if name, p, err = readUpload(raw.Data()); err != nil {
		return "", nil, nil, err
	}
	name = filepath.Base(name)
	r, err = intake.Open(name, p)
	return name, p, r, err
}

func (s *server) importWorkbook(ctx context.Context, in *workbookIn) (out Imported, err error) {
	l, err := s.look(ctx)
	if err != nil {
		return out, err
	}
	f, p, err := l.formAt(in.Form, in.Period)
	if err != nil {
		return out, err
	}
	if err := l.mayType(f, in.Enterprise); err != nil {
		return out, err
	}
	name, bytes, r, err := opened(in.RawBody)
	if err != nil {
		return out, err
	}
	u := survey.Upload{
		Form: f.Code, Period: p, Enterprise: in.Enterprise, Source: name, Stage: in.Stage, Reason: in.Reason,
		Keep: func() error { _, err := s.Blobs.Put(bytes); return err },
	}
	if !own(l.m.Who()) {
		u.Fill = &survey.Fill{How: "导入表格", Evidence: []string{string(blob.Of(bytes))}}
	}
	res, err := s.Survey.ImportWorkbook(ctx, u, r)
	return imported(res), err
}

type take func(ctx context.Context, typ string, r *sheet.Reading, a intake.Ask) (intake.Result, error)

func (s *server) importTable(ctx context.Context, in *importIn, f take) (out Imported, err error) {
	name, _, r, err := opened(in.RawBody)
	if err != nil {
		return out, err
	}
	res, err := f(ctx, in.Type, r, intake.Ask{Source: name, DryRun: in.DryRun})
	return imported(res), err
}
