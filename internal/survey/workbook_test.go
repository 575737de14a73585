package survey_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongmai/internal/catalog"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/sheet"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

func TestAWorkbookComesBackAsItWent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCounty(t, d, 5)
		c.file(t, "YX01", november, month(), c.firms[:3]...)
		u := survey.Upload{Form: "YX01", Period: november, Source: "月报.xlsx"}
		b := c.book(t, "YX01", november, "")
		if n := len(b.Sheets[0].Rows); n != 5 {
			t.Fatalf("%d rows, want 5 expected enterprises", n)
		}
		if got := c.take(t, u, reading(t, b)); got.Unchanged != 3 || got.Stored() != 0 || len(got.Faults) > 0 {
			t.Errorf("list: %+v, want 3 unchanged", got)
		}
		if got := c.take(t, u, reading(t, c.book(t, "YX01", november, c.firms[1]))); got.Unchanged != 1 || got.Stored() != 0 || len(got.Faults) > 0 {
			t.Errorf("card: %+v, want 1 unchanged", got)
		}
		if n, _, _ := c.head(t, "YX01", november, c.firms[1]); n != 1 {
			t.Errorf("version %d, want 1", n)
		}
	})
}

func TestImportStoresWhatWasFilledIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCounty(t, d, 3)
		c.file(t, "YX01", november, month(), c.firms[0])
		b := c.book(t, "YX01", november, "")
		set(&b, 1, month(), c.cat)                         // new
		set(&b, 0, month().With(num("power", "9")), c.cat) // changed
		u := survey.Upload{Form: "YX01", Period: november, Fill: &survey.Fill{How: "Excel 工作簿"}, Source: "月报.xlsx"}
		kept := 0
		u.Keep = func() error { kept++; return nil }
		u.DryRun = true
		if got := c.take(t, u, reading(t, b)); got.Added != 1 || got.Changed != 1 || kept != 0 {
			t.Errorf("dry run: %+v, kept %d", got, kept)
		}
		if n, _, _ := c.head(t, "YX01", november, c.firms[1]); n != 0 {
			t.Errorf("the dry run stored version %d", n)
		}
		u.DryRun = false
		if got := c.take(t, u, reading(t, b)); got.Added != 1 || got.Changed != 1 || got.Unchanged != 0 || kept != 1 {
			t.Errorf("import: %+v, kept %d", got, kept)
		}
		n, state, cells := c.head(t, "YX01", november, c.firms[0])
		if n != 2 || state != survey.Submitted || cells.Get("power").String() != "9.00" || cells.Get(survey.How).Text() != "Excel 工作簿" || cells.Get(survey.Source).Text() != "月报.xlsx" {
			t.Errorf("version %d, %s, %v", n, state, cells)
		}
		if got := c.take(t, u, reading(t, b)); got.Unchanged != 2 || got.Stored() != 0 {
			t.Errorf("again: %+v, want 2 unchanged", got)
		}
	})
}

// set fills in one row of a list.
func set(b *sheet.Book, row int, cells fact.Body, cat *catalog.Catalogue) {
	s := &b.Sheets[0]
	for j, col := range s.Columns {
		v := cells.Get(col.Code)
		cell := sheet.Cell{}
		switch {
		case col.Key || col.Code == "_name":
			continue
		case v.Type() == fact.Number:
			d, _ := v.Number()
			cell.Value = sheet.OfNumber(d)
		case v.Type() == fact.Text && col.Type == sheet.AsEnum:
			it, _ := cat.Forms[b.Form].Item(col.Code)
			cell.Value = sheet.OfText(cat.Lists[it.Of].NameOf(v.Text()))
		case v.Type() == fact.Text:
			cell.Value = sheet.OfText(v.Text())
		}
		s.Rows[row].Cells[j] = cell
	}
}

func TestPlantedFaultsAreNamedByCellAndNothingIsStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCounty(t, d, 8)
		c.file(t, "YX01", november, month(), c.firms[7])
		b := c.book(t, "YX01", november, "")
		for i := range 7 {
			set(&b, i, month(), c.cat)
		}
		s := &b.Sheets[0]
		at := func(row int, code string) *sheet.Cell {
			for j, col := range s.Columns {
				if col.Code == code {
					return &s.Rows[row].Cells[j]
				}
			}
			t.Fatalf("no column %s", code)
			return nil
		}
		at(1, "power").Value = sheet.OfText("十二")                      // no number
		at(2, "power").Value = sheet.OfNumber(unit.MustParse("-1"))    // below zero, and no longer the total
		at(3, "employees_end").Value = sheet.Value{}                   // needed
		at(4, "power_ytd").Value = sheet.OfNumber(unit.MustParse("1")) // less than the month
		at(5, "working").Value = sheet.OfText("停工")                    // no option
		at(6, "_name").Value = sheet.OfText("别的公司")                    // not that enterprise
		s.Rows[7].Cells = s.Rows[7].Cells[:2]                          // had filed, now empty
		s.Rows = append(s.Rows, s.Rows[0])                             // twice
		s.Rows[8].Cells = append([]sheet.Cell{}, s.Rows[0].Cells...)   //
		s.Rows = append(s.Rows, sheet.Row{ID: "91620724MA00000000", Cells: append([]sheet.Cell{{Value: sheet.OfText("91620724MA00000000")}}, s.Rows[0].Cells[1:]...)})
		before := c.versions(t)
		got := c.take(t, survey.Upload{Form: "YX01", Period: november}, reading(t, b))
		if got.Stored() != 0 || c.versions(t) != before {
			t.Errorf("stored %d; %d versions before, %d after", got.Stored(), before, c.versions(t))
		}
		var lines []string
		for _, f := range got.Faults {
			lines = append(lines, f.Place+" "+f.Message)
		}
		want := []string{
			"月报!H11 应为数字，现为“十二”",
			"月报!C15 应为“正常生产、减产、停产、本月复产”之一，现为“停工”",
			"月报!A18 “" + c.firms[0] + "”与 月报!A10 重复",
			"月报!A16 这个代码在名录中是“高台县第7化工有限公司”，表中写作“别的公司”，请核对",
			"月报!A17 这家企业已经上报，这一行却全空；不改动的请删去此行",
			"月报!H12 不应为负，现为 -1.00",
			"月报!N13 必须填写；没有的填 0，不适用的填“/”",
			"月报!H14、I14 累计用电量 1.00 应不小于本月 12.30",
			"月报!A19 名录中没有这家企业，请先登记",
		}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
	})
}

func (c *county) versions(t *testing.T) int64 {
	t.Helper()
	var n int64
	if err := c.records.DB().QueryRowContext(c.ctx, `SELECT COUNT(*) FROM version`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCorrectingWhatWasAcceptedNeedsAReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCounty(t, d, 2)
		copies := fact.NewBody(num("c01", "100"), num("c02", "1000"), num("c05", "90"), num("c06", "900"))
		c.file(t, "B204-1", november, copies, c.firms...)
		b := c.book(t, "B204-1", november, "")
		set(&b, 0, copies.With(num("c01", "2000")), c.cat) // the copy's relation is flagged, not refused
		u := survey.Upload{Form: "B204-1", Period: november}
		got := c.take(t, u, reading(t, b))
		if len(got.Faults) != 1 || !strings.Contains(got.Faults[0].Message, "必须说明原因") || !strings.HasPrefix(got.Faults[0].Place, "B204-1!A") {
			t.Errorf("without a reason: %+v", got.Faults)
		}
		u.Reason = "县统计局 12 月 3 日来函更正"
		got = c.take(t, u, reading(t, b))
		if got.Changed != 1 || got.Unchanged != 1 || len(got.Asks) == 0 || !strings.Contains(got.Asks[0].Place, "!C") {
			t.Errorf("with a reason: %+v", got)
		}
		if n, state, _ := c.head(t, "B204-1", november, c.firms[0]); n != 2 || state != survey.Accepted {
			t.Errorf("version %d, %s", n, state)
		}
	})
}

func TestAColumnThatTheFileLacksStaysAsItIs(t *testing.T) {
	c := newCounty(t, dbtest.Open(t, db.SQLite), 1)
	c.file(t, "YX01", november, month(), c.firms[0])
	b := c.book(t, "YX01", november, "")
	s := &b.Sheets[0]
	s.Columns, s.Rows[0].Cells = s.Columns[:7], s.Rows[0].Cells[:7] // up to the utilisation of capacity
	s.Rows[0].Cells[6].Value = sheet.OfNumber(unit.MustParse("70"))
	got := c.take(t, survey.Upload{Form: "YX01", Period: november, Reason: "核对"}, reading(t, b))
	_, _, cells := c.head(t, "YX01", november, c.firms[0])
	if got.Changed != 1 || cells.Get("capacity_rate").String() != "70.0" || cells.Get("power").String() != "12.30" {
		t.Errorf("%+v, %v", got, cells)
	}
}

func TestAnOldWorkbookOverANewerReturnIsRemarked(t *testing.T) {
	c := newCounty(t, dbtest.Open(t, db.SQLite), 1)
	c.file(t, "YX01", november, month(), c.firms[0])
	old := reading(t, c.book(t, "YX01", november, ""))
	c.file(t, "YX01", november, month().With(num("power", "10")), c.firms[0])
	got := c.take(t, survey.Upload{Form: "YX01", Period: november}, old)
	if len(got.Asks) == 0 || !strings.Contains(got.Asks[0].Message, "导出以后") {
		t.Errorf("%+v", got)
	}
}

func TestWhatMayNotBeFiledIsNotPrinted(t *testing.T) {
	c := newCounty(t, dbtest.Open(t, db.SQLite), 1)
	m, err := c.records.At(c.ctx, record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ form, period, want string }{
		{"YX01", "2028-01", "有效期至 2027-12-31，已过期"},
		{"YX01", "2025", "期别应为一个月"},
		{"B204-1", "2025-01", "1 月免报"},
		{"XX", "2025-11", "没有报表 XX"},
	} {
		_, err := c.survey.Workbook(c.ctx, m, x.form, period.MustParse(x.period), "")
		if err == nil || !strings.Contains(errs.Text(err), x.want) {
			t.Errorf("Workbook(%s, %s): %v, want %s", x.form, x.period, err, x.want)
		}
	}
	if b := c.book(t, "B204-1", period.MustParse("2028-02"), ""); !strings.Contains(b.Sheets[0].Title, "副本") {
		t.Errorf("a copy's title is %q", b.Sheets[0].Title)
	}
}

// Whatever is filed comes back unchanged from both layouts.
func TestExportThenImportIsIdentity(t *testing.T) {
	c := newCounty(t, dbtest.Open(t, db.SQLite), 1)
	bases := map[string]fact.Body{ // what the relations of the own forms ask for
		"YX01": month(), "B204-1": nil, "B203": nil, "205-1": nil,
		"RC01": fact.NewBody(num("employees", "900"), num("title_junior", "9"), num("title_middle", "5"), num("title_senior_associate", "0"),
			num("title_senior_full", "0"), num("skilled", "30"), num("skilled_high", "10"), num("skilled_middle", "20"), num("rnd_staff", "3"), num("graduates", "4")),
	}
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(slices.Sorted(maps.Keys(bases))).Draw(t, "form")
		f, p := c.cat.Forms[form], november
		if f.Every == "year" {
			p = period.MustParse("2025")
		}
		cells := draw(t, c.cat, f, bases[form])
		if _, err := c.survey.Submit(c.ctx, survey.Return{Form: form, Period: p, Enterprise: c.firms[0], Cells: cells, Reason: "试"}); err != nil {
			t.Fatalf("%v: %s", cells, errs.Text(err))
		}
		for _, who := range []string{"", c.firms[0]} {
			m, err := c.records.At(c.ctx, record.AsOf{})
			if err != nil {
				t.Fatal(err)
			}
			b, err := c.survey.Workbook(c.ctx, m, form, p, who)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.survey.ImportWorkbook(c.ctx, survey.Upload{Form: form, Period: p}, readBack(t, b))
			if err != nil || got.Stored() != 0 || got.Unchanged != 1 || len(got.Faults) > 0 {
				t.Fatalf("%v: %+v, %v", cells, got, err)
			}
		}
	})
}

// draw makes a return. Items of base keep its values; of the others each kind
// of value and of absence turns up.
func draw(t *rapid.T, cat *catalog.Catalogue, f *catalog.Form, base fact.Body) fact.Body {
	var fs []fact.Field
	for i := range f.Items {
		it := &f.Items[i]
		if v := base.Get(it.Code); v.Type() != fact.Missing {
			fs = append(fs, fact.Field{Code: it.Code, Value: v})
			continue
		}
		fs = append(fs, fact.Field{Code: it.Code, Value: drawValue(t, cat, it)})
	}
	if b := fact.NewBody(fs...); len(b) > 0 {
		return b
	}
	return fact.NewBody(fact.Field{Code: f.Items[0].Code, Value: fact.Absent(fact.NotApplicable)}) // an empty return is none
}

func drawValue(t *rapid.T, cat *catalog.Catalogue, it *catalog.Item) fact.Value {
	switch rapid.IntRange(0, 5).Draw(t, it.Code) {
	case 0:
		return fact.Value{}
	case 1:
		return fact.Absent(fact.NotApplicable)
	case 2:
		return fact.Absent(fact.NotReturned)
	}
	switch {
	case it.Column == catalog.ColumnMonth && it.Unit == "天":
		return fact.NumberOf(unit.Int(rapid.Int64Range(0, 31).Draw(t, "days")))
	case it.FactType() == fact.Number && it.Negative:
		return fact.NumberOf(unit.New(rapid.Int64Range(-1e17, 1e17).Draw(t, "number"), uint8(it.Scale)))
	case it.FactType() == fact.Number:
		return fact.NumberOf(unit.New(rapid.Int64Range(0, 1e17).Draw(t, "number"), uint8(it.Scale)))
	case it.Type == catalog.TypeEnum:
		o := cat.Lists[it.Of].Options
		return fact.TextOf(o[rapid.IntRange(0, len(o)-1).Draw(t, "option")].Code)
	}
	s := rapid.StringMatching(`[ -~一-龥，。“”·\n]{0,30}`).Draw(t, "text")
	v, err := cat.ParseItem(it, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func readBack(t *rapid.T, b sheet.Book) *sheet.Reading {
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
