package api

import (
	"context"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
)

// Record is a record of a register or a ledger.
type Record struct {
	ID             string            `json:"id"`
	Ref            string            `json:"ref"`
	Number         string            `json:"number"`
	Title          string            `json:"title"`
	Enterprise     string            `json:"enterprise,omitempty"`
	EnterpriseName string            `json:"enterprise_name,omitempty"`
	State          string            `json:"state"`
	StateName      string            `json:"state_name"`
	Tone           string            `json:"tone,omitempty"`
	EffectiveOn    string            `json:"effective_on"`
	Version        int32             `json:"version"`
	Due            string            `json:"due,omitempty"`
	Late           bool              `json:"late"`
	Values         Values            `json:"values"`
	Shown          map[string]string `json:"shown" doc:"The values as people read them"`
}

// record encodes a version of a type.
func (l *look) record(ctx context.Context, t *catalog.Type, v *fact.Version) (Record, error) {
	st := l.state(t.Kind, v.State)
	x := Record{
		ID: v.Record, Ref: v.Ref().String(), Number: v.Body.Get(numberField).Text(), Enterprise: v.Subject, EnterpriseName: l.firmName(v.Subject),
		State: v.State, StateName: st.Name, Tone: st.Tone, EffectiveOn: v.EffectiveOn.String(), Version: v.Version,
		Values: Values{}, Shown: map[string]string{},
	}
	for _, c := range []string{v.Body.Get(t.Title).String(), x.Number, x.EnterpriseName, t.Name} {
		if x.Title = c; c != "" {
			break
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		val := v.Body.Get(f.Code)
		if val.Type() == fact.Missing {
			continue
		}
		text, err := l.show(ctx, f, val)
		if err != nil {
			return x, err
		}
		x.Shown[f.Code] = text
		if x.Values[f.Code] = plain(val); f.Type == catalog.TypePeople {
			x.Values[f.Code] = l.namesOf(l.people, val)
		}
	}
	return x, nil
}

// kase encodes a record of a ledger with its clock.
func (l *look) kase(ctx context.Context, x *catalog.Ledger, f *found) (Record, error) {
	r, err := l.record(ctx, &x.Type, &f.v)
	if f.runs {
		r.Due, r.Late = f.due.On.String(), f.due.On < l.today
	}
	return r, err
}
