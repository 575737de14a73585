package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/record"
	"gongmai/internal/register"
)

// Hit is something that was found.
type Hit struct {
	Kind  string // enterprise, record, indicator, page
	Title string
	Sub   string
	Of    fact.Kind // of an enterprise or a record
	ID    string    // record, indicator code, or path of a page
}

// entry is something that can be found.
type entry struct {
	Hit
	subject string
	keys    []string // folded: names, codes, initials
}

// shelf holds what can be found of one kind.
type shelf struct {
	seq     fact.Seq
	edition int64
	entries []entry
}

// Index finds things.
type Index struct {
	records *record.Store
	cat     func() *catalog.Catalogue

	mu      sync.Mutex
	shelves map[fact.Kind]*shelf
}

// New returns an Index; it reads nothing until somebody asks.
func New(r *record.Store, cat func() *catalog.Catalogue) *Index {
	return &Index{records: r, cat: cat, shelves: map[fact.Kind]*shelf{}}
}

// Page is a page of the program that can be found too.
type Page struct{ Path, Name, En, Group string }

// Find returns at most n hits within the reader's reach, best first.
func (x *Index) Find(ctx context.Context, m *record.Moment, query string, pages []Page, n int) (out []Hit, err error) {
	defer errs.Wrap(&err, "searching")
	q := Fold(query)
	if q == "" {
		return nil, nil
	}
	var best []ranked
	for _, e := range pagesOf(pages) {
		best = rank(best, e, q)
	}
	for _, e := range x.indicators() {
		best = rank(best, e, q)
	}
	cat := x.cat()
	for _, k := range kindsOf(cat) {
		s, err := x.shelf(ctx, m, cat, k)
		if err != nil {
			return nil, err
		}
		for _, e := range s.entries {
			if m.Sees(k, e.subject) {
				best = rank(best, e, q)
			}
		}
	}
	slices.SortStableFunc(best, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	for _, b := range best[:min(n, len(best))] {
		out = append(out, b.hit)
	}
	return out, nil
}

type ranked struct {
	rank int
	hit  Hit
}

// rank adds e when one of its keys fits: equal before beginning before within,
// short keys before long ones, enterprises and pages before records.
func rank(best []ranked, e entry, q string) []ranked {
	least := -1
	for _, k := range e.keys {
		at := strings.Index(k, q)
		if at < 0 {
			continue
		}
		n := min(len(k), 99) + min(at, 9)*1000
		if k != q {
			n += 100
		}
		if least < 0 || n < least {
			least = n
		}
	}
	if least < 0 {
		return best
	}
	if e.Kind == "record" {
		least += 500
	}
	return append(best, ranked{least, e.Hit})
}

// kindsOf lists the registers and ledgers, the enterprises first.
func kindsOf(c *catalog.Catalogue) []fact.Kind {
	out := []fact.Kind{register.Enterprise}
	for _, r := range c.Registers {
		if r.Kind != register.Enterprise && r.Title != "" {
			out = append(out, r.Kind)
		}
	}
	for _, l := range c.Ledgers {
		out = append(out, l.Kind)
	}
	slices.Sort(out[1:])
	return out
}

// shelf returns what can be found of a kind, as of the newest change. It holds
// everything: Find takes out what the reader may not see.
func (x *Index) shelf(ctx context.Context, m *record.Moment, cat *catalog.Catalogue, k fact.Kind) (s *shelf, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	err = m.Unbounded().Read(ctx, k, func(v fact.View) error {
		s = x.shelves[k]
		if s != nil && s.seq == v.Changed() && s.edition == cat.Edition {
			return nil
		}
		s = &shelf{seq: v.Changed(), edition: cat.Edition}
		t, _ := cat.TypeOf(k)
		for r := range v.Heads() {
			if e, ok := entryOf(t, r); ok {
				s.entries = append(s.entries, e)
			}
		}
		x.shelves[k] = s
		return nil
	})
	return s, err
}

func entryOf(t *catalog.Type, r fact.Row) (e entry, ok bool) {
	e = entry{subject: r.Subject(), Hit: Hit{Kind: "record", Of: r.Kind(), ID: r.Record(), Sub: t.Name}}
	number := r.Get("number").Text()
	e.Title = r.Get(t.Title).Text()
	if e.Title == "" {
		e.Title = number
	}
	if e.Title == "" {
		return e, false // nothing names it
	}
	names := []string{e.Title}
	e.keys = append(e.keys, Fold(r.Record()))
	if number != "" {
		e.keys = append(e.keys, Fold(number))
	}
	if r.Kind() == register.Enterprise {
		e.Kind, e.Sub = "enterprise", r.Record()
		names = append(append(names, r.Get("short_names").List()...), r.Get("former_names").List()...)
	}
	e.keys = append(e.keys, keysOf(names...)...)
	return e, true
}

// keysOf are the words by which a name is found.
func keysOf(names ...string) (out []string) {
	for _, n := range names {
		if f := Fold(n); f != "" {
			out = append(out, f)
			out = append(out, Initials(n)...)
		}
	}
	return out
}

// definitions is the shelf of the indicators.
const definitions = fact.Kind("catalog:indicator")

func (x *Index) indicators() []entry {
	cat := x.cat()
	x.mu.Lock()
	defer x.mu.Unlock()
	if s := x.shelves[definitions]; s != nil && s.edition == cat.Edition {
		return s.entries
	}
	s := &shelf{edition: cat.Edition}
	for _, code := range slices.Sorted(maps.Keys(cat.Indicators)) {
		i := cat.Indicators[code]
		if i.Kind == catalog.Parameter {
			continue
		}
		e := entry{Hit: Hit{Kind: "indicator", Title: i.Name, Sub: i.Group, ID: code}}
		e.keys = append(keysOf(i.Name), Fold(i.En), Fold(code))
		s.entries = append(s.entries, e)
	}
	x.shelves[definitions] = s
	return s.entries
}

func pagesOf(pages []Page) (out []entry) {
	for _, p := range pages {
		e := entry{Hit: Hit{Kind: "page", Title: p.Name, Sub: p.Group, ID: p.Path}}
		e.keys = append(keysOf(p.Name), Fold(p.En))
		out = append(out, e)
	}
	return out
}
