package db

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"gongmai/internal/errs"
)

// readers is how many reads of a SQLite file run at once. A county office has
// some dozens of people and reads take milliseconds; each connection keeps its
// own page cache (2 MB) and compiled statements.
const readers = 6

// How long a connection waits for another process that holds the file, such as
// a backup program or somebody's sqlite3 shell: at the door, and when at work.
const (
	patienceToOpen = 2 * time.Second
	patience       = 10 * time.Second
)

func init() {
	// PostgreSQL's name for the order of bytes, so that one schema text serves
	// both. Go compares strings by bytes too.
	sqlite.MustRegisterCollationUtf8("C", strings.Compare)
}

func openSQLite(ctx context.Context, c Config) (*DB, error) {
	path, synced := c.Path, "_synchronous=FULL"
	if c.Unsynced {
		synced = "_synchronous=OFF"
	}
	if err := ready(ctx, path); err != nil {
		return nil, sayFile(errs.Invalid, path, err)
	}
	write, err := sql.Open("sqlite", dsn(path, patience, "_txlock=immediate", "_journal_mode=WAL", synced))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", dsn(path, patience, "_query_only=1"))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	d := &DB{engine: SQLite, place: path, write: write, read: read, wrote: newTexts(write), asked: newTexts(read)}
	if err := write.PingContext(ctx); err != nil { // turns the file to WAL
		return nil, errors.Join(sayFile(errs.Invalid, path, err), d.Close())
	}
	return d, nil
}

// ready checks, touching nothing, that path is a database this program can
// read; where there is no file it makes an empty one that only we may read.
func ready(ctx context.Context, path string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		return f.Close()
	}
	if !errors.Is(err, fs.ErrExist) {
		return cannotOpen(errs.Invalid, path, err)
	}
	look, err := sql.Open("sqlite", dsn(path, patienceToOpen, "mode=ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, look.Close()) }()
	return refuseNewer(ctx, look, SQLite, path)
}

// dsn writes the file as a URI, since a path may hold ? or %.
func dsn(path string, wait time.Duration, options ...string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path // the folder we stand in is gone; opening says so
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // C:/… on Windows
	}
	u := url.URL{Path: abs}
	options = append(options, "_foreign_keys=1", "_busy_timeout="+strconv.FormatInt(wait.Milliseconds(), 10))
	return "file://" + u.EscapedPath() + "?" + strings.Join(options, "&")
}

// sayFile puts a sentence of the kind before what SQLite says about the file
// or the disk; other errors stay as they are.
func sayFile(kind error, path string, err error) error {
	var said error
	switch code := sqliteCode(err); code & 0xff { // the low byte is the primary code
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		said = errs.Say(kind, "数据库文件 %s 已损坏或不是数据库，请从备份恢复", path)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		said = errs.Say(kind, "数据库文件 %s 正被别的程序占用，请关闭那个程序后再试", path)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
		return cannotOpen(kind, path, err)
	case sqlite3.SQLITE_FULL:
		said = errs.Say(kind, "磁盘已满，数据库文件 %s 写不进去", path)
	case sqlite3.SQLITE_IOERR:
		said = errs.Say(kind, "读写数据库文件 %s 时磁盘出错（代码 %d）", path, code)
	default:
		return err
	}
	return because(said, err)
}

func cannotOpen(kind error, path string, err error) error {
	return because(errs.Say(kind, "打不开数据库文件 %s：文件夹不存在，或没有读写权限", path), err)
}

// sqliteCode returns the extended result code in err, or 0.
func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
