package account_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/code"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/fact"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

const (
	phone    = "13893800001"
	idNumber = "11010519491231002X" // the worked example of GB 11643-1999
	password = "Chengdu-2025"
)

var enterprise = code.MakeCredit('9', '1', "620724", "MA71ABCD")

// bundle is one county with its accounts and a clock that stands still.
type bundle struct {
	*account.Store
	records *record.Store
	db      *db.DB
	roles   map[string]*catalog.Role
	mu      sync.Mutex
	t       time.Time
	ids     int
	told    []string // every secret that anybody was told
}

func (b *bundle) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.t
}

func (b *bundle) wait(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t = b.t.Add(d)
}

func role(name string, rights ...string) *catalog.Role {
	return &catalog.Role{Label: catalog.Label{Name: name}, Rights: rights}
}

func setup(t *testing.T, d *db.DB, change ...func(*account.Config)) *bundle {
	t.Helper()
	b := &bundle{db: d, t: time.Date(2025, 11, 22, 1, 0, 0, 0, time.UTC)}
	b.records = record.New(d, b.now)
	b.roles = map[string]*catalog.Role{
		"system_admin": role("系统管理员", "account.manage"), "security_admin": role("安全管理员", "policy.manage"),
		"audit_admin": role("审计管理员", "audit.read"), "official": role("业务人员", "register.write", "ledger.write"),
		"reporter": role("填报人", "survey.file"), "auditor": role("审计员", "audit.read", "report.read"),
		"everything": role("全能", "*"), "clerk_admin": role("县自设", "account.manage", "report.read"),
	}
	c := account.Config{
		Catalogue: func() *catalog.Catalogue { return &catalog.Catalogue{Roles: b.roles} },
		NewID:     func() string { b.ids++; return fmt.Sprintf("a%03d", b.ids) },
		Cost:      account.Cost{MemoryKiB: 8, Passes: 1}, RemotePerMinute: 1000, LoginPerMinute: 1000,
	}
	for _, f := range change {
		f(&c)
	}
	s, err := account.New(b.records, c)
	if err != nil {
		t.Fatal(err)
	}
	b.Store = s
	return b
}

func as(id string, rights ...actor.Right) context.Context {
	return actor.With(context.Background(), actor.Actor{ID: id, Rights: rights})
}

var (
	host     = actor.With(context.Background(), actor.System())
	nobody   = context.Background()
	sysadmin = as("sys", "account.manage")
	secadmin = as("sec", "policy.manage")
	audadmin = as("aud", "audit.read")
	official = as("off", "register.write")
)

// seed makes accounts with the password of the tests and returns their ids by login.
func (b *bundle) seed(t *testing.T, accounts ...account.NewAccount) map[string]string {
	t.Helper()
	for i := range accounts {
		accounts[i].Name, accounts[i].Password = "张三"+accounts[i].Login, password
	}
	if err := b.Seed(nobody, accounts); err != nil {
		t.Fatal(err)
	}
	b.told = append(b.told, password)
	all, err := b.List(host, account.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, a := range all {
		ids[a.Login] = a.ID
	}
	return ids
}

func (b *bundle) signIn(t *testing.T, login, password string) (string, account.Session) {
	t.Helper()
	token, se, err := b.SignIn(nobody, login, password)
	if err != nil {
		t.Fatalf("SignIn(%q): %v", login, err)
	}
	b.told = append(b.told, token, password)
	return token, se
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// want fails unless err is of kind and says part.
func want(t *testing.T, what string, err, kind error, part string) {
	t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(errs.Text(err), part) {
		t.Errorf("%s: %v; want %v saying %q", what, err, kind, part)
	}
}

// acts are the audit entries, oldest first: actor act kind/record.
func (b *bundle) acts(t *testing.T) (out []string) {
	t.Helper()
	all, _, err := b.Trail(audadmin, account.TrailFilter{Size: 10_000})
	must(t, err)
	for _, e := range slices.Backward(all) {
		out = append(out, fmt.Sprintf("%s %s %s/%s", e.Actor, e.Act, e.Kind, e.Record))
	}
	return out
}

func TestFirstStart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		got, err := b.FirstStart(nobody)
		must(t, err)
		var lines []string
		passwords := map[string]bool{}
		for _, o := range got {
			lines = append(lines, o.Login+" "+o.Name+" "+o.Role)
			passwords[o.Password] = true
		}
		if diff := cmp.Diff([]string{"sysadmin 系统管理员 system_admin", "secadmin 安全管理员 security_admin", "audadmin 审计管理员 audit_admin"}, lines); diff != "" {
			t.Error(diff)
		}
		if len(passwords) != 3 {
			t.Errorf("%d passwords for three administrators", len(passwords))
		}
		made := b.ids
		again, err := b.FirstStart(nobody)
		if err != nil || again != nil || b.ids != made {
			t.Errorf("a second start makes %v, %v and %d ids", again, err, b.ids-made)
		}
		// Each may only his own, and sees nothing of the business.
		must(t, b.records.Write(host, func(tx *record.Tx) error {
			_, err := tx.Append(host, record.Draft{Kind: "ledger:x", Record: "1", State: "s", EffectiveOn: period.MustDay("2025-01-01"), Act: "make"})
			return err
		}))
		for i, o := range got {
			token, se := b.signIn(t, o.Login, o.Password)
			if !se.MustChange || se.Free() == nil {
				t.Errorf("%s need not change the one-time password", o.Login)
			}
			must(t, b.ChangePassword(nobody, token, o.Password, password+o.Login[:1]+fmt.Sprint(i)))
			se, err = b.Actor(nobody, token)
			must(t, err)
			duty := []actor.Right{"account.manage", "policy.manage", "audit.read"}[i]
			if diff := cmp.Diff(actor.Actor{ID: se.Actor.ID, Name: o.Name, Roles: []string{o.Role}, Rights: []actor.Right{duty}}, se.Actor); diff != "" {
				t.Error(diff)
			}
			m, err := b.records.At(actor.With(nobody, se.Actor), record.AsOf{})
			must(t, err)
			must(t, m.Read(nobody, "ledger:x", func(v fact.View) error {
				for r := range v.Heads() {
					t.Errorf("%s sees %s", o.Login, r.Record())
				}
				return nil
			}))
		}
	})
}

func TestFirstStartNeedsItsRoles(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	delete(b.roles, "audit_admin")
	_, err := b.FirstStart(nobody)
	want(t, "FirstStart", err, errs.Invalid, `没有角色 "audit_admin"`)
	if all, err := b.List(host, account.Filter{}); err != nil || len(all) != 0 {
		t.Errorf("List() = %v, %v; want none", all, err)
	}
}

func TestCreate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		_, _, err := b.Create(official, account.NewAccount{Login: "li.si", Name: "李四"})
		want(t, "an official creates", err, errs.Denied, "系统管理员")
		_, _, err = b.Create(sysadmin, account.NewAccount{Login: "li.si", Name: "李四", Grant: account.Grant{Roles: []string{"official"}}})
		want(t, "the system administrator grants", err, errs.Denied, "安全管理员")
		for _, login := range []string{phone, "ab", "李四", "a b c", ""} {
			_, _, err = b.Create(sysadmin, account.NewAccount{Login: login, Name: "李四"})
			want(t, "login "+login, err, errs.Invalid, "登录名")
		}
		_, _, err = b.Create(sysadmin, account.NewAccount{Login: "li.si", Phone: "12"})
		want(t, "two faults", err, errs.Invalid, "姓名不能为空\nphone：")
		id, once, err := b.Create(sysadmin, account.NewAccount{Login: " Li.Si ", Name: "李四", Phone: phone})
		must(t, err)
		_, _, err = b.Create(sysadmin, account.NewAccount{Login: "li.si", Name: "另一个李四", Phone: phone})
		want(t, "a login twice", err, errs.Conflict, "li.si 已经有人用")

		got, err := b.Find(sysadmin, id)
		must(t, err)
		if diff := cmp.Diff(account.Account{ID: id, Login: "li.si", Person: got.Person, Name: "李四", Phone: "138****0001", State: "active", MustChange: true}, got); diff != "" {
			t.Error(diff)
		}
		if got, err := b.Find(as(id), id); err != nil || got.Login != "li.si" {
			t.Errorf("finding oneself: %+v, %v", got, err)
		}
		_, err = b.Find(official, id)
		want(t, "finding another", err, errs.Denied, "")
		_, err = b.List(official, account.Filter{})
		want(t, "listing", err, errs.Denied, "")
		_, err = b.Find(sysadmin, "none")
		want(t, "finding none", err, errs.NotFound, "没有这个账号")

		// What was refused left nothing, neither row nor audit entry.
		var people int
		must(t, d.QueryRowContext(nobody, `SELECT COUNT(*) FROM person`).Scan(&people))
		if diff := cmp.Diff([]string{"sys create account/" + id}, b.acts(t)); diff != "" || people != 1 {
			t.Errorf("%d persons; %s", people, diff)
		}
		b.signIn(t, "LI.SI", once)
	})
}

func TestResetAndState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		ids := b.seed(t, account.NewAccount{Login: "li.si"}, account.NewAccount{Login: "secadmin", Grant: account.Grant{Roles: []string{"security_admin"}}})
		id := ids["li.si"]
		token, _ := b.signIn(t, "li.si", password)

		_, err := b.Reset(official, id)
		want(t, "an official resets", err, errs.Denied, "系统管理员")
		_, err = b.Reset(as(id, "account.manage"), id)
		want(t, "resetting oneself", err, errs.Denied, "自己")
		_, err = b.Reset(sysadmin, ids["secadmin"])
		want(t, "the system administrator resets the security administrator", err, errs.Denied, "服务器上")
		want(t, "and disables him", b.SetState(sysadmin, ids["secadmin"], account.Disabled, ""), errs.Denied, "服务器上")
		_, err = b.Reset(host, ids["secadmin"])
		must(t, err)
		_, err = b.Reset(sysadmin, "none")
		want(t, "resetting none", err, errs.NotFound, "")
		want(t, "no such state", b.SetState(sysadmin, id, "asleep", ""), errs.Invalid, "asleep")

		once, err := b.Reset(sysadmin, id)
		must(t, err)
		_, err = b.Actor(nobody, token)
		want(t, "a session from before the reset", err, account.NotSignedIn, "重新登录")
		_, _, err = b.SignIn(nobody, "li.si", password)
		want(t, "the password from before", err, account.NotSignedIn, "")
		token, se := b.signIn(t, "li.si", once)
		if !se.MustChange {
			t.Error("a reset password need not be changed")
		}

		must(t, b.SetState(sysadmin, id, account.Disabled, "调离"))
		_, err = b.Actor(nobody, token)
		want(t, "a session of a disabled account", err, account.NotSignedIn, "")
		_, _, err = b.SignIn(nobody, "li.si", once)
		want(t, "signing in to a disabled account", err, account.NotSignedIn, "")
		must(t, b.SetState(sysadmin, id, account.Active, "调回"))
		token, _ = b.signIn(t, "li.si", once)
		must(t, d.Tx(nobody, func(tx *db.Tx) error {
			_, err := tx.ExecContext(nobody, `UPDATE account SET state = 'disabled'`)
			return err
		}))
		_, err = b.Actor(nobody, token)
		want(t, "a session that outlived its account's state", err, account.NotSignedIn, "")
	})
}
