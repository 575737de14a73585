package account

import (
	"bytes"
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

func hasher() *Store {
	return &Store{Config: Config{Random: rand.Reader, Cost: Cost{MemoryKiB: 8, Passes: 1}}, hashing: make(chan struct{}, 1)}
}

func TestSecret(t *testing.T) {
	s := hasher()
	one, err := s.hash("Chengdu-2025")
	if err != nil {
		t.Fatal(err)
	}
	two, err := s.hash("Chengdu-2025")
	if err != nil || one == two || !strings.HasPrefix(one, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("secrets %q and %q, %v", one, two, err)
	}
	s.Cost = Cost{MemoryKiB: 16, Passes: 2} // a secret keeps the cost it was made with
	for password, want := range map[string]bool{"Chengdu-2025": true, "Chengdu-2026": false, "": false} {
		if got, err := s.matches(context.Background(), one, password); got != want || err != nil {
			t.Errorf("matches(%q) = %v, %v; want %v", password, got, err, want)
		}
	}
	for _, bad := range []string{"", "plain", "$bcrypt$v=19$m=8,t=1,p=1$YQ$YQ", strings.Replace(one, "v=19", "v=18", 1), strings.Replace(one, "t=1", "t=0", 1), one[:len(one)-3]} {
		ok, err := s.matches(context.Background(), bad, "Chengdu-2025")
		if ok || err == nil || len(bad) > 0 && strings.Contains(err.Error(), bad) {
			t.Errorf("matches(%q) = %v, %v", bad, ok, err)
		}
	}
}

func TestOneTime(t *testing.T) {
	s := hasher()
	s.Random = bytes.NewReader(append(bytes.Repeat([]byte{0}, 15), bytes.Repeat([]byte{1, 25, 31}, 5)...))
	p, err := s.oneTime() // the first has one class of characters only
	if err != nil || p != "b4Zb4-Zb4Zb-4Zb4Z" || CheckPassword("sysadmin", p) != nil {
		t.Errorf("oneTime() = %q, %v, %v", p, err, CheckPassword("sysadmin", p))
	}
	if len(letters) != 32 || strings.ContainsAny(letters, "ilo01") {
		t.Errorf("letters %q", letters)
	}
	if _, err := s.oneTime(); err == nil {
		t.Error("a password is made without randomness")
	}
}

func TestRandomIDsSortByTime(t *testing.T) {
	s := hasher()
	now := time.Date(2025, 11, 22, 0, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	last := ""
	for range 20 {
		id := s.randomID()
		if id <= last || len(id) != 16 {
			t.Errorf("%q after %q", id, last)
		}
		last, now = id, now.Add(time.Millisecond)
	}
}

func TestLimiterForgets(t *testing.T) {
	l := newLimiter(2)
	now := time.Date(2025, 11, 22, 0, 0, 0, 0, time.UTC)
	for i := range mostKeys + 100 {
		l.allow(strings.Repeat("x", i%7)+string(rune('a'+i)), now)
	}
	if len(l.by) > mostKeys+1 {
		t.Errorf("%d keys are remembered", len(l.by))
	}
	if l.allow("fresh", now) {
		t.Error("strangers beyond the bound do not share one key")
	}
	if !l.allow("fresh", now.Add(time.Minute)) || len(l.by) > 2 {
		t.Errorf("after a minute %d keys are remembered", len(l.by))
	}
}
