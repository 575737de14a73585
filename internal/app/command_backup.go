package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gongmai/internal/backup"
	"gongmai/internal/blob"
	"gongmai/internal/db"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// SavedJSON says what a backup holds.
type SavedJSON struct {
	File    string   `json:"file"`
	Seq     int64    `json:"seq"`
	Schema  int64    `json:"schema"`
	Chain   string   `json:"chain"`
	Rows    int      `json:"rows"`
	Members int      `json:"members"`
	Bytes   int64    `json:"bytes"`
	Missing []string `json:"missing"`
}

func backupCommand() command {
	return command{name: "backup", en: "save the whole county in one file (it holds names and password digests: keep it safe)", args: "[-o FILE.tar.gz]", short: "把全县数据备份成一个文件（含姓名和密码摘要，请妥善保管）", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		out := fs.String("o", "", "备份文件，默认写到数据文件夹的 backups 里")
		return func(ctx context.Context, e *env) error {
			file, err := e.backupFile(*out)
			if err != nil {
				return err
			}
			m, err := backup.Save(ctx, e.app.source(), file)
			if err != nil {
				return err
			}
			info, err := os.Stat(file)
			if err != nil {
				return err
			}
			x := SavedJSON{File: file, Seq: m.Seq, Schema: m.Schema, Chain: m.Chain, Members: len(m.Members), Bytes: info.Size(), Missing: m.Missing}
			for _, t := range m.Tables {
				x.Rows += t.Rows
			}
			return e.saved(x)
		}
	}}
}

func (e *env) backupFile(name string) (string, error) {
	if name != "" {
		return e.path(name), nil
	}
	if err := os.MkdirAll(e.app.backups(), 0o700); err != nil {
		return "", fmt.Errorf("making the folder of backups: %w", err)
	}
	return filepath.Join(e.app.backups(), e.app.Now().In(period.Beijing).Format("20060102-150405")+".tar.gz"), nil
}

func (e *env) saved(x SavedJSON) error {
	for _, d := range x.Missing {
		fmt.Fprintf(e.err, "附件 %s 找不到或已损坏，没有备份到\n", d)
	}
	if e.format == "json" {
		return printJSON(e.out, x)
	}
	_, err := fmt.Fprintf(e.out, "已备份到 %s：到第 %d 条，%d 行，%d 字节，链 %.12s\n", x.File, x.Seq, x.Rows, x.Bytes, x.Chain)
	return err
}

func restoreCommand() command {
	return command{name: "restore", en: "put a backup into an empty folder and an empty database", args: "FILE --data DIR [--db postgres://…]", short: "把备份恢复到空的文件夹和空的数据库", alone: true, flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		return func(ctx context.Context, e *env) error {
			file, err := e.arg(0, "备份文件")
			if err != nil {
				return err
			}
			if err := vacant(e.cfg.Data); err != nil {
				return err
			}
			archive, err := backup.Open(e.path(file))
			if err != nil {
				return err
			}
			r, err := e.restore(ctx, archive)
			if err != nil {
				return err
			}
			if e.format != "json" {
				fmt.Fprintf(e.out, "已恢复到 %s\n", e.cfg.Data)
			}
			return e.verified(r)
		}
	}}
}

// vacant refuses a folder with anything in it.
func vacant(data string) error {
	found, err := os.ReadDir(data)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(found) == 0 {
		return nil
	}
	if err != nil {
		return errs.Say(errs.Invalid, "不能使用数据文件夹 %s：%s", data, reason(err))
	}
	return errs.Say(errs.Conflict, "数据文件夹 %s 里已经有内容，只能恢复到空的文件夹", data)
}

// restore builds the county in DATA.partial and renames that at the end. On
// PostgreSQL the renaming comes right before the commit.
func (e *env) restore(ctx context.Context, archive *backup.Archive) (r record.Report, err error) {
	partial := e.cfg.Data + ".partial"
	lock, err := lockFolder(partial)
	if errors.Is(err, errHeld) {
		err = errs.Say(errs.Conflict, "另一个 gongmai 正在恢复到 %s", e.cfg.Data)
	}
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if err := clear(partial, "lock"); err != nil { // what a crash left
		return r, err
	}
	done := false
	defer func() {
		if !done {
			err = errors.Join(err, os.RemoveAll(partial))
		}
	}()
	if r, err = e.fill(ctx, archive, partial); err != nil {
		return r, err
	}
	if e.cfg.DB == "" {
		if err := settle(partial, e.cfg); err != nil {
			return r, err
		}
	}
	done = true
	return r, nil
}

// clear empties a folder but for one name.
func clear(dir, but string) error {
	found, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Name() != but {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, f.Name())))
		}
	}
	return err
}

// fill puts the archive into the partial folder and its database, brings that
// up to date, and verifies it.
func (e *env) fill(ctx context.Context, archive *backup.Archive, partial string) (r record.Report, err error) {
	d, err := db.Open(ctx, db.Config{Path: filepath.Join(partial, "gongmai.db"), URL: e.cfg.DB})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	folder := filepath.Join(partial, "blobs")
	blobs, err := blob.Open(folder)
	if err != nil {
		return r, err
	}
	to := backup.Target{DB: d, Blobs: blobs, Own: filepath.Join(partial, "catalog")}
	if e.cfg.DB != "" {
		to.Ready = func() error { return settle(partial, e.cfg) }
		folder = filepath.Join(e.cfg.Data, "blobs")
	}
	if err := archive.Restore(ctx, to); err != nil {
		return r, err
	}
	if err := d.Migrate(ctx); err != nil {
		return r, err
	}
	if blobs, err = blob.Open(folder); err != nil { // where they are now
		return r, err
	}
	return verify(ctx, record.New(d, time.Now), blobs)
}

// settle makes the partial folder the data folder.
func settle(partial string, c Config) error {
	newest, err := db.Newest()
	if err != nil {
		return err
	}
	if err := writeStamp(partial, stamp{Folder: folderForm, Schema: newest, Engine: c.engine(), Program: Version()}); err != nil {
		return err
	}
	if err := os.Remove(c.Data); err != nil && !errors.Is(err, os.ErrNotExist) {
		return errors.Join(vacant(c.Data), err) // it was filled meanwhile
	}
	if err := os.Rename(partial, c.Data); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(c.Data))
}
