package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/app"
	"gongmai/internal/record"
)

const password = "Zx9-crash-test"

// clerk opens an account that may keep ledgers.
func clerk(t *testing.T, p place) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.System())
	a, err := app.Open(ctx, app.Config{Data: p.data(), DB: p.url()})
	if err != nil {
		t.Fatal(err)
	}
	grant := account.Grant{Roles: []string{"official"}, Posts: []string{"digital"}, Reach: actor.Reach{County: true}}
	if err := a.Accounts.Seed(ctx, []account.NewAccount{{Login: "clerk", Name: "经办人", Password: password, Grant: grant}}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// post sends JSON and returns the body of a good answer, and its cookies.
func post(url, cookie string, in any) ([]byte, []*http.Cookie, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return nil, nil, err
	}
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(text))
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: account.CookieName, Value: cookie})
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s", resp.Status, body)
	}
	return body, resp.Cookies(), err
}

func signIn(t *testing.T, s *server) string {
	t.Helper()
	_, cookies, err := post(s.url+"/api/login", "", map[string]string{"login": "clerk", "password": password})
	if err != nil || len(cookies) != 1 {
		t.Fatalf("signing in: %v, cookies %v", err, cookies)
	}
	return cookies[0].Value
}

// station is what is written: a record of a ledger with a site of its own.
func station(s *server, cookie, site string) (ref string, err error) {
	body, _, err := post(s.url+"/api/ledgers/base_station/records", cookie, map[string]any{
		"step": "plan", "values": map[string]string{"operator": "mobile", "generation": "5", "site": site},
	})
	var made struct{ Ref string }
	if err == nil {
		err = json.Unmarshal(body, &made)
	}
	return made.Ref, err
}

// load writes with several clients until the server is gone. It returns the
// sites of the records it was given, by reference.
func load(s *server, cookie, run string, first chan<- struct{}) (acked map[string]string, told []error) {
	acked = map[string]string{}
	var mu sync.Mutex
	var once sync.Once
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := 0; ; i++ {
				site := fmt.Sprintf("站址%s-%d-%d", run, w, i)
				ref, err := station(s, cookie, site)
				mu.Lock()
				if err != nil {
					told = append(told, err)
					mu.Unlock()
					return
				}
				acked[ref] = site
				mu.Unlock()
				once.Do(func() { close(first) })
			}
		})
	}
	wg.Wait()
	return acked, told
}

// The server itself, killed while clerks write over HTTP, and at last told to
// end: what was answered is there, and what is there is whole.
func TestServerKilledUnderLoad(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, p place) {
		clerk(t, p)
		dice := rand.New(rand.NewPCG(2, uint64(len(p.args))))
		all := map[string]string{}
		for run := range kills {
			s := serve(t, p.dir, p.args...)
			cookie := signIn(t, s)
			first := make(chan struct{})
			gone := make(chan struct{})
			go func() {
				defer close(gone)
				acked, told := load(s, cookie, fmt.Sprint(run), first)
				for ref, site := range acked {
					all[ref] = site
				}
				if len(acked) == 0 {
					t.Errorf("nothing was written: %v", told)
				}
			}()
			select {
			case <-first:
			case <-gone:
				t.Fatal("no write was acknowledged")
			}
			time.Sleep(time.Duration(20+dice.IntN(180)) * time.Millisecond)
			sig := syscall.SIGKILL
			if run == kills-1 {
				sig = syscall.SIGTERM
			}
			s.end(t, sig)
			<-gone
			sound(t, p)
		}
		compare(t, p, all)
	})
}

func sound(t *testing.T, p place) {
	t.Helper()
	var r record.Report
	if err := json.Unmarshal([]byte(well(t, p.dir, p.with("verify", "--format", "json")...)), &r); err != nil || !r.OK {
		t.Fatalf("verify says %+v, %v", r, err)
	}
}

// compare holds what was acknowledged against what the command line shows.
func compare(t *testing.T, p place, acked map[string]string) {
	t.Helper()
	var shown []struct {
		Ref    string
		Fields map[string]string
	}
	if err := json.Unmarshal([]byte(well(t, p.dir, p.with("ledger", "show", "base_station", "--format", "json")...)), &shown); err != nil {
		t.Fatal(err)
	}
	there := map[string]string{}
	for _, r := range shown {
		there[r.Ref] = r.Fields["site"]
		if r.Fields["site"] == "" || r.Fields["operator"] == "" || r.Fields["generation"] != "5" {
			t.Errorf("%s is there by half: %v", r.Ref, r.Fields)
		}
	}
	for ref, site := range acked {
		if there[ref] != site {
			t.Errorf("%s was acknowledged with %s and is %q", ref, site, there[ref])
		}
	}
	t.Logf("%d acknowledged, %d there", len(acked), len(there))
}
