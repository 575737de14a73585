package register

import (
	"context"
	"slices"
	"strings"
	"sync"

	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// Firm is one enterprise on the day of a Roll.
type Firm struct {
	Code     string
	Name     string
	Short    []string
	Industry string // class of GB/T 4754-2017
	Region   string // town
	Status   string
	Size     string
	Parks    []string
	Member   []string // codes of the lists it is on that day
	Body     fact.Body
	Row      fact.Ref
}

// Value resolves the names of a condition over enterprises: fields, and
// member.X for the lists it is on.
func (f *Firm) Value(name string) fact.Value {
	if list, ok := strings.CutPrefix(name, "member."); ok {
		return fact.BoolOf(f.On(list))
	}
	if name == "subject" || name == "id" {
		return fact.TextOf(f.Code)
	}
	return f.Body.Get(name)
}

// On reports whether f is on a list.
func (f *Firm) On(list string) bool { return slices.Contains(f.Member, list) }

// Roll is the register of enterprises on one day, as known at one moment. It
// is not limited by reach: it tells where a scope ends, not what is in it.
type Roll struct {
	Day   period.Day
	Firms []*Firm
	by    map[string]*Firm
}

// Firm returns the enterprise of a credit code, nil when the roll has none.
func (r *Roll) Firm(code string) *Firm { return r.by[code] }

// InPark lists the codes of a park's members.
func (r *Roll) InPark(park string) []string {
	var out []string
	for _, f := range r.Firms {
		if slices.Contains(f.Parks, park) {
			out = append(out, f.Code)
		}
	}
	return out
}

type rollKey struct {
	enterprises, memberships fact.Seq // their newest change
	day                      period.Day
}

// rollCache keeps the rolls that were asked for last.
type rollCache struct {
	mu    sync.Mutex
	rolls map[rollKey]*Roll
	firms map[fact.Ref]Firm // by version, without memberships: most days share them
}

const keptRolls = 256

// Roll returns the register on a day as known at m.
func (s *Store) Roll(ctx context.Context, m *record.Moment, day period.Day) (r *Roll, err error) {
	defer errs.Wrap(&err, "calling the roll of %s", day)
	all := m.Unbounded()
	key := rollKey{day: day}
	for k, at := range map[fact.Kind]*fact.Seq{Enterprise: &key.enterprises, Membership: &key.memberships} {
		if err := all.Read(ctx, k, func(v fact.View) error { *at = v.Changed(); return nil }); err != nil {
			return nil, err
		}
	}
	s.rolls.mu.Lock()
	r = s.rolls.rolls[key]
	s.rolls.mu.Unlock()
	if r != nil {
		return r, nil
	}
	if r, err = s.call(ctx, all, day); err != nil {
		return nil, err
	}
	s.rolls.mu.Lock()
	defer s.rolls.mu.Unlock()
	if s.rolls.rolls == nil || len(s.rolls.rolls) >= keptRolls {
		s.rolls.rolls, s.rolls.firms = map[rollKey]*Roll{}, map[fact.Ref]Firm{}
	}
	s.rolls.rolls[key] = r
	return r, nil
}

func (s *Store) call(ctx context.Context, m *record.Moment, day period.Day) (*Roll, error) {
	r := &Roll{Day: day, by: map[string]*Firm{}}
	err := m.Read(ctx, Enterprise, func(v fact.View) error {
		for head := range v.Heads() {
			row, ok := head.On(day)
			if !ok {
				continue // founded later
			}
			f := s.firm(row)
			r.by[f.Code] = f
			r.Firms = append(r.Firms, f)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(r.Firms, func(a, b *Firm) int { return strings.Compare(a.Code, b.Code) })
	return r, m.Read(ctx, Membership, func(v fact.View) error {
		for row := range v.Heads() {
			f := r.by[row.Subject()]
			from, until := row.Get("from_on").Day(), row.Get("until_on").Day()
			if f == nil || from > day || (until != 0 && until <= day) {
				continue
			}
			list := row.Get("list").Text()
			f.Member = append(f.Member, list)
			if p := row.Get("park").Text(); p != "" {
				f.Parks = append(f.Parks, p)
			}
		}
		return nil
	})
}

// firm is what one version says of an enterprise.
func (s *Store) firm(row fact.Row) *Firm {
	ref := row.Ref("")
	s.rolls.mu.Lock()
	f, ok := s.rolls.firms[ref]
	s.rolls.mu.Unlock()
	if ok {
		return &f
	}
	f = Firm{
		Code: row.Record(), Name: row.Get("name").Text(), Short: row.Get("short_names").List(), Industry: row.Get("industry").Text(),
		Region: row.Get("region").Text(), Status: row.Get("status").Text(), Size: row.Get("size").Text(), Body: row.Body(), Row: row.Ref(""),
	}
	s.rolls.mu.Lock()
	defer s.rolls.mu.Unlock()
	if s.rolls.firms == nil {
		s.rolls.firms = map[fact.Ref]Firm{}
	}
	s.rolls.firms[ref] = f
	return &f
}
