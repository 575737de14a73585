package bench

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	content "gongmai/catalog"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/register"
	"gongmai/internal/sheet"
	"gongmai/internal/survey"
	"gongmai/internal/unit"
)

// One workbook of 5,000 enterprises with 32 columns filled in.
const (
	importRows    = 5000
	importColumns = 32
)

var importPeriod = period.MustParse("2025-11")

// BenchmarkImport imports a workbook of the financial form: reading, all
// relations against the months before, and 5,000 versions synced to the disk.
// The peer merely reads the same file: pandas.read_excel, with openpyxl.
func BenchmarkImport(b *testing.B) {
	python, version := pandas(b)
	path := filepath.Join(b.TempDir(), "book.xlsx")
	var ours, theirs, start float64
	for i := range b.N {
		ctx, records, s := importCounty(b)
		file := importFile(ctx, b, records, s)
		if err := os.WriteFile(path, file, 0o600); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		before := cpu(b)
		r, err := sheet.Read(bytes.NewReader(file), int64(len(file)), sheet.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		got, err := s.ImportWorkbook(ctx, survey.Upload{Form: "B203", Period: importPeriod}, r)
		if err != nil || got.Added != importRows {
			b.Fatalf("added %d of %d, %d faults, %v", got.Added, importRows, len(got.Faults), err)
		}
		ours += cpu(b) - before
		if i == 0 {
			start = script(b, python, `import pandas, openpyxl`)
			theirs = script(b, python, `import sys, pandas; d = pandas.read_excel(sys.argv[1], header=None); assert d.shape[0] > 5000, d.shape`, path) - start
		}
	}
	ours /= float64(b.N)
	b.Logf("import %d × %d with checks: gongmai (%s) %.2f CPU s; merely reading it: %s %.2f CPU s, and %.2f to start; ratio %.2f",
		importRows, importColumns, runtime.Version(), ours, version, theirs, start, ours/theirs)
	b.ReportMetric(ours, "cpu-s/op")
	b.ReportMetric(theirs, "pandas-cpu-s")
	b.ReportMetric(ours/theirs, "ratio")
}

// pandas finds an interpreter that has it; without one the benchmark is
// skipped, and says so.
func pandas(b *testing.B) (python, version string) {
	b.Helper()
	const ask = `import sys, pandas, openpyxl; print("Python", sys.version.split()[0], "pandas", pandas.__version__, "openpyxl", openpyxl.__version__)`
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if out, err := exec.Command(python, "-c", ask).Output(); err == nil {
			return python, strings.TrimSpace(string(out))
		}
	}
	b.Skip("SKIPPED: no Python with pandas and openpyxl here; on Debian: apt-get install python3-pandas python3-openpyxl")
	return "", ""
}

// script is the user and system time of a Python process.
func script(b *testing.B, python, text string, args ...string) float64 {
	b.Helper()
	cmd := exec.Command(python, append([]string{"-c", text}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("pandas: %v\n%s", err, out)
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
}

// importCounty has 5,000 enterprises above scale, with their returns of the
// month before, so that all relations apply.
func importCounty(b *testing.B) (context.Context, *record.Store, *survey.Store) {
	b.Helper()
	ctx := actor.With(b.Context(), actor.System())
	now := time.Date(2025, 12, 5, 1, 0, 0, 0, time.UTC)
	records := record.New(dbtest.Open(b, db.SQLite), func() time.Time { now = now.Add(time.Millisecond); return now })
	b.Cleanup(records.Close)
	keeper := catalog.NewKeeper(records, content.FS, func() fs.FS { return nil })
	if err := keeper.Load(ctx); err != nil {
		b.Fatal(err)
	}
	ids := 0
	reg := register.New(records, keeper.Now, func() string { ids++; return fmt.Sprintf("id%07d", ids) })
	s := survey.New(records, reg, keeper.Now)
	since := period.MustDay("2022-01-01")
	text := func(code, s string) fact.Field { return fact.Field{Code: code, Value: fact.TextOf(s)} }
	var entries []register.Entry
	var before []survey.Return
	for i := range importRows {
		e := code.MakeCredit('9', '1', "620724", fmt.Sprintf("MA%06d", i))
		entries = append(entries, register.Entry{Type: "enterprise", EffectiveOn: since, Values: fact.NewBody(
			text("credit_code", e), text("name", fmt.Sprintf("高台县第%d化工有限公司", i)), text("status", "operating"), text("industry", "2614"))},
			register.Entry{Type: "membership", EffectiveOn: since, Values: fact.NewBody(
				text("enterprise", e), text("list", "above_scale"), fact.Field{Code: "from_on", Value: fact.DayOf(since)})})
		before = append(before, survey.Return{Form: "B203", Period: importPeriod.Previous(), Enterprise: e, Cells: financial(i, 10)})
	}
	if _, err := reg.Put(ctx, entries...); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Submit(ctx, before...); err != nil {
		b.Fatal(err)
	}
	return ctx, records, s
}

// financial is a return whose relations hold.
func financial(i, months int) fact.Body {
	n := int64(1000+i%977) * int64(months)
	v := map[string]int64{
		"c01": 40 * n, "c02": 10 * n, "c03": 12 * n, "c04": 4 * n, "c05": 80 * n, "c06": 20 * n, "c07": 120 * n, "c08": 30 * n, "c09": 9 * n,
		"c10": 70 * n, "c11": 50 * n, "c12": 60 * n, "c13": 45 * n, "c14": n, "c15": n, "c16": 3 * n, "c17": n, "c18": 2 * n, "c19": n,
		"c20": n, "c21": 0, "c22": 0, "c23": 0, "c24": 0, "c25": 8 * n, "c26": n, "c27": n, "c28": 8 * n, "c29": 2 * n, "c30": 5 * n, "c31": 3 * n, "c32": 40 + int64(i%50),
	}
	fields := make([]fact.Field, 0, len(v))
	for c, x := range v {
		fields = append(fields, fact.Field{Code: c, Value: fact.NumberOf(unit.Int(x))})
	}
	return fact.NewBody(fields...)
}

// importFile is the form as it is handed out, filled in.
func importFile(ctx context.Context, b *testing.B, records *record.Store, s *survey.Store) []byte {
	b.Helper()
	m, err := records.At(ctx, record.AsOf{})
	if err != nil {
		b.Fatal(err)
	}
	book, err := s.Workbook(ctx, m, "B203", importPeriod, "")
	if err != nil {
		b.Fatal(err)
	}
	t := &book.Sheets[0]
	for i := range t.Rows {
		cells := financial(i, 11)
		for j, col := range t.Columns {
			if d, ok := cells.Get(col.Code).Number(); ok {
				t.Rows[i].Cells[j].Value = sheet.OfNumber(d)
			}
		}
	}
	var buf bytes.Buffer
	if err := sheet.Write(&buf, book); err != nil {
		b.Fatal(err)
	}
	return buf.Bytes()
}
