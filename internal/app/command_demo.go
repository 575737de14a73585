package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/demo"
	"gongmai/internal/errs"
	"gongmai/internal/period"
)

func demoCommand() command {
	return command{name: "demo", en: "make a synthetic county (the same seed gives the same)", alone: true, args: "--data DIR [--enterprises N] [--years N] [--until 2025-12-31] [--seed S]", short: "建一个演示县（合成数据，同一种子结果相同）", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		var o demo.Options
		fs.IntVar(&o.Enterprises, "enterprises", 120, "企业户数")
		fs.IntVar(&o.Years, "years", 2, "年数")
		fs.Uint64Var(&o.Seed, "seed", 1, "种子")
		until := fs.String("until", "2025-12-31", "最后一天")
		return func(ctx context.Context, e *env) (err error) {
			if o.Until, err = period.ParseDay(*until); err != nil {
				return errs.Say(errs.Invalid, "--until %q 应写作 2025-12-31", *until)
			}
			return makeDemo(ctx, e, o)
		}
	}}
}

// makeDemo writes the county beside its place and then puts it there, so that
// a demo that was stopped half-way leaves nothing behind under its name.
func makeDemo(ctx context.Context, e *env, o demo.Options) (err error) {
	final := e.cfg.Data
	if _, err := os.Stat(final); err == nil && !emptyDir(final) {
		return errs.Say(errs.Conflict, "%s 已有内容，演示县只建在新的文件夹里", final)
	}
	partial := final + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(partial))
		}
	}()
	started := time.Now()
	if o.Script, err = fs.Sub(content.FS, "demo"); err != nil {
		return err
	}
	o.Progress = progress(e)
	if err := e.fillDemo(ctx, partial, o); err != nil {
		return err
	}
	if err := syncTree(partial); err != nil {
		return err
	}
	if err := os.RemoveAll(final); err != nil { // empty, as was seen above
		return err
	}
	if err := os.Rename(partial, final); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "演示县已建在 %s（%d 户企业，%d 年，至 %s，用时 %.1f 秒）\n", final, o.Enterprises, o.Years, o.Until, time.Since(started).Seconds())
	return err
}

func (e *env) fillDemo(ctx context.Context, dir string, o demo.Options) error {
	clock := demo.NewClock(o)
	cfg := e.cfg
	cfg.Data, cfg.Now, cfg.NewID, cfg.Unsynced = dir, clock.Now, demo.IDs(o.Seed), true
	a, err := Open(ctx, cfg)
	if err != nil {
		return err
	}
	if seq, _, _, err := a.Records.Head(ctx); err != nil {
		return errors.Join(err, a.Close())
	} else if seq > 1 { // more than the catalogue's edition
		return errors.Join(errs.Say(errs.Conflict, "数据库里已有数据，演示县只建在空的库里"), a.Close())
	}
	logins := newDemoAccounts(a.Accounts)
	err = demo.Make(ctx, demo.Rooms{
		Records: a.Records, Register: a.Register, Ledger: a.Ledger, Survey: a.Survey, Given: a.Given,
		Catalogue: a.Keeper.Now, Accounts: logins, Blobs: a.Blobs,
	}, clock, o)
	if err == nil {
		err = logins.keep(dir)
	}
	return errors.Join(err, a.Close())
}

// progress prints at most ten lines a second to standard error.
func progress(e *env) func(done, total int, what string) {
	var last time.Time
	return func(done, total int, what string) {
		if now := time.Now(); now.Sub(last) > 100*time.Millisecond || done == total {
			last = now
			fmt.Fprintf(e.err, "\r%s %d/%d\x1b[K", what, done, total)
			if done == total {
				fmt.Fprintln(e.err)
			}
		}
	}
}

func emptyDir(dir string) bool {
	names, err := os.ReadDir(dir)
	return err == nil && len(names) == 0
}

// syncTree syncs every file and folder of a tree.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || (!d.IsDir() && !d.Type().IsRegular()) {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}
