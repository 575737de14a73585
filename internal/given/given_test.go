package given_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/given"
	"gongmai/internal/period"
	"gongmai/internal/unit"
)

func TestPut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		f := given.Figure{
			Indicator: "above_scale_value_added", Scope: "county", Period: period.MustParse("2025-01..11"), Value: unit.MustParse("18.52"),
			Provider: "stats_bureau", On: period.MustDay("2025-12-15"), Stage: "快报", Document: "快报单",
		}
		if _, err := c.Given.Put(context.Background(), f); !errors.Is(err, errs.Denied) {
			t.Errorf("nobody enters: %v", err)
		}
		bad := given.Figure{Indicator: "above_scale_value_added", Value: f.Value, Stage: "传闻"}
		_, err := c.Given.Put(c.Ctx, f, bad, given.Figure{Indicator: "value_aded"})
		for _, w := range []string{"应写明提供单位", "应写明提供日期", "应写明所依据的文件或图片", "应写明期别", "阶段应为预计、快报", "value_aded：没有这个指标"} {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("faults do not say %q:\n%v", w, err)
			}
		}
		before := c.Seq()
		put := func(f given.Figure) (int32, error) {
			vs, err := c.Given.Put(c.Ctx, f)
			if err != nil || len(vs) == 0 {
				return 0, err
			}
			return vs[0].Version, nil
		}
		if before != c.Seq() {
			t.Error("a refused figure was stored")
		}
		if v, err := put(f); v != 1 || err != nil {
			t.Fatalf("the first: %d, %v", v, err)
		}
		if v, err := put(f); v != 0 || err != nil {
			t.Errorf("the same again: version %d, %v; want nothing written", v, err)
		}
		f.Value = unit.MustParse("18.60")
		if _, err := put(f); err == nil || !strings.Contains(err.Error(), "同一阶段的改动应说明原因") {
			t.Errorf("changing within a stage: %v", err)
		}
		f.Stage = "反馈"
		if v, err := put(f); v != 2 || err != nil {
			t.Errorf("a later stage: %d, %v", v, err)
		}
		f.Stage, f.Reason = "快报", "反馈函有误"
		if v, err := put(f); v != 3 || err != nil {
			t.Errorf("back with a reason: %d, %v", v, err)
		}
	})
}
