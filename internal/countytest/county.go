// Package countytest (测试县) opens a county for tests: the real rooms on a
// real database, with the embedded catalogue and a clock that the test sets.
package countytest

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/db"
	"gongmai/internal/fact"
	"gongmai/internal/given"
	"gongmai/internal/indicator"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// County is a county under test.
type County struct {
	T        testing.TB
	Ctx      context.Context // of the system actor
	Records  *record.Store
	Keeper   *catalog.Keeper
	Register *register.Store
	Ledger   *ledger.Store
	Survey   *survey.Store
	Given    *given.Store
	Engine   *indicator.Engine
	Own      fstest.MapFS // the county's own catalogue; Reload puts it into force

	now time.Time
	ids int
}

// Open opens an empty county on d. Its clock begins on 2025-01-02.
func Open(t testing.TB, d *db.DB) *County {
	t.Helper()
	c := &County{T: t, Ctx: actor.With(context.Background(), actor.System()), Own: fstest.MapFS{}}
	c.Day("2025-01-02")
	c.Records = record.New(d, func() time.Time { c.now = c.now.Add(time.Millisecond); return c.now })
	c.Keeper = catalog.NewKeeper(c.Records, content.FS, func() fs.FS { return c.Own })
	c.Register = register.New(c.Records, c.Keeper.Now, c.ID)
	c.Ledger = ledger.New(c.Records, c.Keeper.Now, c.ID)
	c.Survey = survey.New(c.Records, c.Register, c.Keeper.Now)
	c.Given = given.New(c.Records, c.Keeper.Now)
	c.Engine = indicator.New(c.Records, c.Register, c.Keeper.At)
	c.Reload()
	return c
}

// ID makes ids in order.
func (c *County) ID() string {
	c.ids++
	return fmt.Sprintf("id%03d", c.ids)
}

// Reload loads the catalogue again.
func (c *County) Reload() {
	c.T.Helper()
	if err := c.Keeper.Load(c.Ctx); err != nil {
		c.T.Fatalf("loading the catalogue:\n%v", err)
	}
}

// Day sets the clock to nine in the morning of a Beijing day.
func (c *County) Day(s string) { c.now = period.MustDay(s).Start().Add(9 * time.Hour) }

// Code is the credit code of the n-th enterprise.
func Code(n int) string { return code.MakeCredit('9', '1', "620724", fmt.Sprintf("MA00%04d", n)) }

// Fields makes a body from code, value pairs as people type them.
func (c *County) Fields(t *catalog.Type, pairs ...string) fact.Body {
	c.T.Helper()
	var fs []fact.Field
	for i := 0; i+1 < len(pairs); i += 2 {
		f, ok := t.Field(pairs[i])
		if !ok {
			c.T.Fatalf("%s has no field %s", t.Name, pairs[i])
		}
		v, err := c.Keeper.Now().ParseField(f, pairs[i+1])
		if err != nil {
			c.T.Fatalf("%s %s: %v", t.Name, pairs[i], err)
		}
		fs = append(fs, fact.Field{Code: f.Code, Value: v})
	}
	return fact.NewBody(fs...)
}

// Enter puts one entry into a register, effective on day.
func (c *County) Enter(typ, day string, pairs ...string) fact.Version {
	c.T.Helper()
	r := c.Keeper.Now().Registers[typ]
	vs, err := c.Register.Put(c.Ctx, register.Entry{Type: typ, Values: c.Fields(&r.Type, pairs...), EffectiveOn: period.MustDay(day)})
	if err != nil {
		c.T.Fatalf("entering %s: %v", typ, err)
	}
	return vs[0]
}

// Enterprise registers the n-th enterprise, a chemical plant unless pairs say otherwise.
func (c *County) Enterprise(n int, name string, pairs ...string) string {
	c.T.Helper()
	base := map[string]string{"credit_code": Code(n), "name": name, "industry": "2614", "region": "620724100", "status": "operating"}
	for i := 0; i+1 < len(pairs); i += 2 {
		base[pairs[i]] = pairs[i+1]
	}
	var all []string
	for k, v := range base {
		all = append(all, k, v)
	}
	c.Enter("enterprise", "2020-01-01", all...)
	return Code(n)
}

// AboveScale puts an enterprise on the list of the statistics system.
func (c *County) AboveScale(enterprise, from string) {
	c.T.Helper()
	c.Enter("membership", from, "enterprise", enterprise, "list", "above_scale", "from_on", from)
}

// Take takes one step of a ledger and returns the record's id.
func (c *County) Take(typ, step, id string, pairs ...string) string {
	c.T.Helper()
	l := c.Keeper.Now().Ledgers[typ]
	vs, err := c.Ledger.Take(c.Ctx, ledger.Move{Type: typ, Step: step, ID: id, Values: c.Fields(&l.Type, pairs...), Reason: "测试"})
	if err != nil {
		c.T.Fatalf("%s %s: %v", typ, step, err)
	}
	return vs[0].Record
}

// Cells makes a body of numbers.
func Cells(pairs ...string) fact.Body {
	var fs []fact.Field
	for i := 0; i+1 < len(pairs); i += 2 {
		fs = append(fs, fact.Field{Code: pairs[i], Value: fact.NumberOf(unit.MustParse(pairs[i+1]))})
	}
	return fact.NewBody(fs...)
}

// Copy imports a copy of a return.
func (c *County) Copy(form, p, enterprise, reason string, pairs ...string) survey.Outcome {
	c.T.Helper()
	out, err := c.Survey.Submit(c.Ctx, survey.Return{Form: form, Period: period.MustParse(p), Enterprise: enterprise, Cells: Cells(pairs...), Reason: reason, Stage: "直报副本"})
	if err != nil {
		c.T.Fatalf("importing %s %s: %v", form, p, err)
	}
	return out[0]
}

// State enters a given figure for the county.
func (c *County) State(code, p, value, stage, reason string) {
	c.T.Helper()
	_, err := c.Given.Put(c.Ctx, given.Figure{
		Indicator: code, Scope: "county", Period: period.MustParse(p), Value: unit.MustParse(value), Provider: "stats_bureau",
		On: period.MustDay("2025-12-15"), Stage: stage, Document: "反馈函", Reason: reason,
	})
	if err != nil {
		c.T.Fatalf("stating %s: %v", code, err)
	}
}

// Read begins a reading for a period as known at a moment.
func (c *County) Read(ctx context.Context, p string, as record.AsOf) *indicator.Reading {
	c.T.Helper()
	r, err := c.Engine.Read(ctx, as, indicator.RunOf(period.MustParse(p)))
	if err != nil {
		c.T.Fatal(err)
	}
	return r
}

// Figure evaluates an indicator now.
func (c *County) Figure(code, scope, p string) *indicator.Figure {
	c.T.Helper()
	return c.FigureAt(code, scope, p, record.AsOf{})
}

// FigureAt evaluates an indicator as known at a moment.
func (c *County) FigureAt(code, scope, p string, as record.AsOf) *indicator.Figure {
	c.T.Helper()
	f, err := c.Read(c.Ctx, p, as).Figure(c.Ctx, code, indicator.Scope(scope), period.MustParse(p))
	if err != nil {
		c.T.Fatalf("evaluating %s: %v", code, err)
	}
	return f
}

// Seq is the newest moment.
func (c *County) Seq() record.AsOf {
	c.T.Helper()
	seq, _, _, err := c.Records.Head(c.Ctx)
	if err != nil {
		c.T.Fatal(err)
	}
	return record.AsOf{Seq: seq}
}
