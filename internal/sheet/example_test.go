package sheet_test

import (
	"bytes"
	"fmt"

	"gongmai/internal/sheet"
	"gongmai/internal/unit"
)

// A form goes out, and what comes back is read by the same columns.
func Example() {
	book := sheet.Book{Form: "GM-01", Sheets: []sheet.Sheet{{
		Name: "月报", Title: "运行监测月报", Corner: "单位：千元",
		Columns: []sheet.Column{
			{Code: "id", Name: "统一社会信用代码", Type: sheet.AsCode, Key: true, Locked: true},
			{Code: "output", Name: "工业总产值", Type: sheet.AsDecimal, Scale: 1, Required: true},
		},
		Rows: []sheet.Row{
			{ID: "91330000A", Cells: []sheet.Cell{
				{Value: sheet.OfText("91330000A")}, {Value: sheet.OfNumber(unit.MustParse("1250.5"))},
			}},
			{ID: "91330000B", Cells: []sheet.Cell{{Value: sheet.OfText("91330000B")}}},
		},
	}}}
	var file bytes.Buffer
	if err := sheet.Write(&file, book); err != nil {
		fmt.Println(err)
		return
	}
	reading, err := sheet.Read(bytes.NewReader(file.Bytes()), int64(file.Len()), sheet.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, faults := sheet.Match(reading, book.Spec(0))
	for _, r := range rows.Rows {
		fmt.Printf("%s %q at %s\n", r.ID, r.Entries[1].Value, rows.Place(r.Entries[1]))
	}
	fmt.Println(faults)
	// Output:
	// 91330000A "1250.5" at 月报!B4
	// 91330000B "" at 月报!B5
	// B5：“工业总产值”必须填写，没有这一项请填“/”
}
