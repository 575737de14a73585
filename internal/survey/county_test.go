package survey_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"testing"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/db"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/sheet"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// county is a small one: n enterprises above scale.
type county struct {
	ctx     context.Context
	records *record.Store
	survey  *survey.Store
	cat     *catalog.Catalogue
	firms   []string
}

var november = period.MustParse("2025-11")

func newCounty(t testing.TB, d *db.DB, n int) *county {
	t.Helper()
	now := time.Date(2025, 12, 5, 1, 0, 0, 0, time.UTC)
	clock := func() time.Time { now = now.Add(time.Second); return now }
	ids := 0
	newID := func() string { ids++; return fmt.Sprintf("id%06d", ids) }
	c := &county{ctx: actor.With(t.Context(), actor.System()), records: record.New(d, clock)}
	t.Cleanup(c.records.Close)
	keeper := catalog.NewKeeper(c.records, content.FS, func() fs.FS { return nil })
	if err := keeper.Load(c.ctx); err != nil {
		t.Fatal(err)
	}
	c.cat = keeper.Now()
	reg := register.New(c.records, keeper.Now, newID)
	c.survey = survey.New(c.records, reg, keeper.Now)
	var entries []register.Entry
	since := period.MustDay("2022-01-01")
	for i := range n {
		e := code.MakeCredit('9', '1', "620724", fmt.Sprintf("MA%06d", i))
		c.firms = append(c.firms, e)
		entries = append(entries, register.Entry{Type: "enterprise", EffectiveOn: since, Values: fact.NewBody(
			text("credit_code", e), text("name", fmt.Sprintf("高台县第%d化工有限公司", i+1)), text("status", "operating"), text("industry", "2614"),
		)}, register.Entry{Type: "membership", EffectiveOn: since, Values: fact.NewBody(
			text("enterprise", e), text("list", "above_scale"), fact.Field{Code: "from_on", Value: fact.DayOf(since)},
		)})
	}
	if _, err := reg.Put(c.ctx, entries...); err != nil {
		t.Fatal(err)
	}
	return c
}

func text(code, s string) fact.Field { return fact.Field{Code: code, Value: fact.TextOf(s)} }

func num(code, s string) fact.Field {
	return fact.Field{Code: code, Value: fact.NumberOf(unit.MustParse(s))}
}

// month is a sound return of the bureau's own form.
func month() fact.Body {
	return fact.NewBody(text("working", "normal"), num("capacity_rate", "80.5"), num("power", "12.30"), num("power_ytd", "120.30"),
		num("output_next", "900"), num("employees_end", "45"))
}

func (c *county) file(t testing.TB, form string, p period.Period, cells fact.Body, firms ...string) {
	t.Helper()
	var rs []survey.Return
	for _, e := range firms {
		rs = append(rs, survey.Return{Form: form, Period: p, Enterprise: e, Cells: cells})
	}
	if _, err := c.survey.Submit(c.ctx, rs...); err != nil {
		t.Fatal(err)
	}
}

func (c *county) book(t testing.TB, form string, p period.Period, enterprise string) sheet.Book {
	t.Helper()
	m, err := c.records.At(c.ctx, record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.survey.Workbook(c.ctx, m, form, p, enterprise)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func reading(t testing.TB, b sheet.Book) *sheet.Reading {
	t.Helper()
	var buf bytes.Buffer
	if err := sheet.Write(&buf, b); err != nil {
		t.Fatal(err)
	}
	r, err := sheet.Read(bytes.NewReader(buf.Bytes()), int64(buf.Len()), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (c *county) take(t testing.TB, u survey.Upload, r *sheet.Reading) survey.Result {
	t.Helper()
	res, err := c.survey.ImportWorkbook(c.ctx, u, r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// head is the newest version and state of a return, 0 where there is none.
func (c *county) head(t testing.TB, form string, p period.Period, enterprise string) (n int32, state string, cells fact.Body) {
	t.Helper()
	m, err := c.records.At(c.ctx, record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	err = m.Read(c.ctx, c.cat.Forms[form].Kind, func(v fact.View) error {
		if r, ok := v.Record(survey.Key(p, enterprise)); ok {
			n, state, cells = r.Version(), r.State(), r.Body()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n, state, cells
}
