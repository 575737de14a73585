package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gongmai/internal/account"
	"gongmai/internal/api"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/golden"
)

// digests depend on every letter of the catalogue, and moments on the number of
// writes before: neither is what these tests are about.
var volatile = regexp.MustCompile(`"(digest|seq|known_at|recorded_at|stated_at|at|chain_head)": ("[^"]*"|\d+)`)

func TestAnswers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := open(t, d)
		for _, x := range []struct{ name, as, path string }{
			{"figure", "official", "/api/figures/gross_output?period=2025-01..11"},
			{"figure-derived", "official", "/api/figures/gross_output_growth?period=2025-01..11"},
			{"figure-given", "leader", "/api/figures/above_scale_value_added?period=2025-01..11"},
			{"facts", "reviewer", "/api/figures/gross_output/facts?period=2025-01..11&page=2&size=2"},
			{"facts-hidden", "official", "/api/figures/gross_output/facts?period=2025-01..11"},
			{"breakdown", "leader", "/api/figures/gross_output/breakdown?by=region&period=2025-01..11"},
			{"enterprise", "reporter", "/api/enterprises/" + a},
			{"record", "official", "/api/ledgers/demand/records/" + c.demands["甲化工"]},
			{"sheet", "park_officer", "/api/forms/YX01/periods/2025-11"},
			{"desk", "reporter", "/api/desk"},
			{"me", "park_officer", "/api/me"},
		} {
			w := c.ask(t, x.as, "GET", x.path, nil)
			if w.Code != http.StatusOK {
				t.Errorf("%s: %d %s", x.path, w.Code, w.Body)
				continue
			}
			var b bytes.Buffer
			if err := json.Indent(&b, w.Body.Bytes(), "", "  "); err != nil {
				t.Fatal(err)
			}
			golden.Check(t, x.name+".json", volatile.ReplaceAll(b.Bytes(), []byte(`"$1": "…"`)))
		}
	})
}

func TestOpenAPI(t *testing.T) {
	got, err := api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	// The document stands at the top of the tree, where the web's client is made
	// from it.
	golden.Check(t, "../../../openapi.json", got)
}

// A part that fewer than three units stand behind is withheld, and with it the
// smallest other, which the total would give away.
func TestUnitsStayHidden(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	for range 3 {
		freshCopy(t, c)
	}
	type figure struct {
		Value   string `json:"value"`
		Missing bool   `json:"missing"`
		Why     string `json:"why"`
		Facts   struct{ Digest string }
	}
	type breakdown struct {
		Rows []struct {
			Scope  string
			Figure figure
		}
		Suppressed int
	}
	const path = "/api/figures/gross_output/breakdown?by=region&period=2025-01..11"
	all := get[breakdown](t, c, "reviewer", path)
	if all.Suppressed != 0 || len(all.Rows) != 2 {
		t.Errorf("the reviewer gets %+v; want two parts, none withheld", all)
	}
	some := get[breakdown](t, c, "leader", path)
	if some.Suppressed != 2 {
		t.Errorf("the leader gets %+v; want both parts withheld: one has a single unit, the total tells the other", some)
	}
	for _, r := range some.Rows {
		direct := get[figure](t, c, "leader", "/api/figures/gross_output?period=2025-01..11&scope="+r.Scope)
		if !direct.Missing || direct.Value != "" || direct.Why == "" {
			t.Errorf("asked for %s alone the leader gets %+v", r.Scope, direct)
		}
	}
}

func TestProblems(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	problem := func(as, method, path string, body any) (p struct {
		Status int
		Detail string
		Faults []struct{ Place, Message string }
		ID     string
	},
	) {
		t.Helper()
		w := c.ask(t, as, method, path, body)
		if media := w.Header().Get("Content-Type"); media != "application/problem+json" {
			t.Errorf("%s %s answers with %s", method, path, media)
		}
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if p.Status != w.Code {
			t.Errorf("status %d in the body, %d in the head", p.Status, w.Code)
		}
		return p
	}
	chinese := regexp.MustCompile(`\p{Han}`)
	for _, x := range []struct {
		name, as, method, path string
		body                   any
		status                 int
		place                  string // of the first fault
	}{
		{"no such operation", "official", "GET", "/api/nothing", nil, 404, ""},
		{"a field too many", "official", "POST", "/api/ledgers/demand/records", map[string]any{"step": "raise", "values": map[string]any{}, "more": 1}, 422, "body.more"},
		{"a field of the wrong kind", "official", "POST", "/api/ledgers/demand/records", map[string]any{"step": 1, "values": map[string]any{}}, 422, "body.step"},
		{"no such field", "official", "POST", "/api/ledgers/demand/records", map[string]any{"step": "raise", "values": map[string]any{"x": "1"}}, 422, "x"},
		{"a page below one", "official", "GET", "/api/enterprises?page=0", nil, 422, "query.page"},
		{"a bad period", "official", "GET", "/api/figures/gross_output?period=2025-13", nil, 422, ""},
		{"a bad cell", "official", "PUT", "/api/forms/YX01/periods/2025-11/returns/" + a + "/draft", map[string]any{"cells": map[string]string{"power": "很多"}}, 422, "用电量（本月）"},
		{"all that is lacking", "reporter", "POST", "/api/forms/YX01/periods/2025-11/returns/" + a + "/submit", map[string]any{"cells": map[string]string{"power": "1"}}, 422, "工业企业运行监测月报 2025年11月 甲化工 生产状态"},
		{"based on an old version", "official", "POST", "/api/ledgers/demand/records/" + c.demands["甲化工"] + "/correct", map[string]any{"values": map[string]any{"title": "改"}, "reason": "写错", "based_on": 7}, 409, ""},
	} {
		p := problem(x.as, x.method, x.path, x.body)
		if p.Status != x.status || !chinese.MatchString(p.Detail) {
			t.Errorf("%s: %+v; want %d with a Chinese sentence", x.name, p, x.status)
		}
		if x.place != "" && (len(p.Faults) == 0 || !hasPlace(p.Faults, x.place)) {
			t.Errorf("%s: faults %+v; want one at %s", x.name, p.Faults, x.place)
		}
		for _, f := range p.Faults {
			if !chinese.MatchString(f.Message) {
				t.Errorf("%s: the fault %q is not Chinese", x.name, f.Message)
			}
		}
	}
}

func hasPlace(faults []struct{ Place, Message string }, place string) bool {
	for _, f := range faults {
		if f.Place == place {
			return true
		}
	}
	return false
}

func TestOurOwnFaultTellsOnlyItsID(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	c := open(t, d)
	damage(t, c)
	w := c.ask(t, "official", "GET", "/api/forms/YX01/periods/2025-11", nil)
	var p struct{ Detail, ID string }
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if w.Code != http.StatusInternalServerError || p.ID == "" || strings.Contains(w.Body.String(), "no such") {
		t.Errorf("a broken table answers %d %s", w.Code, w.Body)
	}
	if !strings.Contains(c.log.String(), p.ID) || !strings.Contains(c.log.String(), "no such table") {
		t.Errorf("the log has no line with %s and why:\n%s", p.ID, c.log)
	}
}

// damage takes the table of drafts away.
func damage(t *testing.T, c *county) {
	t.Helper()
	err := c.Records.DB().Tx(c.Ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(c.Ctx, `ALTER TABLE draft RENAME TO hidden`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAround(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	send := func(method, path, body string, head ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		for i := 0; i+1 < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		r.AddCookie(c.cookies["official"])
		w := httptest.NewRecorder()
		c.handler.ServeHTTP(w, r)
		return w
	}
	const post = "/api/ledgers/demand/records"
	for _, x := range []struct {
		name string
		w    *httptest.ResponseRecorder
		want int
	}{
		{"another site", send("POST", post, `{}`, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"), 403},
		{"this site", send("POST", post, `{}`, "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin"), 422},
		{"too large", send("POST", post, `{"step":"`+strings.Repeat("x", 3<<20)+`"}`, "Content-Type", "application/json"), 413},
		{"no JSON", send("POST", post, `{`, "Content-Type", "application/json"), 400},
		{"nothing at all", send("POST", post, ``, "Content-Type", "application/json"), 400},
	} {
		if x.w.Code != x.want {
			t.Errorf("%s: %d %s; want %d", x.name, x.w.Code, x.w.Body, x.want)
		}
	}
	h := send("GET", "/api/me", "").Header()
	if h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Request-Id") == "" {
		t.Errorf("heads of an answer: %v", h)
	}
}

// Whoever must change the password first may do only that.
func TestMustChange(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	w := c.ask(t, "system_admin", "POST", "/api/accounts", map[string]any{"login": "newcomer", "name": "新来"})
	var made struct{ Password string }
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || made.Password == "" {
		t.Fatalf("making an account: %d %s", w.Code, w.Body)
	}
	w = c.ask(t, "nobody", "POST", "/api/login", map[string]string{"login": "newcomer", "password": made.Password})
	if w.Code != http.StatusNoContent {
		t.Fatalf("signing in: %d %s", w.Code, w.Body)
	}
	cookie := w.Result().Cookies()[0]
	if cookie.Name != account.CookieName || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %+v", cookie)
	}
	c.cookies["newcomer"] = cookie
	me := get[struct {
		MustChange bool `json:"must_change"`
		Menu       []any
	}](t, c, "newcomer", "/api/me")
	if !me.MustChange || len(me.Menu) != 0 {
		t.Errorf("me = %+v; want must_change and no menu", me)
	}
	if w := c.ask(t, "newcomer", "GET", "/api/catalogue", nil); w.Code != http.StatusForbidden {
		t.Errorf("before the password is changed the catalogue answers %d", w.Code)
	}
	if w := c.ask(t, "newcomer", "POST", "/api/password", map[string]string{"old": made.Password, "new": "Luotuo-Cheng-88"}); w.Code != http.StatusNoContent {
		t.Errorf("changing the password: %d %s", w.Code, w.Body)
	}
	if me := get[struct {
		MustChange bool `json:"must_change"`
	}](t, c, "newcomer", "/api/me"); me.MustChange {
		t.Error("the password must be changed again")
	}
}

// People come by name, and the versions hold ids.
func TestPeopleComeByName(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	w := c.ask(t, "official", "POST", "/api/ledgers/demand/records", map[string]any{"step": "raise", "values": map[string]any{
		"enterprise": a, "category": "funds", "title": "联系人", "raised_on": "2025-12-09", "contact": []string{"联系人甲", "从没见过"},
	}})
	var made struct {
		ID     string
		Values map[string]any
		Shown  map[string]string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if made.Shown["contact"] != "联系人甲、从没见过" {
		t.Errorf("shown %q", made.Shown["contact"])
	}
	m, err := c.Records.At(c.Ctx, c.Seq())
	if err != nil {
		t.Fatal(err)
	}
	history, err := m.History(c.Ctx, "ledger:demand", made.ID)
	if err != nil {
		t.Fatal(err)
	}
	ids := history[0].Body.Get("contact").List()
	if len(ids) != 2 || ids[0] != c.person || ids[1] == "从没见过" {
		t.Errorf("the version holds %v; want %s and a new id", ids, c.person)
	}
	w = c.ask(t, "official", "POST", "/api/ledgers/demand/records/"+made.ID+"/correct", map[string]any{"values": made.Values, "reason": "写错"})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "没有任何改动") {
		t.Errorf("the values of an answer, sent back, change something: %d %s", w.Code, w.Body)
	}
}

// Every page of a menu opens for whoever has it in theirs.
func TestMenusOpen(t *testing.T) {
	c := open(t, dbtest.Open(t, db.SQLite))
	asks := map[string]string{
		"/": "/api/desk", "/mine": "/api/desk", "/figures": "/api/indicators", "/given": "/api/given", "/audit": "/api/audit",
		"/accounts": "/api/accounts", "/catalogue": "/api/catalogue", "/enterprises": "/api/enterprises",
	}
	for _, role := range roles[:len(roles)-1] {
		me := get[struct {
			Home string
			Menu []struct {
				Items []struct{ Path, Name, En string }
			}
		}](t, c, role, "/api/me")
		seen := map[string]bool{}
		for _, g := range me.Menu {
			for _, i := range g.Items {
				seen[i.Path] = true
				path := asks[i.Path]
				switch room, rest, _ := strings.Cut(strings.TrimPrefix(i.Path, "/"), "/"); {
				case path != "":
				case room == "survey":
					path = "/api/forms/" + rest + "/periods/2025-11"
				case room == "reports":
					path = "/api/reports/" + rest + "?period=2025"
				default:
					path = "/api/" + room + "/" + rest
				}
				if w := c.ask(t, role, "GET", path, nil); w.Code != http.StatusOK {
					t.Errorf("%s has %s (%s) in the menu, and %s answers %d", role, i.Path, i.Name, path, w.Code)
				}
				if i.Name == "" || i.En == "" {
					t.Errorf("%s lacks a name: %+v", i.Path, i)
				}
			}
		}
		if len(seen) == 0 {
			t.Errorf("%s has no page", role)
		}
		if home := me.Home; home != "/" && home != "/survey" && !seen[home] {
			t.Errorf("%s lands on %s, which is not in the menu", role, home)
		}
	}
}
