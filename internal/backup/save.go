package backup

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongmai/internal/blob"
	"gongmai/internal/db"
	"gongmai/internal/errs"
)

// Source is the county to save.
type Source struct {
	DB      *db.DB
	Blobs   *blob.Store
	Own     fs.FS  // the county's catalogue folder; nil when there is none
	Program string // version of this program
}

// Save writes an archive to file, which appears whole or not at all. Others may
// go on writing meanwhile. Blobs that rows name and the store has not whole are
// listed in the manifest; they stop nothing.
func Save(ctx context.Context, s Source, file string) (m *Manifest, err error) {
	defer errs.Wrap(&err, "saving to %q", file)
	dir, err := os.MkdirTemp(filepath.Dir(file), filepath.Base(file)+".partial-")
	if err != nil {
		return nil, errs.Say(errs.Invalid, "不能在 %s 写备份：%v", filepath.Dir(file), err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c := &collection{dir: dir, files: map[string]string{}, named: map[blob.Digest]bool{}}
	c.m = Manifest{Format: Format, Program: s.Program, Engine: s.DB.Engine(), Missing: []string{}}
	if c.m.Schema, err = s.DB.Version(ctx); err != nil {
		return nil, err
	}
	if err := s.DB.Snapshot(ctx, func(tx *db.Tx) error { return c.tables(ctx, tx) }); err != nil {
		return nil, err
	}
	if err := c.blobs(s.Blobs); err != nil {
		return nil, err
	}
	if err := c.own(s.Own); err != nil {
		return nil, err
	}
	whole := filepath.Join(dir, "whole")
	if err := c.pack(ctx, whole, s); err != nil {
		return nil, err
	}
	if err := os.Rename(whole, file); err != nil {
		return nil, err
	}
	return &c.m, syncDir(filepath.Dir(file))
}

// collection is an archive in the making.
type collection struct {
	dir   string
	m     Manifest
	files map[string]string // of tables: member → temporary file
	named map[blob.Digest]bool
}

const headOf = `SELECT seq, recorded_us, hash FROM chain_head WHERE id = 1`

func (c *collection) tables(ctx context.Context, tx *db.Tx) error {
	var us int64
	if err := tx.QueryRowContext(ctx, headOf).Scan(&c.m.Seq, &us, &c.m.Chain); err != nil {
		return fmt.Errorf("reading the order of knowledge: %w", err)
	}
	c.m.KnownAt = time.UnixMicro(us).UTC()
	tables, err := tx.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if LeftOut[t.Name] != "" {
			continue
		}
		if err := c.table(ctx, tx, t); err != nil {
			return err
		}
	}
	return nil
}

func (c *collection) table(ctx context.Context, tx *db.Tx, t db.Table) (err error) {
	f, err := os.Create(filepath.Join(c.dir, t.Name))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := newDigester(f)
	saved, err := dump(ctx, tx, t, w, c.see)
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	name := tableFolder + t.Name + ".jsonl"
	c.files[name] = f.Name()
	c.m.Tables = append(c.m.Tables, saved)
	c.m.Members = append(c.m.Members, w.member(name))
	return nil
}

// see remembers the blobs that a text names.
func (c *collection) see(text string) {
	for _, d := range Named(text) {
		c.named[d] = true
	}
}

func (c *collection) blobs(from *blob.Store) error {
	for _, d := range slices.Sorted(maps.Keys(c.named)) {
		p, err := from.Get(d)
		if err != nil { // gone or damaged: the rest is worth saving
			c.m.Missing = append(c.m.Missing, string(d))
			continue
		}
		c.m.Members = append(c.m.Members, memberOf(blobFolder+strings.TrimPrefix(string(d), "sm3:"), p))
	}
	return nil
}

func (c *collection) own(from fs.FS) error {
	if from == nil {
		return nil
	}
	return fs.WalkDir(from, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		p, err := fs.ReadFile(from, name)
		if err == nil {
			c.m.Members = append(c.m.Members, memberOf(ownFolder+name, p))
		}
		return err
	})
}

// pack writes manifest and members into one synced file.
func (c *collection) pack(ctx context.Context, to string, s Source) (err error) {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zip := gzip.NewWriter(f)
	tape := newTape(zip, c.m.KnownAt)
	text, err := json.MarshalIndent(&c.m, "", " ")
	if err != nil {
		return err
	}
	if err := tape.put(manifestName, int64(len(text)), bytes.NewReader(text)); err != nil {
		return err
	}
	for _, m := range c.m.Members {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.put(tape, m, s); err != nil {
			return fmt.Errorf("packing %q: %w", m.Name, err)
		}
	}
	return errors.Join(tape.Close(), zip.Close(), f.Sync())
}

func (c *collection) put(tape *tape, m Member, s Source) (err error) {
	if file := c.files[m.Name]; file != "" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		return errors.Join(tape.put(m.Name, m.Size, f), f.Close(), os.Remove(file))
	}
	var p []byte
	if d, ok := strings.CutPrefix(m.Name, blobFolder); ok {
		p, err = s.Blobs.Get(blob.Digest("sm3:" + d))
	} else {
		p, err = fs.ReadFile(s.Own, strings.TrimPrefix(m.Name, ownFolder))
	}
	if err != nil {
		return err
	}
	if memberOf(m.Name, p) != m {
		return errs.Say(errs.Conflict, "备份时 %s 正被修改，请再试一次", m.Name)
	}
	return tape.put(m.Name, m.Size, bytes.NewReader(p))
}

func memberOf(name string, p []byte) Member {
	sum := sha256.Sum256(p)
	return Member{Name: name, Size: int64(len(p)), SHA256: hex.EncodeToString(sum[:])}
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
