package account_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/record"
)

func TestRefusalsAreAlike(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		ids := b.seed(t, account.NewAccount{Login: "li.si"}, account.NewAccount{Login: "wang.wu"})
		must(t, b.SetState(sysadmin, ids["wang.wu"], account.Disabled, ""))
		said := map[string]bool{}
		try := func(login, password string) {
			t.Helper()
			token, se, err := b.SignIn(account.WithRemote(nobody, "[::ffff:10.1.2.3]:5000"), login, password)
			if token != "" || se.Login != "" || !errors.Is(err, account.NotSignedIn) || !errors.Is(err, errs.Denied) {
				t.Errorf("SignIn(%q) = %q, %v, %v", login, token, se, err)
			}
			said[errs.Text(err)] = true
		}
		try("nobody", password)
		try("wang.wu", password)
		for range 5 {
			try("li.si", "Wrong-2025")
		}
		try("li.si", password) // locked
		if len(said) != 1 {
			t.Errorf("the answers tell what is wrong: %v", said)
		}
		all, _, err := b.Trail(audadmin, account.TrailFilter{Act: "sign_in_failed"})
		must(t, err)
		var reasons []string
		for _, e := range all {
			reasons = append(reasons, e.Record+" "+e.Reason)
		}
		wrong := ids["li.si"] + " 密码不正确（来自 10.1.2.3）"
		if diff := cmp.Diff([]string{
			ids["li.si"] + " 账号在锁定中（来自 10.1.2.3）", ids["li.si"] + " 密码连续 5 次不正确，账号锁定（来自 10.1.2.3）",
			wrong, wrong, wrong, wrong, ids["wang.wu"] + " 账号已停用（来自 10.1.2.3）", " 没有这个登录名（来自 10.1.2.3）",
		}, reasons); diff != "" {
			t.Error(diff)
		}
	})
}

// Five wrong passwords in a row lock for 15 minutes; a right one, or the end of
// the lock, begins a new count.
func TestLockFollowsItsModel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			login := fmt.Sprintf("user%d", n)
			must(t, b.Seed(nobody, []account.NewAccount{{Login: login, Name: "某", Password: password}}))
			failures, until := 0, time.Time{}
			for _, step := range rapid.SliceOfN(rapid.SampledFrom([]string{"wrong", "wrong", "wrong", "wrong", "right", "7m", "8m"}), 1, 14).Draw(rt, "steps") {
				if w, err := time.ParseDuration(step); err == nil {
					b.wait(w)
					continue
				}
				in := false
				switch {
				case b.now().Before(until):
				case step == "right":
					failures, in = 0, true
				default:
					if failures++; failures == 5 {
						failures, until = 0, b.now().Add(15*time.Minute)
					}
				}
				word := password
				if step == "wrong" {
					word = "Wrong-2025"
				}
				if _, _, err := b.SignIn(nobody, login, word); (err == nil) != in {
					rt.Fatalf("%s: %v; want signed in: %v", step, err, in)
				}
			}
		})
	})
}

func TestUnlock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		id := b.seed(t, account.NewAccount{Login: "li.si"})["li.si"]
		for range 5 {
			_, _, err := b.SignIn(nobody, "li.si", "x")
			want(t, "a wrong password", err, account.NotSignedIn, "")
		}
		a, err := b.Find(sysadmin, id)
		if must(t, err); !a.LockedUntil.Equal(b.now().Add(15 * time.Minute)) {
			t.Errorf("locked until %v", a.LockedUntil)
		}
		must(t, b.SetState(sysadmin, id, account.Active, "本人来电"))
		b.signIn(t, "li.si", password)
	})
}

func TestSessionEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.seed(t, account.NewAccount{Login: "li.si"})
		alive := func(token string) bool {
			t.Helper()
			_, err := b.Actor(nobody, token)
			if err != nil && !errors.Is(err, account.NotSignedIn) {
				t.Fatal(err)
			}
			return err == nil
		}
		idle, _ := b.signIn(t, "li.si", password)
		b.wait(30 * time.Minute)
		if alive(idle) || alive("") || alive("x") {
			t.Error("a session lives that was idle for 30 minutes, or never was")
		}
		used, _ := b.signIn(t, "li.si", password)
		for range 12*60/20 - 1 {
			b.wait(20 * time.Minute)
			if !alive(used) {
				t.Fatal("a session that is used ends")
			}
		}
		b.wait(20 * time.Minute)
		if alive(used) {
			t.Error("a session lives for more than 12 hours")
		}
		out, _ := b.signIn(t, "li.si", password)
		other, _ := b.signIn(t, "li.si", password)
		must(t, b.SignOut(nobody, out))
		must(t, b.SignOut(nobody, out))
		if alive(out) || !alive(other) {
			t.Error("signing out ends another session than its own")
		}
		var rows int
		must(t, d.QueryRowContext(nobody, `SELECT COUNT(*) FROM session`).Scan(&rows))
		if rows != 1 {
			t.Errorf("%d sessions are kept, want the one that is open", rows)
		}
	})
}

func TestMustChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d, func(c *account.Config) { c.Age = 90 * 24 * time.Hour })
		id, once, err := b.Create(host, account.NewAccount{Login: "li.si", Name: "李四", Grant: account.Grant{Roles: []string{"official"}, Reach: actor.Reach{County: true}}})
		must(t, err)
		token, se := b.signIn(t, "li.si", once)
		if diff := cmp.Diff(actor.Actor{ID: id, Name: "李四"}, se.Actor); diff != "" || !se.MustChange {
			t.Errorf("who must change the password is not bare: %s", diff)
		}
		want(t, "Free", se.Free(), errs.Denied, "修改密码")
		other, _ := b.signIn(t, "li.si", once)

		for word, part := range map[string]string{"Ab1-": "至少 8 位", "abcdefgh1": "三类", "Li.Si-2025": "登录名", once: "最近 5 次", strings.Repeat("Ab1-", 33): "128"} {
			want(t, "changing to "+part, b.ChangePassword(nobody, token, once, word), errs.Invalid, part)
		}
		want(t, "a wrong old password", b.ChangePassword(nobody, token, "x", password), errs.Denied, "原密码")
		must(t, b.ChangePassword(nobody, token, once, password))
		_, err = b.Actor(nobody, other)
		want(t, "the other session", err, account.NotSignedIn, "")
		se, err = b.Actor(nobody, token)
		if must(t, err); se.MustChange || se.Free() != nil || !se.Actor.May("register.write") || !se.Actor.Reach.County {
			t.Errorf("after the change: %+v", se)
		}

		for i := range 4 { // now the fifth of the last five is password itself
			last := password + strings.Repeat("+", i)
			must(t, b.ChangePassword(nobody, token, last, last+"+"))
		}
		last := password + "++++"
		want(t, "an old one", b.ChangePassword(nobody, token, last, password), errs.Invalid, "最近 5 次")
		must(t, b.ChangePassword(nobody, token, last, last+"+"))
		must(t, b.ChangePassword(nobody, token, last+"+", password))

		b.wait(90 * 24 * time.Hour)
		if _, se := b.signIn(t, "li.si", password); !se.MustChange || se.Actor.May("register.write") {
			t.Error("a password of 90 days need not be changed")
		}
	})
}

// Guesses side by side are counted one by one.
func TestManyGuess(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		id := b.seed(t, account.NewAccount{Login: "li.si"})["li.si"]
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, _, err := b.SignIn(nobody, "li.si", "Wrong-2025"); !errors.Is(err, account.NotSignedIn) {
					t.Errorf("SignIn: %v", err)
				}
			})
		}
		all.Wait()
		if a, err := b.Find(host, id); err != nil || a.LockedUntil.IsZero() {
			t.Errorf("five guesses at once do not lock: %+v, %v", a, err)
		}
	})
}

// between reads randomness, and does something while a token is made: after the
// password was compared, before the answer is written.
type between struct{ do func() }

func (b *between) Read(p []byte) (int, error) {
	if do := b.do; do != nil && len(p) == 32 {
		b.do = nil
		do()
	}
	return rand.Read(p)
}

func TestWhileSigningIn(t *testing.T) {
	gap := &between{}
	b := setup(t, dbtest.Open(t, db.SQLite), func(c *account.Config) { c.Random, c.Tries = gap, 1 })
	ids := b.seed(t, account.NewAccount{Login: "li.si"}, account.NewAccount{Login: "wang.wu"})
	ctx, cancel := context.WithCancel(nobody)
	gap.do = cancel
	_, _, err := b.SignIn(ctx, "li.si", "Wrong-2025")
	want(t, "hanging up", err, account.NotSignedIn, "")
	if a, err := b.Find(host, ids["li.si"]); err != nil || a.LockedUntil.IsZero() {
		t.Errorf("hanging up spares an attempt: %+v, %v", a, err)
	}
	_, hashed, err := b.Create(host, account.NewAccount{Login: "other", Name: "某"})
	must(t, err)
	gap.do = func() {
		must(t, b.db.Tx(nobody, func(tx *db.Tx) error {
			_, err := tx.ExecContext(nobody, `UPDATE account SET secret = (SELECT secret FROM account WHERE login = 'other') WHERE login = 'wang.wu'`)
			return err
		}))
	}
	_, _, err = b.SignIn(nobody, "wang.wu", password)
	want(t, "a password that was replaced meanwhile", err, account.NotSignedIn, "")
	must(t, b.SetState(host, ids["wang.wu"], account.Active, ""))
	b.signIn(t, "wang.wu", hashed)
}

func TestStandardCost(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite), func(c *account.Config) { c.Cost = account.Cost{} })
	b.seed(t, account.NewAccount{Login: "li.si"}, account.NewAccount{Login: "wang.wu"})
	var one, two string
	must(t, b.db.QueryRowContext(nobody, `SELECT MIN(secret), MAX(secret) FROM account`).Scan(&one, &two))
	if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") || one != two {
		t.Errorf("secrets %q, %q; want one, of 19 MiB and 2 passes", one, two)
	}
}

// Guessing at the old password in an open session locks as well.
func TestChangePasswordLocks(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	b.seed(t, account.NewAccount{Login: "li.si"})
	token, _ := b.signIn(t, "li.si", password)
	for range 5 {
		want(t, "guessing", b.ChangePassword(nobody, token, "x", "Other-2025"), errs.Denied, "原密码")
	}
	want(t, "the right one", b.ChangePassword(nobody, token, password, "Other-2025"), errs.Denied, "已锁定")
	_, _, err := b.SignIn(nobody, "li.si", "Other-2025")
	want(t, "the password that was refused", err, account.NotSignedIn, "")
}

func TestTooMany(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite), func(c *account.Config) { c.LoginPerMinute, c.RemotePerMinute = 3, 5 })
	ids := b.seed(t, account.NewAccount{Login: "li.si"}, account.NewAccount{Login: "wang.wu"}, account.NewAccount{Login: "zhao.liu"})
	for i, tt := range []struct {
		login, from string
		free        bool
	}{
		{"li.si", "10.0.0.1:1", true},
		{"li.si", "10.0.0.2:1", true},
		{"Li.Si", "10.0.0.3:1", true},
		{"li.si", "10.0.0.4:1", false},
		{"wang.wu", "[2001:db8::1]:1", true},
		{"wang.wu", "[2001:db8::2]:1", true},
		{"wang.wu", "[2001:db8::3]:2", true},
		{"zhao.liu", "[2001:db8::4]:1", true},
		{"zhao.liu", "[2001:db8::5]:1", true},
		{"zhao.liu", "[2001:db8::6]:1", false},
		{"zhao.liu", "[2001:db9::1]:1", true},
	} {
		_, _, err := b.SignIn(account.WithRemote(nobody, tt.from), tt.login, password)
		if tt.free && err != nil || !tt.free && !errors.Is(err, account.TooMany) {
			t.Errorf("%d: %s from %s: %v", i, tt.login, tt.from, err)
		}
	}
	b.wait(time.Minute)
	b.signIn(t, "li.si", password)
	if a, err := b.Find(sysadmin, ids["li.si"]); err != nil || !a.LockedUntil.IsZero() {
		t.Errorf("%+v, %v", a, err)
	}
}

// The whole life of an account leaves its audit entries and no secret anywhere
// but hashed, and nothing private outside person.
func TestAuditWithoutSecrets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		id, once, err := b.Create(sysadmin, account.NewAccount{Login: "li.si", Name: "李四", Phone: phone})
		must(t, err)
		_, err = b.Grant(secadmin, id, account.Grant{Roles: []string{"official"}}, 0, "新到岗")
		must(t, err)
		token, _ := b.signIn(t, "li.si", once)
		errors := []error{b.ChangePassword(nobody, token, "Guess-2025", password), b.ChangePassword(nobody, token, once, "shortpw-x")}
		must(t, b.ChangePassword(nobody, token, once, password))
		must(t, b.SignOut(nobody, token))
		_, _, err = b.SignIn(nobody, "li.si", "Guess-2025")
		errors = append(errors, err)
		_, _, err = b.SignIn(nobody, "Typed-Into-Wrong-Field-1", "Guess-2025")
		errors = append(errors, err)
		again, err := b.Reset(sysadmin, id)
		must(t, err)
		must(t, b.SetState(sysadmin, id, account.Disabled, "离职"))
		if diff := cmp.Diff([]string{
			"sys create account/a001", "sec grant account:grant/a001", "a001 sign_in account/a001", "stranger change_password_failed account/a001",
			"a001 change_password account/a001", "a001 sign_out account/a001", "stranger sign_in_failed account/a001",
			"stranger sign_in_failed account/", "sys reset account/a001", "sys disable account/a001",
		}, b.acts(t)); diff != "" {
			t.Error(diff)
		}

		var everything strings.Builder
		for _, query := range []string{
			`SELECT actor || act || kind || record || reason FROM audit`, `SELECT record || state || body FROM version`,
			`SELECT secret || former FROM account`, `SELECT token FROM session`,
		} {
			rows, err := d.QueryContext(nobody, query)
			must(t, err)
			defer rows.Close()
			for rows.Next() {
				var s string
				must(t, rows.Scan(&s))
				everything.WriteString(s + "\n")
			}
			must(t, rows.Err())
		}
		for _, err := range errors {
			if err == nil {
				t.Fatal("what should be refused is not")
			}
			everything.WriteString(err.Error() + "\n")
		}
		text := strings.ToLower(everything.String())
		for _, secret := range append(b.told, once, again, password, token, "Guess-2025", "shortpw-x", "wrong-field", "李四", phone) {
			if strings.Contains(text, strings.ToLower(secret)) {
				t.Errorf("%q stands in:\n%s", secret, everything.String())
			}
		}
		if r, err := b.records.Verify(nobody); err != nil || !r.OK || r.Entries != 10 {
			t.Errorf("Verify() = %+v, %v", r, err)
		}
	})
}

// A sign-in whose transaction fails leaves neither session nor entry.
func TestSignInIsOneTransaction(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	b.seed(t, account.NewAccount{Login: "li.si"})
	before := len(b.acts(t))
	must(t, b.db.Tx(nobody, func(tx *db.Tx) error {
		_, err := tx.ExecContext(nobody, `CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
		return err
	}))
	if token, _, err := b.SignIn(nobody, "li.si", password); err == nil || token != "" || errs.Kind(err) != nil {
		t.Errorf("SignIn = %q, %v", token, err)
	}
	var sessions int
	must(t, b.db.QueryRowContext(nobody, `SELECT COUNT(*) FROM session`).Scan(&sessions))
	if after := len(b.acts(t)); sessions != 0 || after != before {
		t.Errorf("%d sessions, %d entries of %d", sessions, after, before)
	}
	if err := b.records.Write(host, func(tx *record.Tx) error { return tx.Note(host, "x", "y", "", "") }); err == nil {
		t.Error("the trigger does not fire")
	}
}
