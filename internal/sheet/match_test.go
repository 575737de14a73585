package sheet

import (
	"bytes"
	"testing"
	"time"

	"gongmai/internal/errs"
	"gongmai/internal/period"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// made is a workbook made elsewhere: cells by name on Sheet1.
func made(t testing.TB, cells map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, v := range cells {
		var err error
		if s, ok := v.(formula); ok {
			err = f.SetCellFormula("Sheet1", name, string(s))
		} else {
			err = f.SetCellValue("Sheet1", name, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

type formula string

// foreign is a spec for workbooks made elsewhere.
func foreign() Spec {
	return Spec{Columns: []Column{
		{Code: "id", Name: "信用代码", Type: AsCode, Key: true},
		{Code: "out", Name: "工业总产值", Unit: "千元", Type: AsDecimal, Scale: 2},
		{Code: "men", Name: "用工人数", Type: AsInteger},
		{Code: "since", Name: "开工日期", Type: AsDate},
		{Code: "state", Name: "状态", Type: AsEnum, Options: []string{"正常", "停产"}},
		{Code: "note", Name: "备注", Type: AsText},
	}}
}

// head puts a header into line 3, under a title.
func head(cells map[string]any) map[string]any {
	for k, v := range map[string]any{
		"A1": "汇总表", "F2": "单位：千元", "A3": "信用代码", "B3": "工业总产值", "C3": "用工 人数", "D3": "开工日期", "E3": "状态", "F3": "备注",
	} {
		if _, ok := cells[k]; !ok {
			cells[k] = v
		}
	}
	return cells
}

func TestCellsByType(t *testing.T) {
	day := func(s string) Value { return OfDay(period.MustDay(s)) }
	number := func(s string) Value { return num(s).Value }
	na := Value{Kind: NotApplicable}
	for _, tt := range []struct {
		name, cell string
		in         any
		want       Value
		fault      string
	}{
		{"number", "B4", 1234.5, number("1234.50"), ""},
		{"zero is a number", "B4", 0, number("0.00"), ""},
		{"spaces are nothing", "B4", "  ", Value{}, ""},
		{"float dust", "B4", 0.1 + 0.2, number("0.30"), ""},
		{"seventeen digits", "B4", 1234.5599999999999, number("1234.56"), ""},
		{"exponent", "B4", 7e-2, number("0.07"), ""},
		{"large", "B4", 1e15, number("1000000000000000.00"), ""},
		{"thousands", "B4", "1,234,567.5", number("1234567.50"), ""},
		{"full width", "B4", "　１，２３４．５ ", number("1234.50"), ""},
		{"negative full width", "B4", "－８", number("-8.00"), ""},
		{"long text number", "B4", "1234567890123456.78", number("1234567890123456.78"), ""},
		{"bad groups", "B4", "1,23", Value{}, "B4：应为数字，现为“1,23”"},
		{"words", "B4", "三百", Value{}, "B4：应为数字，现为“三百”"},
		{"unit behind", "B4", "300千元", Value{}, "B4：应为数字，现为“300千元”"},
		{"percent", "B4", "12%", Value{}, "B4：应为数字，现为“12%”"},
		{"go number", "B4", "0x10", Value{}, "B4：应为数字，现为“0x10”"},
		{"three places", "B4", 1.234, Value{}, "B4：最多 2 位小数，现为 1.234"},
		{"a third", "B4", 1.0 / 3, Value{}, "B4：最多 2 位小数，现为 0.333333333333333"},
		{"too large", "B4", 1e30, Value{}, "B4：数字太大：10000000000000000000000…"},
		{"boolean", "B4", true, Value{}, "B4：应为数字，现为“TRUE”"},
		{"date in a number", "B4", time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC), Value{}, "B4：应为数字，现为日期 2025-03-05，请把单元格格式改为“常规”后重填"},
		{"formula never computed", "B4", formula("1+1"), Value{}, "B4：公式没有保存结果，请用 Excel 或 WPS 打开后保存一次再上传"},
		{"slash", "B4", "/", na, ""},
		{"full-width slash", "B4", "／", na, ""},
		{"none", "B4", "无", na, ""},
		{"dash", "B4", " — ", na, ""},
		{"not applicable", "B4", "不适用", na, ""},
		{"no reply", "B4", "未反馈", Value{Kind: NoReply}, ""},
		{"whole", "C4", 12, number("12"), ""},
		{"half a man", "C4", 12.5, Value{}, "C4：应为整数，现为 12.5"},
		{"serial", "D4", time.Date(2025, 11, 22, 8, 30, 0, 0, time.UTC), day("2025-11-22"), ""},
		{"serial without format", "D4", 45983, day("2025-11-22"), ""},
		{"compact number", "D4", 20251122, day("2025-11-22"), ""},
		{"slashes", "D4", "2025/1/2", day("2025-01-02"), ""},
		{"chinese", "D4", "2025年1月2日", day("2025-01-02"), ""},
		{"dots and time", "D4", "2025.1.12 08:00", day("2025-01-12"), ""},
		{"day or month first", "D4", "3/4/2025", Value{}, "D4：应为日期（如 2025-11-22），现为“3/4/2025”"},
		{"no such day", "D4", "2025-02-30", Value{}, "D4：应为日期（如 2025-11-22），现为“2025-02-30”"},
		{"option", "E4", " 停产", OfText("停产"), ""},
		{"no option", "E4", "停工", Value{}, "E4：应为“正常、停产”之一，现为“停工”"},
		{"formula text", "F4", "=1+1", OfText("=1+1"), ""},
		{"number as text", "F4", 3.5, OfText("3.5"), ""},
		{"code as number", "A4", 913300, OfText("913300"), ""},
		{"long code as number", "A4", 911234567890123456.0, Value{}, "A4：长数字已被当作数值存放，末位可能已丢失，请把单元格格式改为“文本”后重填"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := head(map[string]any{"A4": "x", tt.cell: tt.in})
			rows, faults := Match(opened(t, made(t, in)), foreign())
			if got := faults.Error(); got != tt.fault {
				t.Errorf("faults of %v = %q; want %q", tt.in, got, tt.fault)
			}
			if len(rows.Rows) != 1 {
				t.Fatalf("got %d rows, want 1", len(rows.Rows))
			}
			e := rows.Rows[0].Entries[tt.cell[0]-'A']
			if d := cmp.Diff(tt.want, e.Value, sameDecimal); d != "" {
				t.Errorf("%v (-want +got):\n%s", tt.in, d)
			}
			if got := rows.Place(e).String(); e.Row > 0 && got != "Sheet1!"+tt.cell {
				t.Errorf("place = %s, want Sheet1!%s", got, tt.cell)
			}
		})
	}
}

func TestTableFaults(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cells map[string]any
		spec  func(*Spec)
		want  string
		rows  int
	}{
		{"an empty row between and rows behind", head(map[string]any{"A4": "x", "A6": "y", "B6": 1, "A9": "   "}), nil, "", 2},
		{"foot ends the table", head(map[string]any{"A4": "x", "A6": "填表人：张三", "B6": "审核人：李四", "A7": "y"}), nil, "", 1},
		{"unknown column", head(map[string]any{"A4": "x", "G3": "电话", "G4": "1"}), nil, "G3：本表没有“电话”这一栏，请删去此栏或改正表头", 1},
		{"a column passed over", head(map[string]any{"A4": "x", "G3": "电话", "H3": "序号"}), func(s *Spec) { s.Ignore = []string{"电话"} }, "", 1},
		{"text beside the table", head(map[string]any{"A4": "x", "H4": "？", "A5": "y", "H5": "？"}), nil, "H4：此列没有表头，内容不会读入，请删去或补上表头", 2},
		{"missing required column", head(map[string]any{"A4": "x", "C3": nil}), func(s *Spec) { s.Columns[2].Required = true }, "工作表“Sheet1”：缺少“用工人数”一栏", 1},
		{"missing column", head(map[string]any{"A4": "x", "C3": nil}), nil, "", 1},
		{"column twice", head(map[string]any{"A4": "x", "G3": "备注"}), nil, "G3：“备注”一栏重复", 1},
		{"required cell", head(map[string]any{"A4": "x"}), func(s *Spec) { s.Columns[1].Required = true }, "B4：“工业总产值”必须填写，没有这一项请填“/”", 1},
		{"one fault a cell", head(map[string]any{"A4": "x", "B4": "?"}), func(s *Spec) { s.Columns[1].Required = true }, "B4：应为数字，现为“?”", 1},
		{"duplicate id", head(map[string]any{"A4": "x", "A5": "y", "A6": "x"}), nil, "A6：“x”与 A4 重复", 3},
		{"no id", head(map[string]any{"B4": 1}), nil, "A4：缺少“信用代码”，不知道这一行是谁的", 1},
		{"unknown id", head(map[string]any{"A4": "x"}), func(s *Spec) { s.Rows = []Row{{ID: "y"}} }, "A4：“x”不在本表应报的单位之内", 1},
		{"open to more ids", head(map[string]any{"A4": "x"}), func(s *Spec) { s.Rows, s.Open = []Row{{ID: "y"}}, true }, "", 1},
		{"changed label", head(map[string]any{"A4": "x", "F4": "乙厂"}), func(s *Spec) {
			s.Columns[5].Locked = true
			s.Rows = []Row{{ID: "x", Cells: []Cell{txt("x"), {}, {}, {}, {}, txt("甲厂")}}}
		}, "F4：此格不可改动，应为“甲厂”，现为“乙厂”", 1},
		{
			"all at once", head(map[string]any{"A4": "x", "B4": "三百", "C4": 1.5, "D4": "昨天", "A5": "x"}), nil,
			"B4：应为数字，现为“三百”\nC4：应为整数，现为 1.5\nD4：应为日期（如 2025-11-22），现为“昨天”\nA5：“x”与 A4 重复", 2,
		},
		{"header with unit and star", head(map[string]any{"A4": "x", "B3": "* 工业总产值（千元）", "B4": 1}), func(s *Spec) { s.Columns[1].Required = true }, "", 1},
		{"header with another unit", head(map[string]any{"A4": "x", "B3": "工业总产值（万元）"}), nil, "B3：本表没有“工业总产值（万元）”这一栏，请删去此栏或改正表头", 1},
		{"line of units and numbers", head(map[string]any{"A4": "计量单位", "B4": "千元", "A5": "甲", "A6": "x", "B6": 2}), nil, "", 1},
		{"columns in another order", map[string]any{"A1": "备注", "B1": "信用代码", "C1": "工业总产值", "A2": "好", "B2": "x", "C2": 3}, nil, "", 1},
		{"no table", map[string]any{"A1": "会议通知"}, nil, "工作表“Sheet1”：找不到表头：应有“信用代码、工业总产值、用工人数、开工日期”等栏。请使用下发的表样，不要改动表头", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := foreign()
			if tt.spec != nil {
				tt.spec(&s)
			}
			rows, faults := Match(opened(t, made(t, tt.cells)), s)
			if got := faults.Error(); got != tt.want {
				t.Errorf("faults:\n%s\nwant:\n%s", got, tt.want)
			}
			if len(rows.Rows) != tt.rows {
				t.Errorf("got %d rows, want %d", len(rows.Rows), tt.rows)
			}
		})
	}
}

// reworked writes b, changes it as a person would, and matches it.
func reworked(t *testing.T, b Book, change func(f *excelize.File) error) (Rows, errs.Faults) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return Match(opened(t, buf.Bytes()), b.Spec(0))
}

func TestReworkedForms(t *testing.T) {
	const card, list = "运行监测月报", "汇总"
	for _, tt := range []struct {
		name   string
		book   Book
		change func(f *excelize.File) error
		want   string
	}{
		{"card filled in", monthly(), func(f *excelize.File) error {
			return firstError(f.SetCellValue(card, "D10", 32000.4), f.SetCellValue(card, "D15", "29,800.1"))
		}, ""},
		{
			"card left empty", monthly(), func(*excelize.File) error { return nil },
			"D10：“工业总产值（当年价格）”必须填写，没有这一项请填“/”\nD15：“营业收入”必须填写，没有这一项请填“/”",
		},
		{"card with a changed unit", monthly(), func(f *excelize.File) error {
			return firstError(f.SetCellValue(card, "D10", 1), f.SetCellValue(card, "D15", 1), f.SetCellValue(card, "C10", "万元"), f.SetCellValue(card, "B11", "产值"))
		}, "C10：计量单位应为“千元”，现为“万元”\nB11：此格不可改动，应为“　其中：新产品产值”，现为“产值”"},
		{"card without its hidden sheet", monthly(), func(f *excelize.File) error {
			return firstError(f.DeleteSheet("_gongmai"), f.SetCellValue(card, "D10", 1), f.SetCellValue(card, "D15", 2))
		}, ""},
		{"card with a line more", monthly(), func(f *excelize.File) error {
			return firstError(f.SetCellValue(card, "D10", 1), f.SetCellValue(card, "D15", 2), f.InsertRows(card, 11, 1),
				f.SetCellValue(card, "B11", "自己加的"), f.SetCellValue(card, "D11", 5))
		}, "B11：本表没有“自己加的”这一项，请删去此行"},
		{"list without its hidden sheet", roster(3), func(f *excelize.File) error { return f.DeleteSheet("_gongmai") }, ""},
		{"list under another name", roster(3), func(f *excelize.File) error { return f.SetSheetName(list, "表一") }, ""},
		{"list with a row taken out", roster(3), func(f *excelize.File) error { return f.RemoveRow(list, 8) }, ""},
		{"list with a column put in", roster(3), func(f *excelize.File) error { return f.InsertCols(list, "C", 1) }, ""},
		{
			"list with a changed name", roster(3), func(f *excelize.File) error { return f.SetCellValue(list, "B8", "乙厂") },
			"B8：此格不可改动，应为“××县第2机械厂”，现为“乙厂”",
		},
		{"a new enterprise in a blank line", roster(3), func(f *excelize.File) error {
			return firstError(f.SetCellValue(list, "A10", "91330000MA2NEW"), f.SetCellValue(list, "C10", 1))
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := reworked(t, tt.book, tt.change)
			if got := faults.Error(); got != tt.want {
				t.Errorf("faults:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestOtherFormRefused(t *testing.T) {
	b := monthly()
	r := opened(t, written(t, b))
	s := b.Spec(0)
	s.Form, s.Period = "B204-1", period.MustParse("2025-12")
	_, faults := Match(r, s)
	want := "这是 GM-01 的表，现在要填报的是 B204-1\n这是2025年11月的表，现在要填报的是2025年12月"
	if got := faults.Error(); got != want {
		t.Errorf("faults:\n%s\nwant:\n%s", got, want)
	}
}

func TestFaultsAreBounded(t *testing.T) {
	b := wide(100, 10)
	for i := range b.Sheets[0].Rows {
		for j := 1; j <= 10; j++ {
			b.Sheets[0].Rows[i].Cells[j] = txt("？")
		}
	}
	_, faults := Match(opened(t, written(t, b)), b.Spec(0))
	if n := len(faults); n != maxFaults+1 || faults[n-1].Message != "还有 500 处问题没有列出，请先改正以上各处" {
		t.Errorf("%d faults, the last %q", n, faults[n-1].Message)
	}
}
