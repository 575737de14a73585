package app

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gongmai/internal/blob"
	"gongmai/internal/errs"
	"gongmai/internal/intake"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/sheet"
	"gongmai/internal/survey"
)

func formCommand() command {
	return command{name: "form", en: "write a form as a workbook, for all enterprises or for one", args: "CODE --period P [--enterprise CODE] -o FILE.xlsx", short: "导出报表：全部企业一张，或一户一张", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		p := fs.String("period", "", "期别，如 2025-11")
		who := fs.String("enterprise", "", "只导出这家企业的（统一社会信用代码）")
		out := fs.String("o", "", "写到文件")
		return func(ctx context.Context, e *env) error {
			code, err := e.arg(0, "报表代码")
			if err != nil {
				return err
			}
			q, err := parsePeriod(*p)
			if err != nil {
				return err
			}
			if *out == "" {
				return errs.Say(errs.Invalid, "缺少参数：-o FILE.xlsx")
			}
			m, err := e.app.Records.At(ctx, record.AsOf{})
			if err != nil {
				return err
			}
			b, err := e.app.Survey.Workbook(ctx, m, code, q, *who)
			if err != nil {
				return err
			}
			var buf bytes.Buffer
			if err := sheet.Write(&buf, b); err != nil {
				return err
			}
			return writeFile(e.path(*out), buf.Bytes())
		}
	}}
}

// writeFile puts a whole file in its place, or leaves the one that was there.
func writeFile(path string, p []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".gongmai-*")
	if err != nil {
		return errs.Say(errs.Invalid, "写不进 %s：%v", path, err)
	}
	_, err = f.Write(p)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(errs.Say(errs.Invalid, "写不进 %s", path), err, os.Remove(f.Name()))
	}
	return nil
}

type importFlags struct {
	form, period, enterprise, stage *string
	register, ledger, step          *string
	given, dryRun                   *bool
	reason, effective               *string
}

func importCommand() command {
	return command{name: "import", en: "take in returns, registers, ledgers and given figures (xlsx, csv)", args: "FILE --form CODE --period P | --register TYPE | --ledger TYPE [--step CODE] | --given [--dry-run]", short: "导入报表、名录、台账、部门提供数（xlsx、csv）", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		f := importFlags{
			form: fs.String("form", "", "报表代码"), period: fs.String("period", "", "报表的期别，如 2025-11"),
			enterprise: fs.String("enterprise", "", "一户一张的表没有写明是谁的时"), stage: fs.String("stage", "", "统计报表副本的阶段：快报、直报副本、反馈、年报核定"),
			register: fs.String("register", "", "名录，如 enterprise"), ledger: fs.String("ledger", "", "台账类型"), step: fs.String("step", "", "新建台账记录的步骤，默认为登记或补录"),
			given: fs.Bool("given", false, "部门提供数"), dryRun: fs.Bool("dry-run", false, "只核对，不写入"),
			reason: fs.String("reason", "", "改动的原因；更正已审核的报表必须写"), effective: fs.String("effective", "", "自哪天起生效，如 2022-01-01；默认见各行"),
		}
		return f.run
	}}
}

func (f *importFlags) run(ctx context.Context, e *env) error {
	name, err := e.arg(0, "要导入的文件")
	if err != nil {
		return err
	}
	what, err := f.what()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(e.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return errs.Say(errs.NotFound, "导入%s：找不到文件 %s", what, name)
	}
	if err != nil {
		return errs.Say(errs.Invalid, "导入%s：读不了文件 %s：%v", what, name, err)
	}
	r, err := intake.Open(name, data)
	if err != nil {
		return errs.Say(errs.Invalid, "导入%s：%s：%s", what, name, errs.Text(err))
	}
	res, err := f.take(ctx, e, filepath.Base(name), data, r)
	if err != nil {
		return err
	}
	return f.print(e, res)
}

// what names what is imported; exactly one thing is.
func (f *importFlags) what() (string, error) {
	var chosen []string
	for _, x := range []struct {
		set  bool
		name string
	}{{*f.form != "", "报表"}, {*f.register != "", "名录"}, {*f.ledger != "", "台账"}, {*f.given, "部门提供数"}} {
		if x.set {
			chosen = append(chosen, x.name)
		}
	}
	if len(chosen) != 1 {
		return "", errs.Say(errs.Invalid, "应写明导入什么：--form CODE --period P、--register TYPE、--ledger TYPE 或 --given 之一")
	}
	return chosen[0], nil
}

func (f *importFlags) take(ctx context.Context, e *env, name string, data []byte, r *sheet.Reading) (res survey.Result, err error) {
	if *f.form != "" {
		return f.takeForm(ctx, e, name, data, r)
	}
	a := intake.Ask{Source: name, Reason: *f.reason, Step: *f.step, DryRun: *f.dryRun, Progress: func(what string, rows int) {
		fmt.Fprintf(e.err, "%s %d 行…\n", what, rows)
	}}
	if *f.effective != "" {
		if a.Effective, err = period.ParseDay(*f.effective); err != nil {
			return res, errs.Say(errs.Invalid, "生效日期 %q 应写作 2022-01-01", *f.effective)
		}
	}
	desk := e.app.desk()
	switch {
	case *f.register != "":
		return desk.TakeRegister(ctx, *f.register, r, a)
	case *f.ledger != "":
		return desk.TakeLedger(ctx, *f.ledger, r, a)
	}
	return desk.TakeGiven(ctx, r, a)
}

// takeForm files a workbook of returns; the file itself is kept as evidence.
func (f *importFlags) takeForm(ctx context.Context, e *env, name string, data []byte, r *sheet.Reading) (res survey.Result, err error) {
	p, err := parsePeriod(*f.period)
	if err != nil {
		return res, err
	}
	return e.app.Survey.ImportWorkbook(ctx, survey.Upload{
		Form: *f.form, Period: p, Enterprise: *f.enterprise, Source: name, Stage: *f.stage, Reason: *f.reason, DryRun: *f.dryRun,
		Fill: &survey.Fill{How: "导入表格", Evidence: []string{string(blob.Of(data))}},
		Keep: func() error { _, err := e.app.Blobs.Put(data); return err },
	}, r)
}

func (a *App) desk() *intake.Desk {
	return &intake.Desk{Records: a.Records, Catalogue: a.Keeper.Now, Register: a.Register, Ledger: a.Ledger, Given: a.Given, Accounts: a.Accounts}
}

func (f *importFlags) print(e *env, res survey.Result) error {
	if res.Faults == nil {
		res.Faults = errs.Faults{}
	}
	if res.Asks == nil {
		res.Asks = errs.Faults{}
	}
	if len(res.Faults) > 0 {
		res.Added, res.Changed, res.Unchanged = 0, 0, 0
	}
	if e.format == "json" {
		if err := printJSON(e.out, res); err != nil {
			return err
		}
		if len(res.Faults) > 0 {
			return exitCode(1)
		}
		return nil
	}
	if len(res.Faults) > 0 {
		fmt.Fprintf(e.err, "%s\n共 %d 处问题，没有写入任何内容\n", res.Faults, len(res.Faults))
		return exitCode(1)
	}
	for _, a := range res.Asks {
		fmt.Fprintln(e.err, errs.Faults{a})
	}
	tail := ""
	if *f.dryRun {
		tail = "（只核对，未写入）"
	}
	_, err := fmt.Fprintf(e.out, "新增 %d，变更 %d，不变 %d%s\n", res.Added, res.Changed, res.Unchanged, tail)
	return err
}
