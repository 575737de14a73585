package indicator

import (
	"context"
	"time"

	"gongmai/internal/fact"
	"gongmai/internal/record"
)

// Change is one fact that differs between two readings of a figure.
type Change struct {
	Before *Fact     `json:"before,omitempty"` // nil: it was not counted
	After  *Fact     `json:"after,omitempty"`  // nil: it is no longer counted
	Actor  string    `json:"actor"`
	Act    string    `json:"act"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// Differences says through which facts a figure g of one reading became f of a
// later one, and who stated each, when and why. A formula is followed into its parts.
func Differences(ctx context.Context, then *Reading, g *Figure, now *Reading, f *Figure) (out []Change, err error) {
	out = []Change{}
	if f.Source == FromFormula || g.Source == FromFormula {
		return throughParts(ctx, then, g, now, f)
	}
	before, err := then.Lineage(ctx, g, 0, 0)
	if err != nil {
		return nil, err
	}
	after, err := now.Lineage(ctx, f, 0, 0)
	if err != nil {
		return nil, err
	}
	old := map[fact.Ref]*Fact{}
	for i := range before.Facts {
		old[place(before.Facts[i].Ref)] = &before.Facts[i]
	}
	for i := range after.Facts {
		b, a := old[place(after.Facts[i].Ref)], &after.Facts[i]
		delete(old, place(a.Ref))
		if b == nil || b.Ref != a.Ref || b.Value != a.Value {
			out = append(out, Change{Before: b, After: a})
		}
	}
	for i := range before.Facts {
		if b := old[place(before.Facts[i].Ref)]; b != nil {
			out = append(out, Change{Before: b})
		}
	}
	for i := range out {
		if err := out[i].explain(ctx, now.Moment); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// place is a ref without its version.
func place(r fact.Ref) fact.Ref {
	r.Version = 0
	return r
}

func throughParts(ctx context.Context, then *Reading, g *Figure, now *Reading, f *Figure) ([]Change, error) {
	out := []Change{}
	for _, p := range f.From {
		for _, q := range g.From {
			if p.Indicator.Code != q.Indicator.Code || p.Period != q.Period || p.Digest == q.Digest {
				continue
			}
			more, err := Differences(ctx, then, q, now, p)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	return out, nil
}

// explain finds who stated the newest version of what changed.
func (c *Change) explain(ctx context.Context, m *record.Moment) error {
	x := c.After
	if x == nil {
		x = c.Before
	}
	vs, err := m.Unbounded().History(ctx, x.Ref.Kind, x.Ref.Record)
	if err != nil {
		return err
	}
	v := vs[len(vs)-1]
	c.Actor, c.Act, c.Reason, c.At = v.Actor, v.Act, v.Reason, v.RecordedAt
	return nil
}
