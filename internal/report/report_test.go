package report_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"gongmai/internal/blob"
	"gongmai/internal/catalog"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/indicator"
	"gongmai/internal/period"
	"gongmai/internal/record"
	"gongmai/internal/report"
)

const outline = `report: mine
name: 小结
title: "{{year}}年小结"
blocks:
  - {heading: 一、运行情况, level: 1}
  - text: "{{period}}，增加值{{above_scale_value_added}}亿元，同比{{above_scale_value_added_growth|change}}；为{{guarantee_case_count|names 1}}担保{{guarantee_case_count}}笔、{{guarantee_amount|万元}}万元，专利{{utility_patent_count|tens}}多件。"
  - {text: 增速回落。, when: "above_scale_value_added_growth < 0"}
  - {heading: 附表, rows: [guarantee_case_count, utility_patent_count]}
rules:
  - {rule: "guarantee_case_count >= 2", say: 担保笔数偏少}
`

func open(t *testing.T, d *db.DB) (*countytest.County, *report.Archive) {
	c := countytest.Open(t, d)
	c.Own["mine.yaml"] = &fstest.MapFile{Data: []byte(outline)}
	c.Reload()
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return c, report.NewArchive(c.Records, blobs, c.Engine, c.ID, "test")
}

func guarantee(c *countytest.County, who, no, amount string) string {
	return c.Take("guarantee", "enter", "", "enterprise", who, "contract_no", no, "contract_on", "2025-03-01", "amount", amount, "bank", "工商银行")
}

var ask = report.Ask{Outline: "mine", Year: 2025, AsOf: period.MustDay("2025-12-31")}

func plain(t *testing.T, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := document.WriteText(&b, r.Document); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A sentence turns with its sign, names come from records, and what is missing
// is marked and listed.
func TestSentences(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, a := open(t, d)
		x, y := c.Enterprise(1, "甲化工有限公司", "short_names", "甲化工"), c.Enterprise(2, "乙食品有限公司")
		guarantee(c, x, "A", "300")
		guarantee(c, y, "B", "200.5")
		c.State("above_scale_value_added", "2025-01..11", "18.52", "反馈", "")
		c.Day("2026-01-10")
		for _, s := range []struct{ value, reason, want string }{
			{"8.2", "", "同比增长8.2%；"}, {"-3.14", "统计反馈", "同比下降3.1%；"}, {"0", "统计反馈", "亿元，与上年持平；"},
		} {
			c.State("above_scale_value_added_growth", "2025-01..11", s.value, "反馈", s.reason)
			rep, _, err := a.Make(c.Ctx, ask)
			if err != nil {
				t.Fatal(err)
			}
			text := plain(t, rep)
			for _, w := range []string{s.want, "2025年1—11月，增加值18.52亿元", "为甲化工等担保2笔、500.50万元"} {
				if !strings.Contains(text, w) {
					t.Errorf("with growth %s the text lacks %q:\n%s", s.value, w, text)
				}
			}
			if strings.Contains(text, "增速回落") != (s.value == "-3.14") {
				t.Errorf("with growth %s the condition of a paragraph is wrong", s.value)
			}
			if len(rep.Missing) != 1 || rep.Missing[0].Code != "utility_patent_count" || !strings.Contains(text, "【待补：实用新型专利】") {
				t.Errorf("missing = %+v in\n%s", rep.Missing, text)
			}
			if len(rep.Warnings) != 0 {
				t.Errorf("warnings = %+v", rep.Warnings)
			}
		}
	})
}

// An issued report can be made again as known then, byte for byte, and what
// changed since is found down to the fact.
func TestIssueReproduceDiff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, a := open(t, d)
		x := c.Enterprise(1, "甲化工有限公司")
		id := guarantee(c, x, "A", "300")
		guarantee(c, x, "B", "100")
		c.Day("2025-12-31")
		if _, err := a.IssueReport(c.Ctx, ask, "高工信发〔2025〕15号"); err == nil || !strings.Contains(err.Error(), "待补") {
			t.Fatalf("issuing with figures missing: %v", err)
		}
		for code, v := range map[string]string{"above_scale_value_added": "18.52", "above_scale_value_added_growth": "8.2", "utility_patent_count": "213"} {
			p := "2025-01..11"
			if code == "utility_patent_count" {
				p = "2025"
			}
			c.State(code, p, v, "反馈", "")
		}
		issue, err := a.IssueReport(c.Ctx, ask, "高工信发〔2025〕15号")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Ledger.Correct(c.Ctx, "guarantee", id, 0, c.Fields(&c.Keeper.Now().Ledgers["guarantee"].Type, "amount", "350"), "合同金额抄错"); err != nil {
			t.Fatal(err)
		}
		r, err := a.Reproduce(c.Ctx, issue.ID)
		if err != nil || !r.Equal || !r.Bytes || !r.SameProgram {
			t.Errorf("Reproduce() = %+v, %v", r, err)
		}
		changes, err := a.Diff(c.Ctx, issue.ID)
		if err != nil {
			t.Fatal(err)
		}
		var amount *report.Change
		for i := range changes {
			if changes[i].Code == "guarantee_amount" {
				amount = &changes[i]
			}
		}
		if amount == nil || len(amount.Facts) != 1 || amount.Facts[0].Before.Value != "300" || amount.Facts[0].After.Value != "350" || amount.Facts[0].Reason != "合同金额抄错" {
			t.Errorf("Diff() = %+v", changes)
		}
	})
}

func fill(t *testing.T, c *countytest.County, text string, masks ...catalog.Mask) (*report.Report, error) {
	t.Helper()
	r, err := c.Engine.Read(c.Ctx, record.AsOf{}, indicator.Run{Year: 2025, Stat: period.MustParse("2025-01..11"), AsOf: period.MustDay("2025-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range masks {
		masks[i].N = i + 1
	}
	return report.Fill(c.Ctx, r, text, &catalog.Bindings{Code: "b", Label: catalog.Label{Name: "文"}, Masks: masks})
}

// Masks take units, 多 and signs from the text around them.
func TestFill(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		x := c.Enterprise(1, "甲化工有限公司")
		guarantee(c, x, "A", "12345")
		c.State("above_scale_value_added_growth", "2025-01..11", "-3.1", "反馈", "")
		c.State("utility_patent_count", "2025", "213", "反馈", "")
		rep, err := fill(t, c, "一、情况\n（一）运行。同比增长*%，担保*笔*亿元（*万元），实用型专利*多件，*年贷款*亿元。",
			catalog.Mask{Code: "above_scale_value_added_growth"}, catalog.Mask{Code: "guarantee_case_count"}, catalog.Mask{Code: "guarantee_amount"},
			catalog.Mask{Code: "guarantee_amount"}, catalog.Mask{Code: "utility_patent_count"}, catalog.Mask{Code: "report_year"}, catalog.Mask{Code: "bank_loan_amount"})
		if err != nil {
			t.Fatal(err)
		}
		want := "同比下降3.1%，担保1笔1.23亿元（12345.00万元），实用型专利210多件，2025年贷款【待补：银行业机构为企业发放贷款】亿元。"
		if text := plain(t, rep); !strings.Contains(text, want) {
			t.Errorf("filled:\n%s\nwant %s", text, want)
		}
		if len(rep.Figures) != 7 || rep.Figures[4].N != 5 || len(rep.Missing) != 1 {
			t.Errorf("%d figures, missing %+v", len(rep.Figures), rep.Missing)
		}
		if _, err := fill(t, c, "只有*一处", catalog.Mask{Code: "report_year"}, catalog.Mask{Code: "report_year"}); errs.Kind(err) != errs.Invalid {
			t.Errorf("more bindings than masks: %v", err)
		}
	})
}

// Nobody without the right reads or issues a report.
func TestRights(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, a := open(t, d)
		if _, _, err := a.Make(context.Background(), ask); errs.Kind(err) != errs.Denied {
			t.Errorf("nobody reads: %v", err)
		}
		if _, err := a.IssueReport(context.Background(), ask, ""); errs.Kind(err) != errs.Denied {
			t.Errorf("nobody issues: %v", err)
		}
	})
}
