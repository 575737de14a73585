package intake

import (
	"context"
	"slices"
	"strings"

	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// finder finds what a file calls by name.
type finder struct {
	ctx   context.Context
	cat   *catalog.Catalogue
	m     *record.Moment
	names map[string]string                 // of persons, by id
	by    map[fact.Kind]map[string][]string // records by id and by name
}

func (d *Desk) finder(ctx context.Context, m *record.Moment) (*finder, error) {
	f := &finder{ctx: ctx, cat: d.Catalogue(), m: m, by: map[fact.Kind]map[string][]string{}}
	var err error
	f.names, err = d.Names(ctx)
	return f, err
}

// index lists the records of a kind by id and by their names.
func (f *finder) index(k fact.Kind) (map[string][]string, error) {
	if ix := f.by[k]; ix != nil {
		return ix, nil
	}
	ix := map[string][]string{}
	add := func(name, id string) {
		if name = plain(name); name != "" && !slices.Contains(ix[name], id) {
			ix[name] = append(ix[name], id)
		}
	}
	t, ok := f.cat.TypeOf(k)
	if !ok {
		return nil, errs.Say(errs.NotFound, "没有 %s", k)
	}
	err := f.m.Read(f.ctx, k, func(v fact.View) error {
		for r := range v.Heads() {
			add(r.Record(), r.Record())
			add(r.Get(t.Title).Text(), r.Record())
			if k == register.Enterprise {
				for _, s := range append(r.Get("short_names").List(), r.Get("former_names").List()...) {
					add(s, r.Record())
				}
			}
		}
		return nil
	})
	f.by[k] = ix
	return ix, err
}

// plain makes brackets and spaces of names comparable.
func plain(s string) string { return plainer.Replace(s) }

var plainer = strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "")

// record is the id of a record of a kind, by its id or by exactly its name.
func (f *finder) record(k fact.Kind, s string) (string, error) {
	ix, err := f.index(k)
	if err != nil {
		return "", err
	}
	t, _ := f.cat.TypeOf(k)
	switch ids := ix[plain(s)]; len(ids) {
	case 1:
		return ids[0], nil
	case 0:
		words := make([]string, 0, len(ix))
		for w := range ix {
			words = append(words, w)
		}
		slices.Sort(words)
		if near := errs.Nearest(plain(s), words); near != "" {
			return "", errs.Say(errs.Invalid, "%s中没有“%s”，是否想写“%s”", t.Name, s, near)
		}
		return "", errs.Say(errs.Invalid, "%s中没有“%s”", t.Name, s)
	default:
		return "", errs.Say(errs.Invalid, "%s中有 %d 个“%s”，请改写代码（%s）", t.Name, len(ids), s, strings.Join(ids, "、"))
	}
}

// enterprise is the credit code of an enterprise. A code that is in order and
// not in the register is refused too: what hangs on it would hang in the air.
func (f *finder) enterprise(s string) (string, error) {
	if c, err := code.Credit(s); err == nil {
		s = c
	}
	return f.record(register.Enterprise, s)
}

// persons reports whether all of ids are ids of persons.
func (f *finder) persons(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { _, ok := f.names[id]; return !ok })
}

// called reports whether the people of a field already have these names.
func (f *finder) called(v fact.Value, names []string) bool {
	ids := v.List()
	return slices.EqualFunc(ids, names, func(id, name string) bool { return f.names[id] == name })
}
