package api_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"gongmai/internal/api"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/fact"
	"gongmai/internal/sheet"
)

// A route of the table: who gets what. want has a letter for each of roles:
//
//	o 2xx   l 401   d 403   n 404   c 409   i 422
type route struct {
	id   string // of the operation
	path string
	to   func(c *county) string // instead of path, made anew for each role
	body any
	want string
	keys bool // credit codes may appear: the trail names the records that were touched, a refusal what was asked
}

func routes(t *testing.T, c *county) []route {
	form := "/api/forms/YX01/periods/2025-11"
	copied := "/api/forms/B204-1/periods/2025-11"
	factOf := func(r string) string { return "/api/facts?ref=" + url.QueryEscape(r) }
	some := func(f func() string) func(*county) string { return func(*county) string { return f() } }
	values := map[string]any{"enterprise": a, "category": "funds", "title": "新诉求", "raised_on": "2025-12-09"}
	return []route{
		{id: "health", path: "/api/health", want: "ooooooooooo"},
		{id: "login", path: "/api/login", body: map[string]string{"login": "nobody", "password": "wrong"}, want: "lllllllllll"},
		{id: "me", path: "/api/me", want: "oooooooooo" + "l"},
		{id: "change-password", path: "/api/password", body: map[string]string{"old": "wrong", "new": "Another-Good-1"}, want: "ddddddddddl"},
		{id: "desk", path: "/api/desk", want: "ooooooodddl"},
		{id: "search", path: "/api/search?q=" + url.QueryEscape("机械"), want: "ooooooodddl"},

		{id: "list-enterprises", path: "/api/enterprises?q=", want: "ooooooodddl"},
		{id: "enterprise", path: "/api/enterprises/" + a, want: "ooooooodddl"},
		{id: "enterprise", path: "/api/enterprises/" + b, want: "oooonnodddl"},
		{id: "register", path: "/api/registers/enterprise", want: "ooooooodddl"},
		{id: "register", path: "/api/registers/membership", want: "ooooooodddl"},
		{id: "import-register", path: "/api/register/enterprise/import?dry_run=true", body: file{"a.csv", []byte("统一社会信用代码,企业名称,企业状态\n" + a + ",甲化工,正常营业\n")}, want: "ooddddddddl"},

		{id: "list-forms", path: "/api/forms", want: "ooooooodddl"},
		{id: "form-period", path: form, want: "ooooooodddl"},
		{id: "form-period", path: copied, want: "ooooooodddl"},
		{id: "return-history", path: form + "/returns/" + a, want: "ooooooodddl"},
		{id: "return-history", path: form + "/returns/" + b, want: "oooonnodddl"},
		{id: "return-history", path: copied + "/returns/" + a, want: "dodd" + "oddddd" + "l"},
		{id: "save-draft", path: form + "/returns/" + a + "/draft", body: map[string]any{"cells": yx01}, want: "ooddoodddd" + "l"},
		{id: "save-draft", path: form + "/returns/" + b + "/draft", body: map[string]any{"cells": yx01}, want: "ooddnndddd" + "l"},
		{id: "submit-return", path: form + "/returns/" + a + "/submit", body: map[string]any{"cells": yx01, "fill_for": map[string]any{"informant": "联系人甲", "how": "电话"}}, want: "ooddoodddd" + "l"},
		{id: "submit-return", path: form + "/returns/" + b + "/submit", body: map[string]any{"cells": yx01, "fill_for": map[string]any{"informant": "联系人甲", "how": "电话"}}, want: "ooddnndddd" + "l"},
		{id: "accept-return", to: some(func() string { return waiting(t, c) + "/accept" }), body: map[string]any{}, want: "doddd" + "o" + "ddddl"},
		{id: "return-return", to: some(func() string { return waiting(t, c) + "/return" }), body: map[string]any{"reason": "请核实"}, want: "doddd" + "o" + "ddddl"},
		{id: "lock-return", to: some(func() string { return copied + "/returns/" + freshCopy(t, c) + "/lock" }), body: map[string]any{}, want: "dodd" + "n" + "n" + "ddddl"},
		{id: "workbook", path: form + "/workbook", want: "ooooooodddl"},
		{id: "workbook", path: copied + "/workbook", want: "dodd" + "dddddd" + "l"},
		{id: "workbook", path: form + "/workbook?enterprise=" + b, want: "oooonnodddl"},
		{id: "import-workbook", path: form + "/workbook", body: file{"YX01.xlsx", workbook(t, c)}, want: "ooddoodddd" + "l"},

		{id: "list-ledgers", path: "/api/ledgers", want: "ooooooodddl"},
		{id: "ledger", path: "/api/ledgers/demand", want: "ooooooodddl"},
		{id: "ledger", path: "/api/ledgers/inspection", want: "ooooooodddl"},
		{id: "record", path: "/api/ledgers/demand/records/" + c.demands["甲化工"], want: "ooooooodddl"},
		{id: "record", path: "/api/ledgers/demand/records/" + c.demands["乙机械"], want: "oooonnodddl"},
		{id: "make-record", path: "/api/ledgers/demand/records", body: map[string]any{"step": "raise", "values": values}, want: "oioi" + "oo" + "ddddl"},
		{id: "take-step", to: some(func() string { return "/api/ledgers/demand/records/" + c.demand(a, "再一件") + "/steps/accept" }), body: map[string]any{"values": map[string]any{"accepted_on": "2025-12-09"}}, want: "oiii" + "ii" + "ddddl"},
		{id: "take-step", path: "/api/ledgers/demand/records/" + c.demands["乙机械"] + "/steps/decline", body: map[string]any{}, want: "iiii" + "nn" + "ddddl"},
		{id: "correct-record", to: some(func() string { return "/api/ledgers/demand/records/" + c.demand(a, "再一件") + "/correct" }), body: map[string]any{"values": map[string]any{"title": "改过"}, "reason": "写错"}, want: "oooo" + "oo" + "ddddl"},
		{id: "correct-record", path: "/api/ledgers/demand/records/" + c.demands["乙机械"] + "/correct", body: map[string]any{"values": map[string]any{"title": ""}, "reason": "写错"}, want: "iiii" + "nn" + "ddddl"},
		{id: "import-ledger", path: "/api/ledgers/demand/import?dry_run=true", body: file{"a.csv", []byte("企业,诉求类别,诉求事项,提出日期\n" + a + ",资金周转,导入,2025-12-08\n")}, want: "oooo" + "oo" + "ddddl"},
		{id: "upload-file", path: "/api/files", body: file{"照片.png", []byte("\x89PNG\r\n\x1a\n")}, want: "ooooooodddl"},
		{id: "file", path: "/api/files/" + c.photo + "?ref=" + url.QueryEscape(ref("ledger:inspection", inspection(t, c), 1)), want: "ooooooodddl"},
		{id: "file", path: "/api/files/" + c.photo + "?ref=" + url.QueryEscape(ref("ledger:demand", c.demands["甲化工"], 1)), want: "nnnnnnndddl"},
		{id: "file", path: "/api/files/" + c.photo, want: "nnnnnnndddl"},

		{id: "list-indicators", path: "/api/indicators", want: "ooooooodddl"},
		{id: "figure", path: "/api/figures/gross_output", want: "ooooooodddl"},
		{id: "figure", path: "/api/figures/gross_output?scope=county", want: "oooo" + "dd" + "odddl"},
		{id: "figure", path: "/api/figures/gross_output?scope=park:yanchi", want: "oooo" + "dd" + "odddl"},
		{id: "figure", path: "/api/figures/gross_output?scope=enterprise:" + a, want: "dodd" + "o" + "ddddd" + "l", keys: true},
		{id: "figure", path: "/api/figures/gross_output?scope=enterprise:" + b, want: "dodd" + "d" + "ddddd" + "l", keys: true},
		{id: "figure", path: "/api/figures/gross_output?scope=region:620724101", want: "oooo" + "dd" + "odddl"},
		{id: "figure", path: "/api/figures/gross_outptu", want: "nnnnnnndddl"},
		{id: "figure-facts", path: "/api/figures/gross_output/facts", want: "ooooooodddl"},
		{id: "figure-facts", path: "/api/figures/gross_output/facts?scope=county", want: "oooo" + "dd" + "odddl"},
		{id: "figure-history", path: "/api/figures/gross_output/history", want: "ooooooodddl"},
		{id: "figure-breakdown", path: "/api/figures/gross_output/breakdown?by=park", want: "ooooooodddl"},
		{id: "figure-breakdown", path: "/api/figures/gross_output/breakdown?by=region", want: "ooooooodddl"},
		{id: "figure-differences", path: "/api/figures/gross_output/differences?from=2025-12-09", want: "ooooooodddl"},
		{id: "fact", path: factOf("survey:B204-1/2025-11/" + a + "/c02@1"), want: "dodd" + "odd" + "dddl"},
		{id: "fact", path: factOf("survey:B204-1/2025-11/" + b + "/c02@1"), want: "dodd" + "nnd" + "dddl"},
		{id: "fact", path: factOf("ledger:demand/" + c.demands["乙机械"] + "@1"), want: "oooonnodddl"},
		{id: "fact", path: factOf("account:grant/x@1"), want: "nnnnnnndddl"},
		{id: "fact", path: "/api/facts?ref=x", want: "iiiiiiidddl"},

		{id: "list-given", path: "/api/given", want: "oood" + "d" + "d" + "odddl"},
		{id: "put-given", path: "/api/given", body: map[string]any{"indicator": "above_scale_value_added", "period": "2025-01..10", "value": "11.1", "provider": "stats_bureau", "on": "2025-12-09", "stage": "快报", "document": "函", "reason": "补登"}, want: "oodd" + "dd" + "ddddl"},
		{id: "given-request", path: "/api/given/request?provider=stats_bureau", want: "ooodd" + "d" + "odddl"},
		{id: "given-request-docx", path: "/api/given/request.docx?provider=stats_bureau", want: "ooodd" + "d" + "odddl"},

		{id: "list-reports", path: "/api/reports", want: "oood" + "d" + "oodddl"},
		{id: "report", path: "/api/reports/monthly?period=2025-11", want: "oood" + "d" + "d" + "odddl"},
		{id: "report-docx", path: "/api/reports/monthly/file.docx?period=2025-11", want: "oood" + "d" + "d" + "odddl"},
		{id: "report-html", path: "/api/reports/monthly/file.html?period=2025-11", want: "oood" + "d" + "d" + "odddl"},
		{id: "report-pdf", path: "/api/reports/monthly/file.pdf?period=2025-11", want: "nnnd" + "d" + "d" + "ndddl"}, // no LibreOffice
		{id: "list-issues", path: "/api/reports/monthly/issues", want: "oood" + "d" + "oodddl"},
		{id: "issue-report", path: "/api/reports/monthly/issues", body: map[string]any{"period": "2025-11", "number": "1号"}, want: "ddid" + "d" + "d" + "ddddl"},
		{id: "issue-file", path: "/api/issues/none/file.docx", want: "nnnd" + "d" + "nndddl"},
		{id: "issue-diff", path: "/api/issues/none/diff", want: "nnnd" + "d" + "nndddl"},
		{id: "reproduce-issue", path: "/api/issues/none/reproduce", want: "nnnd" + "d" + "nndddl"},

		{id: "audit", path: "/api/audit", want: "dddddd" + "odd" + "ol", keys: true},
		{id: "list-accounts", path: "/api/accounts", want: "dddddd" + "oooo" + "l", keys: true},
		{id: "make-account", to: some(func() string { return "/api/accounts" }), body: map[string]any{"login": "new-one", "name": "新人", "roles": []string{}, "posts": []string{}, "reach": map[string]any{}}, want: "ddddddd" + "odd" + "l"},
		{id: "reset-account", path: "/api/accounts/none/reset", want: "ddddddd" + "ndd" + "l"},
		{id: "set-account-state", path: "/api/accounts/none/state", body: map[string]any{"state": "disabled"}, want: "ddddddd" + "ndd" + "l"},
		{id: "grant", path: "/api/accounts/none/grant", body: map[string]any{"roles": []string{"official"}, "reach": map[string]any{"county": true}}, want: "ddddddd" + "dnd" + "l"},
		{id: "catalogue", path: "/api/catalogue", want: "oooo" + "dd" + "oodd" + "l"},
		{id: "logout", path: "/api/logout", want: "ooooooooooo"}, // the last: it ends the sessions
	}
}

var letters = map[int]byte{200: 'o', 204: 'o', 401: 'l', 403: 'd', 404: 'n', 409: 'c', 422: 'i'}

func TestRoutes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := open(t, d)
		methods := operations(t)
		for _, r := range routes(t, c) {
			got := ""
			for _, role := range roles {
				path := r.path
				if r.to != nil {
					path = r.to(c)
				}
				w := c.ask(t, role, methods[r.id], path, r.body)
				letter := letters[w.Code]
				if letter == 0 {
					t.Errorf("%s %s as %s: %d %s", r.id, path, role, w.Code, w.Body)
					letter = '?'
				}
				got += string(letter)
				for _, word := range forbidden(role, r.keys) {
					if bytes.Contains(w.Body.Bytes(), []byte(word)) {
						t.Errorf("%s %s as %s says %q:\n%s", r.id, path, role, word, w.Body)
					}
				}
			}
			if got != r.want {
				t.Errorf("%s %s\n  roles %v\n  want  %s\n  got   %s", r.id, r.path, roles, r.want, got)
			}
		}
		if c.log.Len() > 0 {
			t.Errorf("our own faults:\n%s", c.log)
		}
	})
}

// forbidden is what must not appear in any answer to a role.
func forbidden(role string, keys bool) []string {
	out := []string{phone, "argon2", password}
	beyond := func(names []string, codes ...string) {
		out = append(out, names...)
		if !keys {
			out = append(out, codes...)
		}
	}
	switch role {
	case "reviewer":
		return out
	case "reporter":
		beyond([]string{"乙机械", "丙矿业", "丁食品", outputB, outputC}, b, c3, d4)
		return out
	case "park_officer":
		beyond([]string{"乙机械", "丁食品"}, b, d4)
	case "system_admin", "security_admin", "audit_admin", "nobody":
		beyond([]string{"甲化工", "乙机械", "丙矿业", "丁食品"}, a, b, c3, d4)
	}
	return append(out, outputA, outputB, outputC)
}

// operations maps the id of every operation to its method.
func operations(t *testing.T) map[string]string {
	t.Helper()
	text, err := api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			ID string `json:"operationId"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, at := range doc.Paths {
		for method, op := range at {
			if out[op.ID] != "" {
				t.Errorf("two operations are called %q", op.ID)
			}
			out[op.ID] = strings.ToUpper(method)
		}
	}
	return out
}

func TestEveryOperationIsInTheTable(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	methods := operations(t)
	tested := map[string]bool{}
	for _, r := range routes(t, c) {
		tested[r.id] = true
		if methods[r.id] == "" {
			t.Errorf("the table tests %q, which is no operation", r.id)
		}
		if len(r.want) != len(roles) {
			t.Errorf("%s %s: %d letters for %d roles", r.id, r.path, len(r.want), len(roles))
		}
	}
	for id := range methods {
		if !tested[id] {
			t.Errorf("operation %q is not in the table", id)
		}
	}
}

// waiting files 甲's return again, so that it waits for review.
func waiting(t *testing.T, c *county) string {
	t.Helper()
	c.fileAgain(t)
	return "/api/forms/YX01/periods/2025-11/returns/" + a
}

// inspection finds the one inspection.
func inspection(t *testing.T, c *county) (id string) {
	t.Helper()
	m, err := c.Records.At(c.Ctx, c.Seq())
	if err != nil {
		t.Fatal(err)
	}
	err = m.Read(c.Ctx, "ledger:inspection", func(v fact.View) error {
		for r := range v.Heads() {
			id = r.Record()
		}
		return nil
	})
	if err != nil || id == "" {
		t.Fatalf("no inspection: %v", err)
	}
	return id
}

// workbook is 甲's card of the monthly return, as the county gives it out.
func workbook(t *testing.T, c *county) []byte {
	t.Helper()
	m, err := c.Records.At(c.Ctx, c.Seq())
	if err != nil {
		t.Fatal(err)
	}
	book, err := c.Survey.Workbook(c.Ctx, m, "YX01", periodOf("2025-11"), a)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, book); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
