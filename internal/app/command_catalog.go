package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"

	content "gongmai/catalog"
	"gongmai/internal/backup"
	"gongmai/internal/blob"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
)

func ledgerCommand() command {
	return command{name: "ledger", en: "types of ledger; the records of one", args: "list | show TYPE", short: "台账类型；一种台账的记录", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		return func(ctx context.Context, e *env) error {
			what, err := e.arg(0, "list 或 show")
			if err != nil {
				return err
			}
			m, err := e.app.Records.At(ctx, record.AsOf{})
			if err != nil {
				return err
			}
			switch what {
			case "list":
				return ledgerList(ctx, e, m)
			case "show":
				typ, err := e.arg(1, "台账类型")
				if err != nil {
					return err
				}
				return ledgerShow(ctx, e, m, typ)
			}
			return errs.Say(errs.Invalid, "应为 ledger list 或 ledger show TYPE")
		}
	}}
}

// LedgerJSON describes a type (design §6).
type LedgerJSON struct {
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Seed       []int    `json:"seed"`
	States     []string `json:"states"`
	Duties     []string `json:"duties"`
	Indicators []string `json:"indicators"`
	Records    int      `json:"records"`
}

func ledgerList(ctx context.Context, e *env, m *record.Moment) error {
	cat := e.app.Keeper.Now()
	var out []LedgerJSON
	for _, code := range slices.Sorted(maps.Keys(cat.Ledgers)) {
		l := cat.Ledgers[code]
		x := LedgerJSON{Code: code, Name: e.name(l.Label), Seed: l.Seed, States: []string{}, Duties: []string{}, Indicators: []string{}}
		for _, s := range l.States {
			x.States = append(x.States, s.Code)
		}
		for _, d := range l.Duties {
			x.Duties = append(x.Duties, d.Code)
		}
		for _, i := range slices.Sorted(maps.Keys(cat.Indicators)) {
			if r := cat.Indicators[i].Records(); r != nil && r.Of == l.Kind {
				x.Indicators = append(x.Indicators, i)
			}
		}
		err := m.Read(ctx, l.Kind, func(v fact.View) error {
			for range v.Heads() {
				x.Records++
			}
			return nil
		})
		if err != nil {
			return err
		}
		out = append(out, x)
	}
	if e.format == "json" {
		return printJSON(e.out, out)
	}
	for _, x := range out {
		fmt.Fprintf(e.out, "%-28s%s　%d\n", x.Code, x.Name, x.Records)
	}
	return nil
}

// RecordJSON is one record of a ledger.
type RecordJSON struct {
	Ref    fact.Ref          `json:"ref"`
	State  string            `json:"state"`
	On     string            `json:"effective_on"`
	Fields map[string]string `json:"fields"`
}

func ledgerShow(ctx context.Context, e *env, m *record.Moment, typ string) error {
	l := e.app.Keeper.Now().Ledgers[typ]
	if l == nil {
		return errs.Say(errs.NotFound, "没有台账 %s", typ)
	}
	out := []RecordJSON{}
	err := m.Read(ctx, l.Kind, func(v fact.View) error {
		for r := range v.Heads() {
			x := RecordJSON{Ref: r.Ref(""), State: r.State(), On: r.Effective().String(), Fields: map[string]string{}}
			for _, f := range r.Body() {
				x.Fields[f.Code] = f.Value.String()
			}
			out = append(out, x)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if e.format == "json" {
		return printJSON(e.out, out)
	}
	for _, x := range out {
		title := x.Fields[l.Title]
		fmt.Fprintf(e.out, "%s\t%s\t%s\t%s\n", x.Ref, x.On, x.State, title)
	}
	return nil
}

func checkCommand() command {
	return command{name: "check", en: "check the catalogue and that the data can be read", args: "", short: "检查业务目录和数据的可读性", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		return func(ctx context.Context, e *env) error {
			c, err := catalog.Load(content.FS, e.app.own())
			var faults errs.Faults
			if errors.As(err, &faults) {
				for _, f := range faults {
					fmt.Fprintf(e.err, "%s：%s\n", f.Place, f.Message)
				}
				return exitCode(1)
			}
			if err != nil {
				return err
			}
			if err := e.app.Keeper.Load(ctx); err != nil {
				return err
			}
			for _, o := range c.Overrides {
				note := ""
				if o.BaseChanged {
					note = "（内置的原文已变，请对照）"
				}
				fmt.Fprintf(e.out, "%s 取代内置 %s%s\n", o.File, o.Key, note)
			}
			_, err = fmt.Fprintf(e.out, "业务目录无误：%d 个名录、%d 张报表、%d 种台账、%d 个指标、%d 份报告，第 %d 版，摘要 %.12s\n",
				len(c.Registers), len(c.Forms), len(c.Ledgers), len(c.Indicators), len(c.Outlines), e.app.Keeper.Now().Edition, c.Digest)
			return err
		}
	}}
}

func verifyCommand() command {
	return command{name: "verify", en: "hold audit chain, versions, heads and blobs against each other", args: "", short: "核对审计链、版本、当前索引和附件", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		return func(ctx context.Context, e *env) error {
			r, err := verify(ctx, e.app.Records, e.app.Blobs)
			if err != nil {
				return err
			}
			return e.verified(r)
		}
	}}
}

// verify checks what the database says of itself, and the blobs it names.
func verify(ctx context.Context, records *record.Store, blobs *blob.Store) (record.Report, error) {
	r, err := records.Verify(ctx)
	if err != nil {
		return r, err
	}
	lost, err := backup.Lost(ctx, records.DB(), blobs)
	r.Differences = append(r.Differences, lost...)
	r.OK = len(r.Differences) == 0
	return r, err
}

// verified prints what verify found.
func (e *env) verified(r record.Report) error {
	var err error
	if e.format == "json" {
		err = printJSON(e.out, r)
	} else {
		for _, d := range r.Differences {
			fmt.Fprintln(e.out, d)
		}
		_, err = fmt.Fprintf(e.out, "%d 条审计记录，%d 个版本，摘要 %s\n", r.Entries, r.Versions, r.Digest)
	}
	if err == nil && !r.OK {
		return exitCode(1)
	}
	return err
}

func versionCommand() command {
	return command{name: "version", en: "version of the program", alone: true, short: "程序版本", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		return func(_ context.Context, e *env) error {
			_, err := fmt.Fprintln(e.out, Version())
			return err
		}
	}}
}
