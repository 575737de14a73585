package indicator

import (
	"context"

	"gongmai/internal/actor"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/register"
)

// UnitData is the right to see unit-level statistical data, which the
// Statistics Law keeps confidential.
const UnitData actor.Right = "statistics.unit"

// Fact is one entry of a figure's lineage: one thing counted, one addend, one
// reported cell.
type Fact struct {
	Ref        fact.Ref      `json:"ref"`
	Refs       []fact.Ref    `json:"refs,omitempty"` // of things that count once together
	Value      string        `json:"value"`
	Minus      bool          `json:"minus,omitempty"` // taken off
	Enterprise string        `json:"enterprise,omitempty"`
	Name       string        `json:"name,omitempty"` // of the enterprise
	Period     period.Period `json:"period,omitzero"`
	State      string        `json:"state,omitempty"`
	Note       string        `json:"note,omitempty"`
}

// Lineage is what a figure was made of.
type Lineage struct {
	Facts  []Fact `json:"facts"`
	Digest Digest `json:"digest"`
	From   []Link `json:"from,omitempty"`
	Hidden int    `json:"hidden,omitempty"` // facts that the reader may not see one by one
}

// Link is a figure that a formula used.
type Link struct {
	Code   string        `json:"code"`
	Name   string        `json:"name"`
	Period period.Period `json:"period"`
	Value  string        `json:"value"`
	Digest Digest        `json:"digest"`
}

// Lineage lists the facts of a figure, from offset at most limit (0: all).
func (r *Reading) Lineage(ctx context.Context, f *Figure, offset, limit int) (l Lineage, err error) {
	l = Lineage{Facts: []Fact{}, Digest: f.Digest}
	for _, p := range f.From {
		l.From = append(l.From, Link{p.Indicator.Code, p.Indicator.Name, p.Period, p.Text(), p.Digest})
	}
	switch {
	case f.Source == FromGiven:
		l.Facts = append(l.Facts, Fact{Ref: f.Given.Ref, Value: f.Given.Value.String(), Period: f.Given.Period, State: f.Given.Stage, Note: f.Given.Document})
		return l, nil
	case f.Source != FromRecords:
		return l, nil
	}
	if r.confidential(f) {
		l.Hidden = f.Count
		return l, nil
	}
	roll, err := r.roll(ctx, r.until(f.Period))
	if err != nil {
		return l, err
	}
	groups := map[string]int{}
	_, err = r.gather(ctx, f, func(p part) error {
		if i, ok := groups[p.group]; ok && p.group != "" {
			l.Facts[i].Refs = append(l.Facts[i].Refs, p.row.Ref(p.field))
			return nil
		}
		groups[p.group] = len(l.Facts)
		l.Facts = append(l.Facts, factOf(p, roll))
		return nil
	})
	if err != nil {
		return l, err
	}
	for i := range l.Facts {
		if len(l.Facts[i].Refs) == 1 {
			l.Facts[i].Refs = nil
		}
	}
	offset = min(offset, len(l.Facts))
	l.Facts = l.Facts[offset:]
	if limit > 0 && len(l.Facts) > limit {
		l.Facts = l.Facts[:limit]
	}
	return l, nil
}

func factOf(p part, roll *register.Roll) Fact {
	x := Fact{Ref: p.row.Ref(p.field), Minus: p.minus, Enterprise: p.row.Subject(), Period: p.row.Period(), State: p.row.State(), Note: p.note, Value: "1"}
	if p.field != "" {
		x.Value = p.value.String()
	}
	if p.group != "" {
		x.Refs = []fact.Ref{x.Ref}
	}
	if p.row.Kind() == register.Enterprise {
		x.Enterprise = p.row.Record()
	}
	if f := roll.Firm(x.Enterprise); f != nil {
		x.Name = f.Name
	}
	return x
}

// confidential reports whether the reader may see the figure but not the
// single units behind it.
func (r *Reading) confidential(f *Figure) bool {
	form, ok := r.Cat.FormOf(f.Indicator.Records().Of)
	if !ok || form.Purpose != statistics || r.Moment.Who().May(UnitData) {
		return false
	}
	kind, _ := f.Scope.parts()
	return kind != "enterprise"
}

// Enterprises lists the enterprises behind a counted figure, each once, in order of knowledge.
func (r *Reading) Enterprises(ctx context.Context, f *Figure) (out []*register.Firm, err error) {
	roll, err := r.roll(ctx, r.until(f.Period))
	if err != nil || f.Source != FromRecords {
		return nil, err
	}
	seen := map[string]bool{}
	_, err = r.gather(ctx, f, func(p part) error {
		code := p.row.Subject()
		if p.row.Kind() == register.Enterprise {
			code = p.row.Record()
		}
		if firm := roll.Firm(code); firm != nil && !seen[code] {
			seen[code] = true
			out = append(out, firm)
		}
		return nil
	})
	return out, err
}
