package search_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/actor"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/record"
	"gongmai/internal/search"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string][]string{
		"恒泰":  {"ht"},
		"银行":  {"yx", "yh"},
		"A股B": {"agb"},

		"ABC": nil,
		"":    nil,
	} {
		if diff := cmp.Diff(want, search.Initials(name)); diff != "" {
			t.Errorf("Initials(%q) (-want +got):\n%s", name, diff)
		}
	}
}

func TestFold(t *testing.T) {
	if got := search.Fold("Ｂ203（财务） 表-1"); got != "b203财务表1" {
		t.Errorf("Fold = %q", got)
	}
}

func TestFind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := countytest.Open(t, d)
		c.Enterprise(1, "祁连化工", "short_names", "祁化", "former_names", "老祁连")
		c.Enterprise(2, "祁连机械")
		id := c.Take("demand", "raise", "", "enterprise", countytest.Code(2), "category", "funds", "title", "缺流动资金", "raised_on", "2025-01-02")
		x := search.New(c.Records, c.Keeper.Now)
		find := func(who actor.Actor, q string) (titles []string) {
			t.Helper()
			ctx := actor.With(context.Background(), who)
			m, err := c.Records.At(ctx, record.AsOf{})
			if err != nil {
				t.Fatal(err)
			}
			hits, err := x.Find(ctx, m, q, []search.Page{{Path: "/given", Name: "征数", En: "Figures asked for"}}, 5)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hits {
				titles = append(titles, h.Kind+" "+h.Title)
			}
			return titles
		}
		one := actor.Actor{ID: "r", Reach: actor.Reach{Enterprises: []string{countytest.Code(1)}}}
		for _, tt := range []struct {
			who  actor.Actor
			q    string
			want []string
		}{
			{actor.System(), "qlhg", []string{"enterprise 祁连化工"}},
			{actor.System(), "QL HG", []string{"enterprise 祁连化工"}},
			{actor.System(), "祁连", []string{"enterprise 祁连化工", "enterprise 祁连机械"}},
			{actor.System(), "老祁连", []string{"enterprise 祁连化工"}},
			{actor.System(), countytest.Code(2), []string{"enterprise 祁连机械"}},
			{actor.System(), "流动资金", []string{"record 缺流动资金"}},
			{actor.System(), "诉求〔2025〕1号", []string{"record 缺流动资金"}},
			{actor.System(), "征数", []string{"page 征数"}},
			{actor.System(), "zs", []string{"page 征数"}},
			{actor.System(), "规上工业增加值（累计", []string{"indicator 规上工业增加值（累计，现价）"}},
			{actor.System(), "", nil},
			{one, "祁连", []string{"enterprise 祁连化工"}},
			{one, "流动资金", nil},
		} {
			got := find(tt.who, tt.q)
			if tt.q == "zs" && len(got) > 0 {
				got = got[:1] // other names have these initials inside
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("find %q as %q (-want +got):\n%s", tt.q, tt.who.ID, diff)
			}
		}
		if _, err := c.Ledger.Correct(c.Ctx, "demand", id, 0, c.Fields(&c.Keeper.Now().Ledgers["demand"].Type, "title", "缺订单"), "改"); err != nil {
			t.Fatal(err)
		}
		if got := find(actor.System(), "缺订单"); len(got) != 1 {
			t.Errorf("a changed title is not found: %v", got)
		}
		if got := find(actor.System(), "缺流动资金"); len(got) != 0 {
			t.Errorf("a title of before is found: %v", got)
		}
	})
}
