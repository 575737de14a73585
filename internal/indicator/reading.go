package indicator

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"

	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/unit"
)

// Engine evaluates indicators.
type Engine struct {
	records  *record.Store
	register *register.Store
	at       func(ctx context.Context, m *record.Moment) (*catalog.Catalogue, error)
	shelf    *shelf // of readers who see the whole county
}

// New returns an Engine. at gives the catalogue that was in force at a moment.
func New(r *record.Store, reg *register.Store, at func(context.Context, *record.Moment) (*catalog.Catalogue, error)) *Engine {
	return &Engine{records: r, register: reg, at: at, shelf: newShelf()}
}

// Run says for what a report is made: the year it is about, the months of its
// statistics (1—N月), and its cut-off day. Three spans stand side by side in
// one text; an indicator's span says which of them it takes.
type Run struct {
	Year int
	Stat period.Period
	AsOf period.Day
}

// RunOf is the run of a single figure: everything follows its period.
func RunOf(p period.Period) Run { return Run{Year: p.YearOf(), Stat: p, AsOf: p.Last()} }

// Period gives the period that an indicator takes in the run.
func (r Run) Period(i *catalog.Indicator) period.Period {
	switch i.Span {
	case catalog.SpanStat:
		return r.Stat
	case catalog.SpanEnd:
		return r.AsOf.MonthOf().Period()
	case catalog.SpanNext:
		return period.Year(r.Year + 1)
	}
	return period.Year(r.Year)
}

type key struct {
	code  string
	scope Scope
	p     period.Period
}

// Reading evaluates figures at one moment. It is for one goroutine.
type Reading struct {
	engine  *Engine
	Moment  *record.Moment
	Cat     *catalog.Catalogue
	Run     Run
	figures map[key]*Figure
	busy    map[key]bool
	spreads map[spreadKey][]Figure
	totals  map[totalsKey][]total
	units   map[totalsKey][]Cell
	months  map[key]total // of scopes that are no part of a division
	stated  map[string]bool
	rolls   map[period.Day]*register.Roll
	shelf   *shelf
	buf     []byte
}

// Read begins a reading for the actor of ctx.
func (e *Engine) Read(ctx context.Context, as record.AsOf, run Run) (r *Reading, err error) {
	defer errs.Wrap(&err, "beginning a reading")
	m, err := e.records.At(ctx, as)
	if err != nil {
		return nil, err
	}
	c, err := e.at(ctx, m)
	if err != nil {
		return nil, err
	}
	r = &Reading{
		engine: e, Moment: m, Cat: c, Run: run, figures: map[key]*Figure{}, busy: map[key]bool{},
		spreads: map[spreadKey][]Figure{}, totals: map[totalsKey][]total{}, units: map[totalsKey][]Cell{}, months: map[key]total{},
		stated: map[string]bool{}, rolls: map[period.Day]*register.Roll{}, shelf: e.shelf,
	}
	if !m.Who().Reach.County {
		r.shelf = newShelf() // what this reader sees is nobody else's
	}
	return r, nil
}

func (r *Reading) roll(ctx context.Context, day period.Day) (*register.Roll, error) {
	if x := r.rolls[day]; x != nil {
		return x, nil
	}
	x, err := r.engine.register.Roll(ctx, r.Moment, day)
	r.rolls[day] = x
	return x, err
}

// InRun evaluates an indicator for the county in the period that the run gives it.
func (r *Reading) InRun(ctx context.Context, code string) (*Figure, error) {
	i := r.Cat.Indicators[code]
	if i == nil {
		return nil, r.unknown(code)
	}
	return r.Figure(ctx, code, County, r.Run.Period(i))
}

func (r *Reading) unknown(code string) error {
	var all []string
	for c := range r.Cat.Indicators {
		all = append(all, c)
	}
	if n := errs.Nearest(code, all); n != "" {
		return errs.Say(errs.NotFound, "没有指标 %s，是否想写 %s（%s）", code, n, r.Cat.Indicators[n].Name)
	}
	return errs.Say(errs.NotFound, "没有指标 %s", code)
}

// Figure evaluates one indicator.
func (r *Reading) Figure(ctx context.Context, code string, scope Scope, p period.Period) (f *Figure, err error) {
	k := key{code, scope, p}
	if f := r.figures[k]; f != nil {
		return f, nil
	}
	defer errs.Wrap(&err, "evaluating %s for %s %s", code, scope, p)
	i := r.Cat.Indicators[code]
	if i == nil {
		return nil, r.unknown(code)
	}
	if err := scope.covers(r.Moment.Who().Reach, func(e string) bool { return r.Moment.Sees(register.Enterprise, e) }); err != nil {
		return nil, err
	}
	if err := r.unitOnly(i, scope); err != nil {
		return nil, err
	}
	if r.busy[k] {
		return nil, fmt.Errorf("%s depends on itself", code)
	}
	r.busy[k] = true
	defer delete(r.busy, k)
	f = &Figure{Indicator: i, Scope: scope, Period: p}
	if err := r.evaluate(ctx, f); err != nil {
		return nil, err
	}
	r.figures[k] = f
	return f, nil
}

func (r *Reading) evaluate(ctx context.Context, f *Figure) error {
	i := f.Indicator
	var err error
	switch {
	case i.Source != nil:
		r.parameter(f)
		return nil
	case i.Formula != nil:
		err = r.derive(ctx, f)
	case i.Records() != nil:
		err = r.count(ctx, f)
	default:
		f.Why, err = r.awaited(ctx, i)
	}
	if err != nil {
		return err
	}
	return r.weigh(ctx, f)
}

// awaited names the office that an indicator's figure is asked from.
func (r *Reading) awaited(ctx context.Context, i *catalog.Indicator) (why string, err error) {
	name := "有关部门"
	if i.Provider != "" {
		name, err = r.Agency(ctx, i.Provider)
	}
	return "由" + name + "提供，尚未收到", err
}

// Agency is the name of an office, its code where the register has none.
func (r *Reading) Agency(ctx context.Context, code string) (name string, err error) {
	name = code
	err = r.Moment.Unbounded().Read(ctx, register.Agency, func(v fact.View) error {
		if row, ok := v.Record(code); ok {
			name = row.Get("name").Text()
		}
		return nil
	})
	return name, err
}

func (r *Reading) parameter(f *Figure) {
	s := f.Indicator.Source
	f.Known, f.Source = true, FromParameter
	switch {
	case s.Setting != "":
		f.Words = r.Cat.Settings[s.Setting]
	case s.Text != "":
		f.Words = s.Text
	case s.Run == "year":
		f.Words = strconv.Itoa(r.Run.Year)
	case s.Run == "stat_year":
		f.Words = strconv.Itoa(r.Run.Stat.YearOf())
	case s.Run == "month_from":
		f.Words = strconv.Itoa(r.Run.Stat.From.Month())
	case s.Run == "month_to":
		f.Words = strconv.Itoa(r.Run.Stat.To.Month())
	}
	if f.Words == "" {
		f.Known, f.Why = false, "设置 "+s.Setting+" 是空的"
	}
	f.Digest = sha256.Sum256([]byte(f.Indicator.Code + "\x00" + f.Words))
}

// begin starts the bytes that a figure's digest is taken over. span is its
// period, spelt once for all scopes.
func begin(b []byte, code string, scope Scope, span string) []byte {
	b = append(append(b, code...), 0)
	b = append(append(b, scope...), 0)
	return append(append(b, span...), 0)
}

// sum turns digest bytes, begun in r.buf, into a Digest and keeps the buffer.
func (r *Reading) sum(b []byte) Digest {
	r.buf = b[:0]
	return sha256.Sum256(b)
}

// until is the last day that counts for a period: its end, or the cut-off.
func (r *Reading) until(p period.Period) period.Day {
	if r.Run.AsOf != 0 && r.Run.AsOf < p.Last() && r.Run.AsOf >= p.First() {
		return r.Run.AsOf
	}
	return p.Last()
}

// weigh puts a given figure beside what was computed, and lets the
// indicator's rule say which prints.
func (r *Reading) weigh(ctx context.Context, f *Figure) error {
	if stated, err := r.anyGiven(ctx, f.Indicator.Code); err != nil || !stated {
		return err
	}
	g, err := r.given(ctx, f)
	if err != nil || g == nil {
		return err
	}
	f.Given = g
	if f.Known && f.Indicator.Prints != "given" {
		return nil
	}
	if f.Known {
		f.Counted = &Counted{Value: f.Value, Count: f.Count, Digest: f.Digest}
	}
	f.Known, f.Value, f.Source, f.Count, f.Why, f.From = true, unit.Exact(g.Value), FromGiven, 1, "", nil
	if g.Period != f.Period {
		f.Notes = append(f.Notes, "为"+g.Period.Chinese()+"的提供数")
	}
	b := append(begin(r.buf, f.Indicator.Code, f.Scope, f.Period.String()), g.Ref.String()...)
	f.Digest = r.sum(append(b, g.Value.String()...))
	return nil
}

const (
	givenLookBack = 12 // months that a given stock stays in use
)

// anyGiven reports whether any figure of an indicator has ever been given.
func (r *Reading) anyGiven(ctx context.Context, code string) (bool, error) {
	stated, asked := r.stated[code]
	if asked {
		return stated, nil
	}
	err := r.Moment.Unbounded().Read(ctx, fact.Kind("given:"+code), func(v fact.View) error {
		stated = v.Changed() > 0
		return nil
	})
	r.stated[code] = stated
	return stated, err
}

func (r *Reading) given(ctx context.Context, f *Figure) (g *Given, err error) {
	kind := fact.Kind("given:" + f.Indicator.Code)
	err = r.Moment.Unbounded().Read(ctx, kind, func(v fact.View) error {
		row, ok := v.Record(string(f.Scope) + "/" + f.Period.String())
		if !ok && f.Indicator.Accumulate == catalog.AtEnd {
			row, ok = latestGiven(v, f)
		}
		if !ok {
			return nil
		}
		d, ok := row.Get("value").Number()
		if !ok {
			return nil
		}
		g = &Given{
			Value: d, Provider: row.Get("provider").Text(), On: row.Get("on").Day(), Stage: row.Get("stage").Text(),
			Document: row.Get("document").Text(), Period: row.Period(), Ref: row.Ref("value"),
		}
		return nil
	})
	return g, err
}

// latestGiven is the newest given stock that ends at the period's end or up to
// a year before.
func latestGiven(v fact.View, f *Figure) (best fact.Row, ok bool) {
	for row := range v.Heads() {
		p := row.Period()
		if row.Record() != string(f.Scope)+"/"+p.String() || p.To > f.Period.To || f.Period.To-p.To > givenLookBack {
			continue
		}
		if !ok || p.To > best.Period().To {
			best, ok = row, true
		}
	}
	return best, ok
}
