package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gongmai/internal/account"
	"gongmai/internal/demo"
)

// demoAccounts opens the accounts of a demo county. They share one password
// that is made for this county and kept in its folder; no two counties have the same.
type demoAccounts struct {
	store    *account.Store
	password string
	logins   []string
}

const demoLogins = "demo-logins.txt"

func newDemoAccounts(s *account.Store) *demoAccounts {
	b := make([]byte, 5)
	rand.Read(b) //nolint:errcheck // never fails
	return &demoAccounts{store: s, password: "Demo-" + strings.ToLower(base32.StdEncoding.EncodeToString(b))}
}

// Persons keeps names and phones.
func (d *demoAccounts) Persons(ctx context.Context, ps ...demo.Person) (ids []string, err error) {
	for _, p := range ps {
		id, err := d.store.PutPerson(ctx, account.Person{Name: p.Name, Phone: p.Phone})
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// Open opens an account and returns its id.
func (d *demoAccounts) Open(ctx context.Context, a demo.Account) (string, error) {
	n := account.NewAccount{Login: a.Login, Name: a.Name, Phone: a.Phone, Password: d.password, Grant: account.Grant{Roles: a.Roles, Reach: a.Reach}}
	if a.Office != "" {
		n.Grant.Posts = []string{a.Office}
	}
	if err := d.store.Seed(ctx, []account.NewAccount{n}); err != nil {
		return "", err
	}
	d.logins = append(d.logins, fmt.Sprintf("%-14s %s　%s", a.Login, a.Name, strings.Join(a.Roles, "、")))
	list, err := d.store.List(ctx, account.Filter{Text: a.Login})
	for _, x := range list {
		if x.Login == a.Login {
			return x.ID, nil
		}
	}
	return "", errors.Join(err, fmt.Errorf("account %q was not made", a.Login))
}

// printLogins prints the logins of a demo county, if it is one.
func printLogins(w io.Writer, dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, demoLogins))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}

// keep writes the logins into the county's folder.
func (d *demoAccounts) keep(dir string) error {
	text := "演示账号（密码均为 " + d.password + "）\n" + strings.Join(d.logins, "\n") + "\n"
	return os.WriteFile(filepath.Join(dir, demoLogins), []byte(text), 0o600)
}
