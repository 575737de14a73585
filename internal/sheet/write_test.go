package sheet

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"gongmai/internal/errs"
	"gongmai/internal/unit"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestWrittenSettings(t *testing.T) {
	b := roster(3)
	b.Sheets[0].Columns[7].Options = append(b.Sheets[0].Columns[7].Options, "逗,号")
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const name = "汇总"
	if p, err := f.GetSheetProtection(name); err != nil || p.FormatCells || p.InsertRows || !p.FormatColumns {
		t.Errorf("protection = %+v, %v; want cells held, widths free", p, err)
	}
	if v, err := f.GetSheetVisible(manifestName); err != nil || v {
		t.Errorf("hidden sheet visible = %v, %v", v, err)
	}
	if d, err := f.GetSheetDimension(name); err != nil || d != "A1:J12" {
		t.Errorf("dimension = %s, %v; want A1:J12", d, err)
	}
	if w, err := f.GetColWidth(name, "B"); err != nil || w != 28 {
		t.Errorf("width of B = %v, %v; want 28", w, err)
	}
	if p, err := f.GetPanes(name); err != nil || p.XSplit != 2 || p.YSplit != 6 {
		t.Errorf("panes = %+v, %v; want 2 columns and 6 rows frozen", p, err)
	}
	if n := f.GetDefinedName(); len(n) != 1 || n[0].RefersTo != "'汇总'!$4:$6" {
		t.Errorf("defined names = %+v; want the header rows as print titles", n)
	}
	if l, err := f.GetPageLayout(name); err != nil || *l.Size != paperA3 || *l.Orientation != "landscape" || *l.FitToWidth != 1 {
		t.Errorf("page layout = %+v, %v; want A3 landscape, one page wide", l, err)
	}
	locked := func(cell string) bool {
		id, err := f.GetCellStyle(name, cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return s.Protection == nil || s.Protection.Locked
	}
	for cell, want := range map[string]bool{"A1": true, "C5": true, "A7": true, "C7": false, "J9": false, "A10": false, "C11": false, "A12": false} {
		if got := locked(cell); got != want {
			t.Errorf("%s locked = %v, want %v", cell, got, want)
		}
	}
	rules, err := f.GetDataValidations(name)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range rules {
		got[r.Sqref] = r.Type + " " + r.Formula1
	}
	want := map[string]string{
		"C7:C11": `custom IF(ISNUMBER(C7),AND(ROUND(C7,1)=C7,C7>=0),OR(C7="/",C7="无",C7="—",C7="不适用",C7="未反馈"))`,
		"D7:D11": `custom IF(ISNUMBER(D7),AND(ROUND(D7,1)=D7),OR(D7="/",D7="无",D7="—",D7="不适用",D7="未反馈"))`,
		"E7:E11": `custom IF(ISNUMBER(E7),AND(ROUND(E7,1)=E7,E7>=0),OR(E7="/",E7="无",E7="—",E7="不适用",E7="未反馈"))`,
		"F7:F11": `custom IF(ISNUMBER(F7),AND(ROUND(F7,1)=F7),OR(F7="/",F7="无",F7="—",F7="不适用",F7="未反馈"))`,
		"G7:G11": `custom IF(ISNUMBER(G7),AND(ROUND(G7,0)=G7,G7>=0,G7<=100000),OR(G7="/",G7="无",G7="—",G7="不适用",G7="未反馈"))`,
		"H7:H11": `list _gongmai!$J$1:$J$4`,
		"I7:I11": `date 61`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("rules (-want +got):\n%s", d)
	}
	if v, err := f.GetCellValue(manifestName, "J4"); err != nil || v != "逗,号" {
		t.Errorf("option list ends in %q, %v", v, err)
	}
}

// Nothing that people typed may run when the file is opened.
func TestNoFormulas(t *testing.T) {
	b := roster(1)
	evil := []string{`=HYPERLINK("http://x","y")`, `+1+cmd|' /C calc'!A0`, `-2+3`, `@SUM(1)`, `＝1+1`}
	b.Sheets[0].Title, b.Sheets[0].Middle, b.Sheets[0].Foot[0].Text = evil[0], evil[1], evil[2]
	for i, s := range evil {
		b.Sheets[0].Rows = append(b.Sheets[0].Rows, Row{ID: s, Cells: []Cell{txt(s), txt(s), num("-1.5"), {}, {}, {}, {}, {}, {}, txt(evil[i])}})
	}
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				if s, err := f.GetCellFormula(name, cellName(j+1, i+1)); err != nil || s != "" {
					t.Errorf("%s!%s is the formula %q, %v", name, cellName(j+1, i+1), s, err)
				}
			}
		}
	}
	if v, err := f.GetCellValue("汇总", "J8"); err != nil || v != evil[0] {
		t.Errorf("text kept as %q, %v; want %q", v, err, evil[0])
	}
}

func TestCSV(t *testing.T) {
	s := roster(1).Sheets[0]
	s.Rows[0].Cells[1] = txt("=cmd|'/C calc'!A0")
	s.Rows[0].Cells[2] = num("-1000.5")
	s.Rows[0].Cells[9] = txt("有“引号\"”，\n换行")
	c := monthly().Sheets[0]
	c.Columns, c.Rows = c.Columns[4:6], c.Rows[:2]
	c.Rows[0].Cells, c.Rows[1].Cells = []Cell{num("1.0"), {Value: Value{Kind: NotApplicable}}}, []Cell{num("2.0"), txt("－")}
	for _, tt := range []struct {
		s    Sheet
		want string
	}{
		{s, "\ufeff统一社会信用代码,单位名称,本月·工业总产值（千元）,本月·营业收入（千元）,1—本月·工业总产值（千元）,1—本月·营业收入（千元）,期末用工人数（人）,生产状态,状态起始日期,备注\r\n" +
			"91330000MA20000000,'=cmd|'/C calc'!A0,-1000.5,980.0,11500.2,/,86,正常生产,2025-03-01,\"有“引号\"\"”，\r\n换行\"\r\n"},
		{c, "\ufeff代码,指标名称,计量单位,本期,上期\r\n05,营业收入,千元,1.0,2.0\r\n06,利润总额,千元,/,'－\r\n"},
	} {
		var buf bytes.Buffer
		if err := WriteCSV(&buf, tt.s); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tt.want, buf.String()); d != "" {
			t.Errorf("WriteCSV (-want +got):\n%s", d)
		}
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "甲厂": "甲厂", "a=b": "a=b", "=1": "'=1", " =1": "' =1", "+86": "'+86", "-": "'-", "@x": "'@x", "\t=1": "'\t=1", "＝1": "'＝1", "—": "—",
	} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBookRefused(t *testing.T) {
	col := []Column{{Name: "甲"}}
	for _, tt := range []struct {
		name string
		b    Book
		want string
	}{
		{"no sheet", Book{}, "工作簿没有工作表"},
		{"no column", Book{Sheets: []Sheet{{Name: "一"}}}, "工作表“一”没有栏目"},
		{"bad name", Book{Sheets: []Sheet{{Name: "1/2", Columns: col}}}, "工作表名“1/2”不合规：应为 1 至 31 个字，不含 [ ] : * ? / \\ '"},
		{"our own name", Book{Sheets: []Sheet{{Name: "_Gongmai", Columns: col}}}, "工作表名“_Gongmai”重复"},
		{"twice", Book{Sheets: []Sheet{{Name: "A", Columns: col}, {Name: "a", Columns: col}}}, "工作表名“a”重复"},
		{"too many rows", Book{Sheets: []Sheet{{Name: "A", Columns: col, Blank: maxLines + 1}}}, "工作表“A”有 1048577 行 1 栏，Excel 最多 1048576 行 16384 栏，请改用 CSV 或分表导出"},
		{"long text", Book{Sheets: []Sheet{{Name: "A", Columns: col, Rows: []Row{{Cells: []Cell{txt(strings.Repeat("长", 32768))}}}}}}, "工作表“A”第3行有一格超过 32767 字，Excel 放不下"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := Write(&bytes.Buffer{}, tt.b)
			if errs.Kind(err) != errs.Invalid || errs.Text(err) != tt.want {
				t.Errorf("Write = %v, text %q; want %q", err, errs.Text(err), tt.want)
			}
		})
	}
}

// A sheet of one or two columns has no room for three things side by side.
func TestNarrowSheets(t *testing.T) {
	for n := 1; n <= 4; n++ {
		b := monthly()
		s := &b.Sheets[0]
		s.Orient, s.Columns = List, s.Columns[:n]
		s.Rows[0].Cells[0] = num("5.0")
		rows, faults := Match(opened(t, written(t, b)), b.Spec(0))
		if len(faults) > 0 || len(rows.Rows) != 1 || rows.Rows[0].ID != s.Rows[0].ID {
			t.Errorf("%d columns: %d rows, %v; want the one that is no reference", n, len(rows.Rows), faults)
		}
	}
}

func TestCellName(t *testing.T) {
	for col, want := range map[int]string{1: "A1", 26: "Z1", 27: "AA1", 702: "ZZ1", 703: "AAA1", 16384: "XFD1"} {
		got := cellName(col, 1)
		if c, r := parseRef([]byte(got)); got != want || c != col || r != 1 {
			t.Errorf("cellName(%d) = %s, read back as %d,%d; want %s", col, got, c, r, want)
		}
	}
}

func TestLongNumbersStayExact(t *testing.T) {
	for _, n := range []string{"123456789012345", "1234567890123456", "-9223372036854775807", "12345678901234567.89"} {
		v := excelValue(OfNumber(unit.MustParse(n)))
		if _, isText := v.(string); isText != (len(n) > 15) {
			t.Errorf("excelValue(%s) = %T; text is for more than 15 digits", n, v)
		}
	}
}

// needed returns the path of an outside program; without it the test is skipped, in CI it fails.
func needed(t *testing.T, path string, err error) string {
	t.Helper()
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI needs LibreOffice: %v", err)
	}
	t.Skipf("skipped without LibreOffice: %v", err)
	return ""
}
