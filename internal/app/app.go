package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/blob"
	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/db"
	"gongmai/internal/document"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/ledger"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

// Config says where the county lies. The zero Config of clock and ids is the
// real ones.
type Config struct {
	Data  string           // folder of blobs, the county's catalogue and, without DB, the database
	DB    string           // postgres://…; empty: SQLite in Data
	Now   func() time.Time // clock of writing
	NewID func() string

	Unsynced bool // commits do not wait for the disk; see db.Config
	Log      *slog.Logger
}

// App is the county, opened.
type App struct {
	Config
	Database   *db.DB
	Blobs      *blob.Store
	Records    *record.Store
	Keeper     *catalog.Keeper
	Register   *register.Store
	Ledger     *ledger.Store
	Survey     *survey.Store
	Given      *given.Store
	Indicators *indicator.Engine
	Reports    *report.Archive
	Accounts   *account.Store
	Converter  *document.Converter
	converting bool // Converter runs as long as we do
}

// Open opens the county in a folder and brings its database up to date. The
// catalogue of the county may be faulty: its faults are logged, and the last
// sound edition stays in force.
func Open(ctx context.Context, c Config) (a *App, err error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		now := c.Now
		c.NewID = func() string { return code.NewID(now()) }
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if err := c.fits(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	a = &App{Config: c}
	if a.Database, err = db.Open(ctx, db.Config{Path: filepath.Join(c.Data, "gongmai.db"), URL: c.DB, Unsynced: c.Unsynced}); err != nil {
		return nil, err
	}
	d := a.Database // returning an error forgets a
	defer func() {
		if err != nil {
			err = errors.Join(d.Explain(err), d.Close())
		}
	}()
	if a.Blobs, err = blob.Open(filepath.Join(c.Data, "blobs")); err != nil {
		return nil, err
	}
	if err := a.migrate(ctx); err != nil {
		return nil, err
	}
	if err := a.rooms(); err != nil {
		return nil, err
	}
	if err := a.Keeper.Load(actor.With(ctx, actor.System())); err != nil {
		if a.Keeper.Now() == nil {
			return nil, err
		}
		c.Log.Error("catalogue refused, the edition before stays in force", "faults", err)
	}
	return a, nil
}

func (a *App) rooms() (err error) {
	a.Records = record.New(a.Database, a.Now)
	a.Keeper = catalog.NewKeeper(a.Records, content.FS, a.own)
	a.Register = register.New(a.Records, a.Keeper.Now, a.NewID)
	a.Ledger = ledger.New(a.Records, a.Keeper.Now, a.NewID)
	a.Survey = survey.New(a.Records, a.Register, a.Keeper.Now)
	a.Given = given.New(a.Records, a.Keeper.Now)
	a.Indicators = indicator.New(a.Records, a.Register, a.Keeper.At)
	a.Converter = document.New(document.Config{Log: a.Log})
	a.Reports = report.NewArchive(a.Records, a.Blobs, a.Indicators, a.NewID, Version())
	a.Accounts, err = account.New(a.Records, account.Config{Catalogue: a.Keeper.Now, NewID: a.NewID, Now: a.Now})
	return err
}

// own is the county's catalogue folder, nil when there is none.
func (a *App) own() fs.FS {
	dir := filepath.Join(a.Data, "catalog")
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	return os.DirFS(dir)
}

// Close finishes what is being written and closes the database.
func (a *App) Close() error {
	a.Records.Close()
	return a.Database.Close()
}
