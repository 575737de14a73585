package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
)

// Edition is a catalogue that was put into force, without its files.
type Edition struct {
	Number  int64
	At      time.Time
	Actor   string
	Digest  string
	Changed []string // files that differ from the edition before, sorted
}

// Editions lists every edition, oldest first. Which there were is no secret.
func (k *Keeper) Editions(ctx context.Context) (out []Edition, err error) {
	defer errs.Wrap(&err, "listing the editions of the catalogue")
	m, err := k.records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	history, err := m.Unbounded().History(ctx, EditionKind, editionRecord)
	if err != nil {
		return nil, err
	}
	var before fact.Body
	for i := range history {
		v := &history[i]
		e := Edition{Number: int64(v.Version), At: v.RecordedAt, Actor: v.Actor, Digest: v.Body.Get("digest").Text()}
		if before != nil {
			e.Changed = changedFiles(before, v.Body)
		}
		out, before = append(out, e), v.Body
	}
	return out, nil
}

func changedFiles(a, b fact.Body) (out []string) {
	for _, f := range slices.Concat(a, b) {
		name, ok := strings.CutPrefix(f.Code, filePrefix)
		if ok && !a.Get(f.Code).Equal(b.Get(f.Code)) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
