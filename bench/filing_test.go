package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/app"
	"gongmai/internal/code"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/survey"
)

// The last ten minutes before a deadline, pressed into one moment: everybody
// saves a draft and files at once.
const (
	filers     = 200
	filingForm = "YX01"
)

var filingPeriod = period.MustParse("2025-11")

// BenchmarkFiling files 200 returns at once, each by its own enterprise, and
// says what the median and the slowest in a hundred waited, how many were
// refused, and how many of those acknowledged are not there after reopening.
func BenchmarkFiling(b *testing.B) {
	for _, engine := range []string{db.SQLite, db.Postgres} {
		b.Run(engine, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				cfg := app.Config{Data: b.TempDir()}
				if engine == db.Postgres {
					cfg.DB = dbtest.Empty(b, engine).URL
				}
				a := filingCounty(b, cfg)
				b.StartTimer()
				waits, refused := fileAll(b, a)
				b.StopTimer()
				lost := len(waits) - filed(b, a, cfg)
				slices.Sort(waits)
				b.ReportMetric(ms(waits[len(waits)/2]), "p50-ms")
				b.ReportMetric(ms(waits[len(waits)*99/100]), "p99-ms")
				b.ReportMetric(float64(refused), "refused")
				b.ReportMetric(float64(lost), "lost")
				if refused > 0 || lost != 0 {
					b.Errorf("of %d returns %d were refused and %d lost", filers, refused, lost)
				}
			}
		})
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func filer(n int) string { return code.MakeCredit('9', '1', "620724", fmt.Sprintf("MA00%04d", n)) }

// filingCounty is a county of so many enterprises.
func filingCounty(b *testing.B, cfg app.Config) *app.App {
	b.Helper()
	ctx := actor.With(b.Context(), actor.System())
	a, err := app.Open(ctx, cfg)
	if err != nil {
		b.Fatal(err)
	}
	typ := a.Keeper.Now().Registers["enterprise"]
	entries := make([]register.Entry, filers)
	for i := range entries {
		var fields []fact.Field
		for k, text := range map[string]string{"credit_code": filer(i), "name": fmt.Sprintf("企业%d", i), "industry": "2614", "region": "620724100", "status": "operating"} {
			f, ok := typ.Field(k)
			if !ok {
				b.Fatalf("no field %s", k)
			}
			v, err := a.Keeper.Now().ParseField(f, text)
			if err != nil {
				b.Fatal(err)
			}
			fields = append(fields, fact.Field{Code: k, Value: v})
		}
		entries[i] = register.Entry{Type: "enterprise", Values: fact.NewBody(fields...), EffectiveOn: period.MustDay("2020-01-01")}
	}
	if _, err := a.Register.Put(ctx, entries...); err != nil {
		b.Fatal(err)
	}
	return a
}

// fileAll lets everybody file at once and returns how long each waited.
func fileAll(b *testing.B, a *app.App) (waits []time.Duration, refused int) {
	b.Helper()
	cells := filingCells(b, a)
	var mu sync.Mutex
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for i := range filers {
		wg.Go(func() {
			<-begin
			started := time.Now()
			err := file(b.Context(), a, filer(i), cells)
			took := time.Since(started)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				b.Logf("refused: %v", err)
				refused++
				return
			}
			waits = append(waits, took)
		})
	}
	close(begin)
	wg.Wait()
	if len(waits) == 0 {
		b.Fatal("nothing was filed")
	}
	return waits, refused
}

func file(ctx context.Context, a *app.App, enterprise string, cells fact.Body) error {
	ctx = actor.With(ctx, actor.Actor{ID: "filer-" + enterprise, Reach: actor.Reach{Enterprises: []string{enterprise}}, Rights: []actor.Right{survey.File}})
	if _, err := a.Survey.SaveDraft(ctx, filingForm, filingPeriod, enterprise, cells, 0); err != nil {
		return err
	}
	_, err := a.Survey.Submit(ctx, survey.Return{Form: filingForm, Period: filingPeriod, Enterprise: enterprise, Cells: cells})
	return err
}

func filingCells(b *testing.B, a *app.App) fact.Body {
	b.Helper()
	var fields []fact.Field
	for k, text := range map[string]string{
		"working": "normal", "running_days": "30", "capacity_rate": "80", "power": "10", "power_ytd": "110", "orders_new": "100", "orders": "200",
		"output_next": "1000", "output_year": "12000", "employees_end": "50", "employees_short": "0",
	} {
		item, ok := a.Keeper.Now().Forms[filingForm].Item(k)
		if !ok {
			b.Fatalf("no item %s", k)
		}
		v, err := a.Keeper.Now().ParseItem(item, text)
		if err != nil {
			b.Fatal(err)
		}
		fields = append(fields, fact.Field{Code: k, Value: v})
	}
	return fact.NewBody(fields...)
}

// filed opens the county anew and counts the returns that are there.
func filed(b *testing.B, a *app.App, cfg app.Config) (n int) {
	b.Helper()
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
	ctx := actor.With(b.Context(), actor.System())
	a, err := app.Open(ctx, cfg)
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	m, err := a.Records.At(ctx, record.AsOf{})
	if err != nil {
		b.Fatal(err)
	}
	err = m.Read(ctx, a.Keeper.Now().Forms[filingForm].Kind, func(v fact.View) error {
		for range v.Heads() {
			n++
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
