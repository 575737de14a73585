package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongmai/internal/blob"
	"gongmai/internal/db"
	"gongmai/internal/errs"
)

// Target is where a county comes back to.
type Target struct {
	DB    *db.DB // without tables, or with empty ones of the archive's schema
	Blobs *blob.Store
	Own   string       // folder for the county's catalogue, made when needed
	Ready func() error // called when all is in place, before the database commits; may be nil
}

// Restore puts the archive back. When it fails, the database holds no row of
// it; folders are for the caller to take away. The schema is left at the
// archive's version: [db.DB.Migrate] brings it up to date.
func (a *Archive) Restore(ctx context.Context, to Target) (err error) {
	defer errs.Wrap(&err, "restoring %q", a.file)
	if err := Vacant(ctx, to.DB, a.Manifest.Schema); err != nil {
		return err
	}
	if err := to.DB.MigrateTo(ctx, a.Manifest.Schema); err != nil {
		return err
	}
	return to.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := a.fits(ctx, tx); err != nil {
			return err
		}
		err := a.walk(func(m Member, r io.Reader) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return a.place(ctx, tx, to, m, r)
		})
		if err != nil {
			return err
		}
		if err := a.arrived(ctx, tx); err != nil || to.Ready == nil {
			return err
		}
		return to.Ready()
	})
}

// Vacant refuses a database with anything in it, or with a schema beyond the
// one of the archive.
func Vacant(ctx context.Context, d *db.DB, schema int64) error {
	has, err := d.Version(ctx)
	if err != nil {
		return err
	}
	full := errs.Say(errs.Conflict, "数据库里已经有数据，只能恢复到空的数据库")
	if has > schema {
		return full
	}
	return d.Snapshot(ctx, func(tx *db.Tx) error {
		tables, err := tx.Tables(ctx)
		if err != nil {
			return err
		}
		if has == 0 && len(tables) > 0 {
			return full
		}
		for _, t := range tables {
			from := `SELECT COUNT(*) FROM "` + t.Name + `"`
			if t.Name == "chain_head" { // one row from the beginning
				from += ` WHERE seq > 0`
			}
			var n int64
			if err := tx.QueryRowContext(ctx, from).Scan(&n); err != nil {
				return err
			}
			if n > 0 && (LeftOut[t.Name] == "" || t.Name == "session") {
				return full
			}
		}
		return nil
	})
}

// fits checks that the tables of the archive are those of the database.
func (a *Archive) fits(ctx context.Context, tx *db.Tx) error {
	tables, err := tx.Tables(ctx)
	if err != nil {
		return err
	}
	have := map[string]db.Table{}
	for _, t := range tables {
		if LeftOut[t.Name] == "" {
			have[t.Name] = t
		}
	}
	for _, t := range a.Manifest.Tables {
		same := slices.EqualFunc(have[t.Name].Columns, t.Columns, func(x db.Column, y Column) bool { return Column(x) == y })
		if !same {
			return fmt.Errorf("table %q of the archive has columns %v, the database %v", t.Name, t.Columns, have[t.Name].Columns)
		}
		delete(have, t.Name)
	}
	if len(have) > 0 {
		return fmt.Errorf("the archive lacks tables: %v", have)
	}
	return nil
}

func (a *Archive) place(ctx context.Context, tx *db.Tx, to Target, m Member, r io.Reader) error {
	if t := a.Manifest.table(m.Name); t != nil {
		return load(ctx, tx, t, r)
	}
	p, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if own, ok := strings.CutPrefix(m.Name, ownFolder); ok {
		return writeSynced(filepath.Join(to.Own, filepath.FromSlash(own)), p)
	}
	d, err := to.Blobs.Put(p)
	if err == nil && blobFolder+strings.TrimPrefix(string(d), "sm3:") != m.Name {
		err = fmt.Errorf("its digest is %s", d)
	}
	return err
}

// arrived compares the head of the chain with the manifest.
func (a *Archive) arrived(ctx context.Context, tx *db.Tx) error {
	var seq, us int64
	var hash string
	if err := tx.QueryRowContext(ctx, headOf).Scan(&seq, &us, &hash); err != nil {
		return err
	}
	if seq != a.Manifest.Seq || hash != a.Manifest.Chain {
		return fmt.Errorf("the chain ends at %d %q, the manifest says %d %q", seq, hash, a.Manifest.Seq, a.Manifest.Chain)
	}
	return nil
}

func writeSynced(name string, p []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(p)
	return errors.Join(err, f.Sync(), f.Close(), syncDir(filepath.Dir(name)))
}
