package account_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
	"gongmai/internal/period"
)

func TestSeparation(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	id := b.seed(t, account.NewAccount{Login: "li.si"})["li.si"]
	county := actor.Reach{County: true}
	for _, tt := range []struct {
		name  string
		roles string
		reach actor.Reach
		want  string // "" is granted
	}{
		{"an official", "official", county, ""},
		{"two roles", "official reporter", actor.Reach{Enterprises: []string{strings.ToLower(enterprise)}}, ""},
		{"an auditor who reads the trail and the county", "auditor", county, ""},
		{"system alone", "system_admin", actor.Reach{}, ""},
		{"system and security", "system_admin security_admin", actor.Reach{}, "不能由一个账号兼任"},
		{"security and audit", "security_admin audit_admin", actor.Reach{}, "不能由一个账号兼任"},
		{"system and the auditor's right", "system_admin auditor", actor.Reach{}, "不能由一个账号兼任"},
		{"all rights at once", "everything", actor.Reach{}, "不能由一个账号兼任"},
		{"a system administrator who works", "system_admin official", actor.Reach{}, "不能兼任其他角色"},
		{"a system administrator who sees", "system_admin", county, "范围应为空"},
		{"an audit administrator who sees a park", "audit_admin", actor.Reach{Parks: []string{"p"}}, "范围应为空"},
		{"a role of the county's own that manages accounts", "clerk_admin", county, "范围应为空"},
		{"no such role", "officail", county, "是否为 official"},
		{"no such enterprise code", "reporter", actor.Reach{Enterprises: []string{"91620724"}}, "18 位"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := b.Find(host, id)
			must(t, err)
			_, err = b.Grant(secadmin, id, account.Grant{Roles: strings.Fields(tt.roles), Reach: tt.reach}, a.GrantVersion, "")
			if tt.want == "" {
				must(t, err)
				return
			}
			want(t, "Grant", err, errs.Invalid, tt.want)
		})
	}
}

func TestGrant(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		id := b.seed(t, account.NewAccount{Login: "li.si"})["li.si"]
		token, se := b.signIn(t, "li.si", password)
		if diff := cmp.Diff(actor.Actor{ID: id, Name: "张三li.si"}, se.Actor); diff != "" {
			t.Errorf("without a grant one may something: %s", diff)
		}
		now := account.Grant{Roles: []string{"official", "official"}, Posts: []string{"运行股"}, Reach: actor.Reach{Parks: []string{"hechi", " "}}}
		_, err := b.Grant(sysadmin, id, now, 0, "")
		want(t, "the system administrator grants", err, errs.Denied, "安全管理员")
		_, err = b.Grant(as(id, "policy.manage"), id, now, 0, "")
		want(t, "granting oneself", err, errs.Denied, "不能给自己授权")
		_, err = b.Grant(secadmin, "none", now, 0, "")
		want(t, "granting none", err, errs.NotFound, "")
		past := now
		past.From = period.MustDay("2025-11-21")
		_, err = b.Grant(secadmin, id, past, 0, "")
		want(t, "granting back", err, errs.Invalid, "追溯")
		_, err = b.Grant(secadmin, id, now, 0, "到岗")
		must(t, err)
		_, err = b.Grant(secadmin, id, now, 0, "")
		want(t, "granting on what was seen before", err, errs.Conflict, "")

		next := account.Grant{Roles: []string{"auditor"}, Reach: actor.Reach{County: true}, From: period.MustDay("2025-12-01"), Until: period.MustDay("2025-12-31")}
		_, err = b.Grant(secadmin, id, next, 1, "巡察")
		must(t, err)
		se, err = b.Actor(nobody, token)
		must(t, err)
		official := actor.Actor{
			ID: id, Name: "张三li.si", Reach: actor.Reach{Parks: []string{"hechi"}}, Roles: []string{"official"}, Posts: []string{"运行股"},
			Rights: []actor.Right{"ledger.write", "register.write"},
		}
		if diff := cmp.Diff(official, se.Actor); diff != "" {
			t.Error(diff)
		}
		b.wait(9 * 24 * time.Hour) // 2025-12-01
		token, se = b.signIn(t, "li.si", password)
		if !se.Actor.Reach.County || se.Actor.May("register.write") || !se.Actor.May("report.read") {
			t.Errorf("from its day on the grant is not in force: %+v", se.Actor)
		}
		a, err := b.Find(as(id), id)
		must(t, err)
		if diff := cmp.Diff(next, a.Grant); diff != "" || a.GrantVersion != 2 {
			t.Errorf("Find: version %d, %s", a.GrantVersion, diff)
		}
		b.wait(30 * 24 * time.Hour) // 2025-12-31
		token, _ = b.signIn(t, "li.si", password)
		b.wait(15 * time.Hour) // 2026-01-01 00:00 in Beijing
		token2, _, err := b.SignIn(nobody, "li.si", password)
		want(t, "signing in on the day after", err, account.NotSignedIn, "到期")
		if token2 != "" {
			t.Error("a token is handed out with a refusal")
		}
		b.wait(-time.Microsecond)
		b.signIn(t, "li.si", password)
		b.wait(10 * time.Minute)
		_, err = b.Actor(nobody, token)
		want(t, "a session after its grant", err, account.NotSignedIn, "")
		_, _, err = b.SignIn(nobody, "li.si", "Wrong-2025")
		want(t, "a wrong password after the grant", err, account.NotSignedIn, "密码不正确")
		_, _, err = b.SignIn(nobody, "li.si", password)
		want(t, "signing in after the grant", err, account.NotSignedIn, "2025-12-31 到期")

		vs, err := b.Grants(audadmin, id)
		must(t, err)
		var history []string
		for _, v := range vs {
			history = append(history, v.Ref().String()+" "+v.EffectiveOn.String()+" "+v.Actor+" "+v.Reason+" "+v.Body.Get("roles").String())
		}
		if diff := cmp.Diff([]string{"account:grant/" + id + "@1 2025-11-22 sec 到岗 official", "account:grant/" + id + "@2 2025-12-01 sec 巡察 auditor"}, history); diff != "" {
			t.Error(diff)
		}
		_, err = b.Grants(as(id), id)
		want(t, "reading grants", err, errs.Denied, "")
	})
}

// A catalogue that joins duties later takes everything from those it would join
// them in.
func TestCatalogueCannotJoinDuties(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	b.seed(t, account.NewAccount{Login: "li.si", Grant: account.Grant{Roles: []string{"official"}, Reach: actor.Reach{County: true}}})
	token, se := b.signIn(t, "li.si", password)
	if !se.Actor.May("register.write") {
		t.Fatal("an official may not write")
	}
	b.roles["official"] = role("业务人员", "register.write", "account.manage")
	se, err := b.Actor(nobody, token)
	if must(t, err); se.Actor.May("account.manage") || se.Actor.Reach.County {
		t.Errorf("who manages accounts sees the county: %+v", se.Actor)
	}
	delete(b.roles, "official")
	se, err = b.Actor(nobody, token)
	if must(t, err); len(se.Actor.Rights) > 0 {
		t.Errorf("a role that is gone gives %v", se.Actor.Rights)
	}
}

func TestList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.seed(t, account.NewAccount{Login: "wang.wu", Grant: account.Grant{Roles: []string{"reporter"}}}, account.NewAccount{Login: "li.si", Phone: phone})
		for _, tt := range []struct {
			filter account.Filter
			want   string
		}{
			{account.Filter{}, "li.si wang.wu"},
			{account.Filter{Role: "reporter"}, "wang.wu"},
			{account.Filter{Text: "三li"}, "li.si"},
			{account.Filter{Text: "138"}, ""},
		} {
			all, err := b.List(audadmin, tt.filter)
			must(t, err)
			var logins []string
			for _, a := range all {
				logins = append(logins, a.Login)
			}
			if got := strings.Join(logins, " "); got != tt.want {
				t.Errorf("List(%+v) = %q, want %q", tt.filter, got, tt.want)
			}
		}
	})
}
