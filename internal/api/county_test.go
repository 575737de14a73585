package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/api"
	"gongmai/internal/blob"
	"gongmai/internal/countytest"
	"gongmai/internal/db"
	"gongmai/internal/document"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/report"
	"gongmai/internal/survey"
)

// county is a small county behind the API: 甲 and 丙 in park nanhua, 乙 in park
// yanchi, 丁 in none; the first three above scale.
type county struct {
	*countytest.County
	handler http.Handler
	log     *bytes.Buffer
	cookies map[string]*http.Cookie
	demands map[string]string // by enterprise name
	photo   string            // digest, in a record about 甲
	extra   int               // enterprises made on the way
	person  string            // the contact of 甲, with a phone
}

const (
	phone    = "13912345678"
	password = "Gaotai-Xian-2025"
	// c02 of B204-1 for 2025-11, 千元: nobody else's number looks like them.
	outputA, outputB, outputC = "777001", "888002", "333003"
)

var a, b, c3, d4 = countytest.Code(1), countytest.Code(2), countytest.Code(3), countytest.Code(4)

// roles in the order of the columns of the table of routes.
var roles = []string{"official", "reviewer", "leader", "inspector", "reporter", "park_officer", "auditor", "system_admin", "security_admin", "audit_admin", "nobody"}

func open(t *testing.T, d *db.DB) *county {
	t.Helper()
	c := &county{County: countytest.Open(t, d), log: &bytes.Buffer{}, cookies: map[string]*http.Cookie{}, demands: map[string]string{}}
	accounts, err := account.New(c.Records, account.Config{Catalogue: c.Keeper.Now, NewID: c.ID, Cost: account.Cost{MemoryKiB: 64, Passes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c.fill(t, accounts, blobs)
	c.handler, err = api.New(api.Rooms{
		Records: c.Records, Keeper: c.Keeper, Register: c.Register, Ledger: c.Ledger, Survey: c.Survey, Given: c.Given, Indicators: c.Engine,
		Reports: report.NewArchive(c.Records, blobs, c.Engine, c.ID, "test"), Accounts: accounts, Blobs: blobs,
		Converter: document.New(document.Config{Soffice: "/nowhere"}), Version: "test", Log: slog.New(slog.NewTextHandler(c.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range roles[:len(roles)-1] {
		c.signIn(t, role)
	}
	return c
}

func (c *county) fill(t *testing.T, accounts *account.Store, blobs *blob.Store) {
	t.Helper()
	person, err := accounts.PutPerson(c.Ctx, account.Person{Name: "联系人甲", Phone: phone})
	if err != nil {
		t.Fatal(err)
	}
	c.person = person
	c.Enter("park", "2020-01-01", "code", "nanhua", "name", "南华园区")
	c.Enter("park", "2020-01-01", "code", "yanchi", "name", "盐池园区")
	c.Enter("agency", "2020-01-01", "code", "stats_bureau", "name", "县统计局")
	c.Enterprise(1, "甲化工", "contacts", person, "short_names", "甲简称")
	c.Enterprise(2, "乙机械", "region", "620724101", "industry", "3484")
	c.Enterprise(3, "丙矿业")
	c.Enterprise(4, "丁食品")
	for _, x := range [][2]string{{a, "nanhua"}, {b, "yanchi"}, {c3, "nanhua"}} {
		c.AboveScale(x[0], "2024-01-01")
		c.Enter("membership", "2024-01-01", "enterprise", x[0], "list", "park", "park", x[1], "from_on", "2024-01-01")
	}
	c.Day("2025-12-10")
	for _, x := range [][2]string{{a, outputA}, {b, outputB}, {c3, outputC}} {
		c.Copy("B204-1", "2025-11", x[0], "", "c01", "70000", "c02", x[1], "c03", "60000", "c04", "600000", "c05", "70000", "c06", x[1], "c07", "60000", "c08", "600000", "c09", "0", "c10", "0", "c11", "0", "c12", "0")
	}
	c.monthly(t, a)
	c.monthly(t, b)
	c.State("above_scale_value_added", "2025-01..11", "12.34", "快报", "")
	c.demands["甲化工"] = c.demand(a, "甲化工的诉求")
	c.demands["乙机械"] = c.demand(b, "乙机械的诉求")
	d, err := blobs.Put([]byte("\x89PNG\r\n\x1a\n photo"))
	if err != nil {
		t.Fatal(err)
	}
	c.photo = string(d)
	c.Take("inspection", "record", "", "enterprise", a, "trade", "power", "inspected_on", "2025-12-01", "inspectors", "检查甲、检查乙", "dangers", "0", "record_photo", c.photo)
	c.accounts(t, accounts)
}

// demand makes a new demand about an enterprise.
func (c *county) demand(enterprise, title string) string {
	return c.Take("demand", "raise", "", "enterprise", enterprise, "category", "funds", "title", title, "raised_on", "2025-12-08")
}

// monthly files the bureau's own return, which then waits for review.
func (c *county) monthly(t *testing.T, enterprise string) {
	t.Helper()
	form := c.Keeper.Now().Forms["YX01"]
	_, err := c.Survey.Submit(c.Ctx, survey.Return{
		Form: form.Code, Period: period.MustParse("2025-11"), Enterprise: enterprise, Reason: "测试",
		Cells: cellsOf(t, c, yx01),
	})
	if err != nil {
		t.Fatalf("filing for %s: %v", enterprise, err)
	}
}

var yx01 = map[string]string{"working": "normal", "power": "10.00", "power_ytd": "110.00", "output_next": "700", "employees_end": "55"}

func (c *county) accounts(t *testing.T, accounts *account.Store) {
	t.Helper()
	var all []account.NewAccount
	for _, role := range roles[:len(roles)-1] {
		g := account.Grant{Roles: []string{role}}
		switch role {
		case "reporter":
			g.Reach = actor.Reach{Enterprises: []string{a}}
		case "park_officer":
			g.Reach = actor.Reach{Parks: []string{"nanhua"}}
		case "system_admin", "security_admin", "audit_admin":
		default:
			g.Reach = actor.Reach{County: true}
		}
		all = append(all, account.NewAccount{Login: strings.ReplaceAll(role, "_", "-"), Name: "人" + role, Phone: phone, Password: password, Grant: g})
	}
	if err := accounts.Seed(c.Ctx, all); err != nil {
		t.Fatal(err)
	}
}

func (c *county) signIn(t *testing.T, role string) {
	t.Helper()
	w := c.ask(t, "nobody", "POST", "/api/login", map[string]string{"login": strings.ReplaceAll(role, "_", "-"), "password": password})
	if w.Code != http.StatusNoContent {
		t.Fatalf("signing %s in: %d %s", role, w.Code, w.Body)
	}
	c.cookies[role] = w.Result().Cookies()[0]
}

// file is a request body that is a multipart form with one file.
type file struct {
	name string
	data []byte
}

// ask sends one request as somebody.
func (c *county) ask(t *testing.T, as, method, path string, body any) *httptest.ResponseRecorder {
	t.Helper()
	var r io.Reader
	media := ""
	switch x := body.(type) {
	case nil:
	case file:
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		f, err := m.CreateFormFile("file", x.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(x.data); err != nil {
			t.Fatal(err)
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		r, media = &b, m.FormDataContentType()
	default:
		text, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		r, media = bytes.NewReader(text), "application/json"
	}
	req := httptest.NewRequestWithContext(t.Context(), method, path, r)
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	if cookie := c.cookies[as]; cookie != nil {
		req.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, req)
	return w
}

// get asks and decodes; it fails unless the answer is 200.
func get[T any](t *testing.T, c *county, as, path string) (out T) {
	t.Helper()
	w := c.ask(t, as, "GET", path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s as %s: %d %s", path, as, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// ref of the newest version of a record.
func ref(kind, record string, n int) string { return fmt.Sprintf("%s/%s@%d", kind, record, n) }

func periodOf(s string) period.Period { return period.MustParse(s) }

// cellsOf reads what is typed into the monthly return.
func cellsOf(t *testing.T, c *county, typed map[string]string) fact.Body {
	t.Helper()
	cat := c.Keeper.Now()
	var fields []fact.Field
	for code, text := range typed {
		it, ok := cat.Forms["YX01"].Item(code)
		if !ok {
			t.Fatalf("YX01 has no item %s", code)
		}
		v, err := cat.ParseItem(it, text)
		if err != nil {
			t.Fatal(err)
		}
		fields = append(fields, fact.Field{Code: code, Value: v})
	}
	return fact.NewBody(fields...)
}

// fileAgain brings 甲's return back to where it waits for review.
func (c *county) fileAgain(t *testing.T) {
	t.Helper()
	p := periodOf("2025-11")
	_, err := c.Survey.Decide(c.Ctx, "YX01", p, a, 0, survey.SendBack, "再来")
	if err != nil && !errors.Is(err, errs.Conflict) {
		t.Fatal(err)
	}
	c.monthly(t, a)
}

// freshCopy makes an enterprise with an accepted copy that nobody has locked.
func freshCopy(t *testing.T, c *county) string {
	t.Helper()
	c.extra++
	e := c.Enterprise(100+c.extra, fmt.Sprintf("新户%d", c.extra))
	c.Copy("B204-1", "2025-11", e, "", "c01", "1", "c02", "1")
	return e
}
