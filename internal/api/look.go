package api

import (
	"context"

	"gongmai/internal/catalog"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// look is what one request sees: a moment, the catalogue in force, and the names
// of what it met. It is for one goroutine.
type look struct {
	s      *server
	m      *record.Moment
	cat    *catalog.Catalogue
	today  period.Day
	roll   *register.Roll // of today; it is not limited by reach, see firm
	titles map[fact.Kind]map[string]string
	people map[string]string
}

func (s *server) look(ctx context.Context) (*look, error) {
	m, err := s.Records.At(ctx, record.AsOf{})
	if err != nil {
		return nil, err
	}
	l := &look{s: s, m: m, cat: s.Keeper.Now(), today: s.Records.Today(), titles: map[fact.Kind]map[string]string{}}
	l.roll, err = s.Register.Roll(ctx, m, l.today)
	return l, err
}

// firm returns an enterprise that the reader may see, nil otherwise.
func (l *look) firm(code string) *register.Firm {
	if code == "" || !l.m.Sees(register.Enterprise, code) {
		return nil
	}
	return l.roll.Firm(code)
}

// firmName is the name of an enterprise the reader may see, "" otherwise.
func (l *look) firmName(code string) string {
	if f := l.firm(code); f != nil {
		return f.Name
	}
	return ""
}

// names are those of accounts and persons, by id.
func (l *look) names(ctx context.Context) (map[string]string, error) {
	if l.people != nil {
		return l.people, nil
	}
	var err error
	l.people, err = l.s.Accounts.Names(ctx)
	return l.people, err
}

// titlesOf names the records of a kind that the reader may see, by id.
func (l *look) titlesOf(ctx context.Context, k fact.Kind) (map[string]string, error) {
	if t := l.titles[k]; t != nil {
		return t, nil
	}
	t := map[string]string{}
	typ, ok := l.cat.TypeOf(k)
	if !ok {
		return t, nil
	}
	err := l.m.Read(ctx, k, func(v fact.View) error {
		for r := range v.Heads() {
			t[r.Record()] = l.titleOf(typ, r)
		}
		return nil
	})
	l.titles[k] = t
	return t, err
}

// titleOf names a record: its title field, else its number, else whom it is about.
func (l *look) titleOf(t *catalog.Type, r fact.Row) string {
	for _, code := range []string{t.Title, numberField} {
		if s := r.Get(code).String(); s != "" {
			return s
		}
	}
	if name := l.firmName(r.Subject()); name != "" {
		return name
	}
	return t.Name
}

// title names one record of any kind.
func (l *look) title(ctx context.Context, k fact.Kind, id string) (string, error) {
	t, err := l.titlesOf(ctx, k)
	return t[id], err
}

// numberField holds the number that a type's pattern gave a record.
const numberField = "number"

// kindName names a kind.
func (l *look) kindName(k fact.Kind) string {
	if t, ok := l.cat.TypeOf(k); ok {
		return t.Name
	}
	if f, ok := l.cat.FormOf(k); ok {
		return f.Name
	}
	if k.Room() == "given" {
		if i := l.cat.Indicators[k.Type()]; i != nil {
			return i.Name
		}
	}
	return string(k)
}
