package catalog

import (
	"context"
	"io/fs"
	"strings"
	"sync"
	"testing/fstest"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
)

// EditionKind is the record whose versions are the catalogue's editions. Each
// holds every file, so that a moment in the past finds the definitions of then.
const EditionKind = fact.Kind("catalog:edition")

const editionRecord = "county"

// Keeper holds the catalogue in force and finds those of the past.
type Keeper struct {
	records *record.Store
	base    fs.FS
	own     func() fs.FS // the county's files; nil when it has none

	mu   sync.RWMutex
	now  *Catalogue
	past map[int32]*Catalogue
}

// NewKeeper returns a Keeper. Load must be called before Now.
func NewKeeper(r *record.Store, base fs.FS, own func() fs.FS) *Keeper {
	return &Keeper{records: r, base: base, own: own, past: map[int32]*Catalogue{}}
}

// Now is the catalogue in force.
func (k *Keeper) Now() *Catalogue {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.now
}

// Load reads the files and, where they differ from the newest edition, puts
// them into force as the next one. When they are faulty the catalogue in force
// stays; at a start that is the newest stored edition. The faults come back
// either way.
func (k *Keeper) Load(ctx context.Context) error {
	c, faults := Load(k.base, k.own())
	m, err := k.records.At(ctx, record.AsOf{})
	if err != nil {
		return err
	}
	newest, err := k.newest(ctx, m)
	if err != nil {
		return err
	}
	if faults != nil {
		if k.Now() == nil && newest != nil {
			if err := k.restore(ctx, newest); err != nil {
				return err
			}
		}
		return faults
	}
	if newest == nil || newest.Body.Get("digest").Text() != c.Digest {
		if newest, err = k.append(ctx, c, newest); err != nil {
			return err
		}
	}
	k.put(c, newest.Version)
	return nil
}

func (k *Keeper) put(c *Catalogue, edition int32) {
	c.Edition = int64(edition)
	k.mu.Lock()
	k.now, k.past[edition] = c, c
	k.mu.Unlock()
	k.records.SetEdition(c.Edition)
}

func (k *Keeper) restore(ctx context.Context, v *fact.Version) error {
	c, err := k.remade(v)
	if err == nil {
		k.put(c, v.Version)
	}
	return err
}

func (k *Keeper) newest(ctx context.Context, m *record.Moment) (v *fact.Version, err error) {
	err = m.Unbounded().Read(ctx, EditionKind, func(view fact.View) error {
		if row, ok := view.Record(editionRecord); ok {
			x := row.AsVersion()
			v = &x
		}
		return nil
	})
	return v, err
}

// edition is the number of the newest edition, without the files that newest
// reads: every reading asks for it.
func (k *Keeper) edition(ctx context.Context, m *record.Moment) (n int32, err error) {
	err = m.Unbounded().Read(ctx, EditionKind, func(view fact.View) error {
		if row, ok := view.Record(editionRecord); ok {
			n = row.Version()
		}
		return nil
	})
	return n, err
}

const filePrefix = "file "

func (k *Keeper) append(ctx context.Context, c *Catalogue, newest *fact.Version) (*fact.Version, error) {
	fields := []fact.Field{{Code: "digest", Value: fact.TextOf(c.Digest)}}
	for name, text := range c.Files {
		fields = append(fields, fact.Field{Code: filePrefix + name, Value: fact.TextOf(string(text))})
	}
	d := record.Draft{Kind: EditionKind, Record: editionRecord, State: "in_force", EffectiveOn: k.records.Today(), Body: fact.NewBody(fields...), Act: "启用业务目录"}
	if newest != nil {
		d.BasedOn = newest.Version
	}
	var v fact.Version
	err := k.records.Write(ctx, func(tx *record.Tx) (err error) { v, err = tx.Append(ctx, d); return err })
	return &v, err
}

// At returns the catalogue that was in force at a moment. Before the first
// edition it is the one of now.
func (k *Keeper) At(ctx context.Context, m *record.Moment) (*Catalogue, error) {
	n, err := k.edition(ctx, m)
	if err != nil || n == 0 {
		return k.Now(), err
	}
	k.mu.RLock()
	c := k.past[n]
	k.mu.RUnlock()
	if c != nil {
		return c, nil
	}
	v, err := k.newest(ctx, m)
	if err != nil {
		return nil, err
	}
	if c, err = k.remade(v); err != nil {
		return nil, err
	}
	c.Edition = int64(v.Version)
	k.mu.Lock()
	k.past[v.Version] = c
	k.mu.Unlock()
	return c, nil
}

// remade loads the files that an edition holds.
func (k *Keeper) remade(v *fact.Version) (c *Catalogue, err error) {
	defer errs.Wrap(&err, "loading edition %d of the catalogue", v.Version)
	base, own := fstest.MapFS{}, fstest.MapFS{}
	for _, f := range v.Body {
		name, ok := strings.CutPrefix(f.Code, filePrefix)
		if !ok {
			continue
		}
		file := &fstest.MapFile{Data: []byte(f.Value.Text())}
		if rest, ok := strings.CutPrefix(name, "own/"); ok {
			own[rest] = file
		} else {
			base[name] = file
		}
	}
	return Load(base, own)
}
