package demo

import (
	"context"
	"fmt"
	"io/fs"

	"gongmai/internal/blob"
	"gongmai/internal/calendar"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/expr"
	"gongmai/internal/fact"
	"gongmai/internal/given"
	"gongmai/internal/ledger"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
)

// Rooms are the stores through which everything enters. Their clock is the
// demo's Clock, their ids come from IDs.
type Rooms struct {
	Records   *record.Store
	Register  *register.Store
	Ledger    *ledger.Store
	Survey    *survey.Store
	Given     *given.Store
	Catalogue func() *catalog.Catalogue
	Accounts  Accounts    // nil: persons are ids without names
	Blobs     *blob.Store // nil: evidence has a digest and no file
}

// Options say how large a county and which years.
type Options struct {
	Enterprises int        // 0: 120
	Years       int        // 0: 2
	Until       period.Day // the last day; 0: 2025-12-31
	Seed        uint64
	Script      fs.FS // the files of catalog/demo
	Progress    func(done, total int, what string)
}

// Small counties have too few enterprises for all that the script tells.
const fewest = 30

func (o Options) filled() Options {
	if o.Enterprises == 0 {
		o.Enterprises = 120
	}
	o.Enterprises = max(o.Enterprises, fewest)
	if o.Years == 0 {
		o.Years = 2
	}
	if o.Until == 0 {
		o.Until = period.NewDay(2025, 12, 31)
	}
	return o
}

// begin is the first day: a year is N years before the day after Until.
func (o Options) begin() period.Day {
	d := o.Until.Add(1)
	return period.NewDay(d.Year()-o.Years, d.Month(), d.DayOfMonth())
}

// county is the demo while it is made.
type county struct {
	Rooms
	o            Options
	clock        *Clock
	script       *Script
	cat          *catalog.Catalogue
	cal          *calendar.Calendar
	begin, until period.Day

	firms  []*firm
	byCode map[string]*firm
	staff  map[string][]*person // by role
	agenda map[period.Day]*day
	now    period.Day
	slot   int

	wrong   map[wrongKey]float64 // months whose first return was wrong
	serial  map[string]int       // of cases, by ledger
	records map[fact.Kind][]made // what cases have made, for references
	pools   map[poolKey][]*firm
	conds   map[string]*expr.Program
	ask     *expr.Env // conditions over enterprises
	newID   func() string
}

func (c *county) stream(parts ...any) stream { return streamOf(c.o.Seed, parts...) }

// Make writes the county. The stores must be empty and keep the time of clock.
func Make(ctx context.Context, rooms Rooms, clock *Clock, o Options) (err error) {
	defer errs.Wrap(&err, "making the demo county")
	c := &county{
		Rooms: rooms, o: o.filled(), clock: clock, byCode: map[string]*firm{}, staff: map[string][]*person{},
		agenda: map[period.Day]*day{}, wrong: map[wrongKey]float64{}, serial: map[string]int{},
		records: map[fact.Kind][]made{}, pools: map[poolKey][]*firm{}, conds: map[string]*expr.Program{},
	}
	c.begin, c.until = c.o.begin(), c.o.Until
	c.now, c.slot = c.begin, -1
	c.cat = rooms.Catalogue()
	c.cal = c.cat.Calendar()
	c.newID = IDs(streamOf(c.o.Seed, "persons").Uint64())
	if c.script, err = ReadScript(o.Script); err != nil {
		return err
	}
	if err := c.script.Check(c.cat); err != nil {
		return err
	}
	if c.ask, err = c.cat.RecordEnv(&c.cat.Registers[register.Enterprise.Type()].Type); err != nil {
		return err
	}
	c.makeFirms()
	if err := c.hire(ctx); err != nil {
		return err
	}
	if err := c.plan(); err != nil {
		return err
	}
	return c.walk(ctx)
}

// plan puts on the agenda all that is known beforehand; the rest follows from it.
func (c *county) plan() error {
	for _, f := range []func() error{c.planRegisters, c.planForms, c.planLetters, c.planCases} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// walk walks through the days.
func (c *county) walk(ctx context.Context) error {
	total := c.until.Sub(c.begin) + 1
	for c.now = c.begin; c.now <= c.until; c.now = c.now.Add(1) {
		if err := c.work(ctx); err != nil {
			return fmt.Errorf("on %s: %w", c.now, err)
		}
		if c.o.Progress != nil {
			c.o.Progress(c.now.Sub(c.begin)+1, total, c.now.String())
		}
	}
	return nil
}
