package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongmai/internal/account"
	"gongmai/internal/db"
	"gongmai/internal/db/dbtest"
	"gongmai/internal/errs"
)

func TestPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		_, err := b.PutPerson(as("r", "survey.file"), account.Person{Name: "王五"})
		want(t, "a reporter writes a person", err, errs.Denied, "")
		_, err = b.PutPerson(official, account.Person{Phone: "1", IDNumber: "110105194912310021"})
		want(t, "three faults", err, errs.Invalid, "姓名不能为空\nphone：电话应为 11 位手机号，或带区号的固定电话\nid_number：公民身份号码")
		id, err := b.PutPerson(official, account.Person{Name: "王五", Phone: phone, IDNumber: "11010519491231002x"})
		must(t, err)

		masked, err := b.Person(official, id)
		must(t, err)
		if diff := cmp.Diff(account.Person{ID: id, Name: "王五", Phone: "138****0001", IDNumber: "110105********002X"}, masked); diff != "" {
			t.Error(diff)
		}
		_, err = b.Person(nobody, id)
		want(t, "nobody reads", err, account.NotSignedIn, "")
		masked.Name = "王武" // what came masked goes back as it was
		_, err = b.PutPerson(official, masked)
		must(t, err)
		_, err = b.Reveal(official, id, " ")
		want(t, "revealing for no reason", err, errs.Invalid, "原因")
		_, err = b.Reveal(sysadmin, id, "看看")
		want(t, "the system administrator reveals", err, errs.Denied, "")
		full, err := b.Reveal(official, id, "通知开会")
		must(t, err)
		if diff := cmp.Diff(account.Person{ID: id, Name: "王武", Phone: phone, IDNumber: idNumber}, full); diff != "" {
			t.Error(diff)
		}
		_, err = b.PutPerson(official, account.Person{ID: "none", Name: "谁"})
		want(t, "changing nobody", err, errs.NotFound, "")
		want(t, "an official erases", b.ErasePerson(official, id, "申请"), errs.Denied, "")
		must(t, b.ErasePerson(sysadmin, id, "本人申请"))
		gone, err := b.Person(official, id)
		must(t, err)
		if diff := cmp.Diff(account.Person{ID: id, Name: "（已删除）"}, gone); diff != "" {
			t.Error(diff)
		}

		all, total, err := b.Trail(audadmin, account.TrailFilter{Kind: "person", Record: id, Page: 1, Size: 3})
		must(t, err)
		var got []string
		for _, e := range all {
			got = append(got, e.Actor+" "+e.Act+" "+e.Reason)
		}
		if diff := cmp.Diff([]string{"sys erase 本人申请", "off reveal 通知开会", "off change name"}, got); diff != "" || total != 4 {
			t.Errorf("%d entries: %s", total, diff)
		}
		_, _, err = b.Trail(sysadmin, account.TrailFilter{})
		want(t, "the system administrator reads the trail", err, errs.Denied, "审计")
	})
}

func TestMasked(t *testing.T) {
	for _, tt := range []struct{ phone, id, wantPhone, wantID string }{
		{"13893800001", idNumber, "138****0001", "110105********002X"},
		{"0939-3121234", "", "093*****1234", ""},
		{"3121234", "6207241", "*******", "*******"}, // too short to hide a part of
	} {
		p := account.Person{Phone: tt.phone, IDNumber: tt.id}.Masked()
		if p.Phone != tt.wantPhone || p.IDNumber != tt.wantID {
			t.Errorf("Masked() = %q, %q; want %q, %q", p.Phone, p.IDNumber, tt.wantPhone, tt.wantID)
		}
	}
}

func TestNames(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	ids := b.seed(t, account.NewAccount{Login: "li.si"})
	person, err := b.PutPerson(official, account.Person{Name: "王五"})
	must(t, err)
	names, err := b.Names(official)
	must(t, err)
	for id, want := range map[string]string{ids["li.si"]: "张三li.si", person: "王五", "system": "系统", "stranger": "未登录者"} {
		if names[id] != want {
			t.Errorf("name of %s = %q, want %q", id, names[id], want)
		}
	}
}
