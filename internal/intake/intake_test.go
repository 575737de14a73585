package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"gongmai/internal/account"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/intake"
	"gongmai/internal/record"
	"gongmai/internal/sheet"
)

func desk(t testing.TB, d *db.DB) (*intake.Desk, *countytest.County) {
	t.Helper()
	c := countytest.Open(t, d)
	accounts, err := account.New(c.Records, account.Config{Catalogue: c.Keeper.Now, NewID: c.ID})
	if err != nil {
		t.Fatal(err)
	}
	return &intake.Desk{Records: c.Records, Catalogue: c.Keeper.Now, Register: c.Register, Ledger: c.Ledger, Given: c.Given, Accounts: accounts}, c
}

func open(t testing.TB, text string) *sheet.Reading {
	t.Helper()
	r, err := intake.Open("名单.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// one is a sound line of the register of enterprises.
func one(n int, name, rest string) string {
	return fmt.Sprintf("%s,%s,正常营业,2614,%s\n", countytest.Code(n), name, rest)
}

const head = "统一社会信用代码,企业名称,企业状态,行业小类,法定代表人\n"

func TestOpenReadsWhatOfficesSend(t *testing.T) {
	const text = "统一社会信用代码,企业名称\n91620724MA0000007R,\"银河,番茄\"\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"A1 统一社会信用代码", "B1 企业名称", "A2 91620724MA0000007R", "B2 银河,番茄"}
	for name, file := range map[string]string{
		"utf-8": text, "with a mark": "\ufeff" + text, "gbk": gbk, "windows": strings.ReplaceAll(text, "\n", "\r\n"),
		"tabs": strings.NewReplacer("码,", "码\t", "R,", "R\t").Replace(text),
	} {
		r, err := intake.Open("名单.csv", []byte(file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, l := range r.Pages[0].Lines {
			for _, c := range l.Cells {
				got = append(got, sheet.Place{Row: l.Number, Column: c.Column}.Cell()+" "+c.Text)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, file := range map[string]string{"a quote that never ends": "a,\"b\n", "no text at all": "\xff\xfe\x80\x81\xff"} {
		if _, err := intake.Open("x.csv", []byte(file)); !errors.Is(err, errs.Invalid) {
			t.Errorf("%s: %v, want a refusal", name, err)
		}
	}
}

// Any text goes through CSV in both encodings, and nothing makes Open panic.
func TestOpenInBothEncodings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "名称,值\n" + rapid.StringMatching(`[一-龥]{1,9},[a-z0-9一-龥]{1,9}`).Draw(t, "line") + "\n"
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		a, err1 := intake.Open("a.csv", []byte(text))
		b, err2 := intake.Open("a.csv", []byte(gbk))
		if err1 != nil || err2 != nil || !cmp.Equal(a.Pages, b.Pages) {
			t.Fatalf("%q: %v, %v\n%v\n%v", text, err1, err2, a, b)
		}
	})
}

func TestARegisterTwiceChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k, c := desk(t, d)
		file := head + one(1, "甲公司", "张三") + one(2, "乙公司", "张三、李四") + one(3, "丙公司", "")
		for i, want := range []string{"3 0 0", "0 0 3"} {
			got, err := k.TakeRegister(c.Ctx, "enterprise", open(t, file), intake.Ask{Source: "名单.csv"})
			if err != nil || len(got.Faults) > 0 || fmt.Sprint(got.Added, got.Changed, got.Unchanged) != want {
				t.Errorf("time %d: %+v, %v; want %s", i+1, got, err, want)
			}
		}
		v := version(t, c, "register:enterprise", countytest.Code(2))
		people := v.Body.Get("legal_person").List()
		names, err := k.Names(c.Ctx)
		if err != nil || len(people) != 2 || names[people[0]] != "张三" || strings.Contains(string(v.Body.Encode()), "张三") {
			t.Errorf("people %v are %v, %v; a version holds ids only", people, names, err)
		}
		// One changes, one loses a value, one is new.
		file = head + one(1, "甲新公司", "张三") + one(2, "乙公司", "/") + one(3, "丙公司", "") + one(4, "丁公司", "")
		got, err := k.TakeRegister(c.Ctx, "enterprise", open(t, file), intake.Ask{Source: "新名单.csv"})
		if err != nil || fmt.Sprint(got.Added, got.Changed, got.Unchanged) != "1 2 1" {
			t.Errorf("changed: %+v, %v", got, err)
		}
		v = version(t, c, "register:enterprise", countytest.Code(2))
		if v.Version != 2 || v.Body.Get("legal_person").Present() || v.Reason != "导入 新名单.csv" {
			t.Errorf("version %d, %v, %q", v.Version, v.Body, v.Reason)
		}
	})
}

func version(t *testing.T, c *countytest.County, k fact.Kind, id string) fact.Version {
	t.Helper()
	m, err := c.Records.At(c.Ctx, record.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	vs, err := m.History(c.Ctx, k, id)
	if err != nil {
		t.Fatal(err)
	}
	return vs[len(vs)-1]
}

func TestOneFaultAndNothingIsStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k, c := desk(t, d)
		file := head + one(1, "甲公司", "张三") + one(2, "乙公司", "") + fmt.Sprintf("%s,丙公司,正常营业,0000,\n", countytest.Code(3))
		before := count(t, c)
		got, err := k.TakeRegister(c.Ctx, "enterprise", open(t, file), intake.Ask{Source: "名单.csv"})
		if err != nil || len(got.Faults) != 1 || got.Faults[0].Place != "名单!D4" {
			t.Errorf("%+v, %v", got, err)
		}
		if after := count(t, c); after != before {
			t.Errorf("%d entries before, %d after", before, after)
		}
	})
}

// count counts all that was ever written, persons too.
func count(t *testing.T, c *countytest.County) (n int64) {
	t.Helper()
	if err := c.Records.DB().QueryRowContext(c.Ctx, `SELECT COUNT(*) FROM audit`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNothingIsGuessed(t *testing.T) {
	k, c := desk(t, dbtest.Open(t, db.SQLite))
	if _, err := k.TakeRegister(c.Ctx, "enterprise", open(t, head+one(1, "同名公司", "")+one(2, "同名公司", "")+one(3, "独一公司", "")), intake.Ask{}); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, file, want string }{
		{"two of one name", "企业名称,诉求类别,诉求事项,提出日期\n同名公司,资金周转,缺钱,2024-03-05\n", "有 2 个“同名公司”，请改写代码"},
		{"nearly its name", "企业名称,诉求类别,诉求事项,提出日期\n独一公司厂,资金周转,缺钱,2024-03-05\n", "没有“独一公司厂”，是否想写“独一公司”"},
		{"name and code differ", "统一社会信用代码,企业名称,诉求类别,诉求事项,提出日期\n" + countytest.Code(1) + ",独一公司,资金周转,缺钱,2024-03-05\n", "“独一公司”的代码是 " + countytest.Code(3)},
		{"a file is no text", "企业名称,诉求类别,诉求事项,提出日期,附件\n独一公司,资金周转,缺钱,2024-03-05,照片.jpg\n", "不能从表格导入"},
	} {
		got, err := k.TakeLedger(c.Ctx, "demand", open(t, x.file), intake.Ask{Source: "诉求.csv"})
		if err != nil || len(got.Faults) != 1 || !strings.Contains(got.Faults[0].Message, x.want) {
			t.Errorf("%s: %+v, %v; want %s", x.name, got.Faults, err, x.want)
		}
	}
}

// However a ledger's file is cut, taking all of it in afterwards makes each row once.
func TestALedgerTakesEachRowOnce(t *testing.T) {
	k, c := desk(t, dbtest.Open(t, db.SQLite))
	if _, err := k.TakeRegister(c.Ctx, "enterprise", open(t, head+one(1, "甲公司", "")), intake.Ask{}); err != nil {
		t.Fatal(err)
	}
	const top = "企业,诉求类别,诉求事项,提出日期\n"
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("甲公司,资金周转,第%d次%d,2024-03-05\n", run, rapid.IntRange(0, 3).Draw(t, "row"))
		}), 1, 6).Draw(t, "rows")
		first := rapid.IntRange(0, len(rows)).Draw(t, "first")
		made := 0
		for _, part := range [][]string{rows[:first], rows, rows} {
			if len(part) == 0 {
				continue
			}
			r, err := intake.Open("a.csv", []byte(top+strings.Join(part, "")))
			if err != nil {
				t.Fatal(err)
			}
			got, err := k.TakeLedger(c.Ctx, "demand", r, intake.Ask{Source: "a.csv"})
			if err != nil || len(got.Faults) > 0 {
				t.Fatalf("%+v, %v", got, err)
			}
			made += got.Added
		}
		if made != len(rows) {
			t.Fatalf("%d records of %d rows", made, len(rows))
		}
	})
}
