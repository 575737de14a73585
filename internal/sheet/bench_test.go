package sheet

import (
	"bytes"
	"fmt"
	"testing"

	"gongmai/internal/unit"

	"github.com/xuri/excelize/v2"
)

// wide is the measure of reading: 5,000 rows of 32 decimal columns.
func wide(rows, cols int) Book {
	s := Sheet{Name: "数据", Title: "大表", Columns: []Column{{Code: "id", Name: "统一社会信用代码", Type: AsCode, Key: true}}}
	for j := range cols {
		s.Columns = append(s.Columns, Column{Code: fmt.Sprint("c", j), Name: fmt.Sprint("指标", j), Type: AsDecimal, Scale: 2})
	}
	for i := range rows {
		r := Row{ID: fmt.Sprintf("91330000MA2%07d", i)}
		r.Cells = append(r.Cells, txt(r.ID))
		for j := range cols {
			r.Cells = append(r.Cells, Cell{Value: OfNumber(unit.New(int64(i*7919+j*104729)%9_999_999, 2))})
		}
		s.Rows = append(s.Rows, r)
	}
	return Book{Sheets: []Sheet{s}}
}

func BenchmarkReadMatch(b *testing.B) {
	book := wide(5000, 32)
	file, spec := written(b, book), book.Spec(0)
	spec.Rows = nil
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		r, err := Read(bytes.NewReader(file), int64(len(file)), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		if rows, faults := Match(r, spec); len(faults) > 0 || len(rows.Rows) != 5000 {
			b.Fatalf("%d rows, %v", len(rows.Rows), faults)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	file := written(b, wide(5000, 32))
	for b.Loop() {
		if _, err := Read(bytes.NewReader(file), int64(len(file)), Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadExcelize is the same through excelize's fastest way, for comparison.
func BenchmarkReadExcelize(b *testing.B) {
	file := written(b, wide(5000, 32))
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("数据")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	book := wide(5000, 32)
	for b.Loop() {
		written(b, book)
	}
}
