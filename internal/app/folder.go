package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"gongmai/internal/backup"
	"gongmai/internal/db"
	"gongmai/internal/errs"
)

// folderForm is the form of the data folder that this program makes: which
// stores stand in it, and how.
const folderForm = 1

// stamp is DATA/VERSION, which is read before anything in the folder is
// opened. The zero stamp is a folder without one.
type stamp struct {
	Folder  int    `json:"folder"`
	Schema  int64  `json:"schema"` // of the database
	Engine  string `json:"engine"` // sqlite or postgres
	Program string `json:"program"`
}

func stampPath(data string) string { return filepath.Join(data, "VERSION") }

func readStamp(data string) (s stamp, err error) {
	text, err := os.ReadFile(stampPath(data))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return s, errs.Say(errs.Invalid, "看不懂 %s，不能确认数据文件夹的版本：%v", stampPath(data), err)
	}
	return s, nil
}

// notNewer refuses, touching nothing, a folder that a newer program made.
func (c Config) notNewer() (s stamp, err error) {
	if s, err = readStamp(c.Data); err != nil {
		return s, err
	}
	newest, err := db.Newest()
	if err == nil && (s.Folder > folderForm || s.Schema > newest) {
		err = errs.Say(errs.Invalid, "数据文件夹 %s 由较新的程序（%s）写成，本程序不能使用，没有改动任何内容：请换用新版本的程序", c.Data, s.Program)
	}
	return s, err
}

// fits refuses also a folder that belongs with another database.
func (c Config) fits() error {
	s, err := c.notNewer()
	if err != nil {
		return err
	}
	switch engine := c.engine(); {
	case s.Engine == db.Postgres && engine != s.Engine:
		return errs.Say(errs.Invalid, "数据文件夹 %s 的数据库在 PostgreSQL 上，请加 --db postgres://…", c.Data)
	case s.Engine == db.SQLite && engine != s.Engine:
		return errs.Say(errs.Invalid, "数据文件夹 %s 的数据库就在文件夹里，不能同时用 --db；要换到 PostgreSQL，请先 backup，再 restore 到新的文件夹", c.Data)
	}
	return nil
}

func (c Config) engine() string {
	if c.DB != "" {
		return db.Postgres
	}
	return db.SQLite
}

// putStamp says what the folder now is.
func (a *App) putStamp(ctx context.Context) error {
	s := stamp{Folder: folderForm, Engine: a.Database.Engine(), Program: Version()}
	var err error
	if s.Schema, err = a.Database.Version(ctx); err != nil {
		return err
	}
	if was, err := readStamp(a.Data); err != nil || was == s {
		return err
	}
	return writeStamp(a.Data, s)
}

func writeStamp(data string, s stamp) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return replaceFile(stampPath(data), append(text, '\n'))
}

// migrate brings the database up to date; what is there is saved first, since
// there is no other way back.
func (a *App) migrate(ctx context.Context) error {
	has, err := a.Database.Version(ctx)
	if err != nil {
		return err
	}
	newest, err := db.Newest()
	if err != nil {
		return err
	}
	if 0 < has && has < newest {
		if err := os.MkdirAll(a.backups(), 0o700); err != nil {
			return fmt.Errorf("making the folder of backups: %w", err)
		}
		file := filepath.Join(a.backups(), fmt.Sprintf("before-schema-%d.tar.gz", newest))
		if _, err := backup.Save(ctx, a.source(), file); err != nil {
			return err
		}
		a.Log.Warn("schema older than the program: saved, migrating", "has", has, "knows", newest, "backup", file)
	}
	if err := a.Database.Migrate(ctx); err != nil {
		return err
	}
	return a.putStamp(ctx)
}

func (a *App) backups() string { return filepath.Join(a.Data, "backups") }

func (a *App) source() backup.Source {
	return backup.Source{DB: a.Database, Blobs: a.Blobs, Own: a.own(), Program: Version()}
}

// replaceFile writes a file that is there whole or as it was before.
func replaceFile(name string, p []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".partial-*")
	if err != nil {
		return err
	}
	_, err = f.Write(p)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(filepath.Dir(name))
}

// syncFolder makes the names in a folder durable.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// reason says in Chinese why a file or folder cannot be used.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "文件夹不存在"
	case errors.Is(err, fs.ErrPermission):
		return "没有权限"
	case errors.Is(err, syscall.ENOSPC):
		return "磁盘已满"
	case errors.Is(err, syscall.ENOTDIR):
		return "路径中有一段是文件，不是文件夹"
	case errors.Is(err, syscall.EROFS):
		return "磁盘是只读的"
	}
	return err.Error()
}
