package report_test

import (
	"bytes"
	"strings"
	"testing"

	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/document"
	"gongmai/internal/period"
	"gongmai/internal/report"
)

// What is missing is asked for, and what was stated stays on the list with its value.
func TestRequests(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, a := open(t, d)
		c.State("above_scale_value_added", "2025-01..11", "18.52", "反馈", "")
		c.Day("2025-12-31")
		r, err := a.Reading(c.Ctx, ask)
		if err != nil {
			t.Fatal(err)
		}
		lists, err := report.Requests(c.Ctx, r, r.Cat.Outlines["mine"])
		if err != nil {
			t.Fatal(err)
		}
		if stats := lists["stats_bureau"]; len(stats) != 2 || stats[0].Missing == stats[1].Missing {
			t.Errorf("the statistics bureau is asked for %+v", stats)
		}
		if p := lists["market_regulation"]; len(p) != 1 || !p[0].Missing {
			t.Errorf("market regulation is asked for %+v", p)
		}
		by := period.MustDay("2026-01-08")
		msg := report.Message(r, "县市场监管局", lists["market_regulation"], by)
		if !strings.Contains(msg, "1. 实用新型专利（2025年12月，单位：件）") || !strings.Contains(msg, "2026年1月8日前") {
			t.Errorf("message:\n%s", msg)
		}
		var b bytes.Buffer
		if err := document.WriteText(&b, report.Letter(r, "县市场监管局", lists["market_regulation"], by)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "关于商请提供有关数据的函") || !strings.Contains(b.String(), "实用新型专利") {
			t.Errorf("letter:\n%s", b.String())
		}
	})
}
