package account

import (
	"context"
	"fmt"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/record"
)

// OneTime is a password that is told once.
type OneTime struct {
	Login    string
	Name     string
	Role     string
	Password string
}

// first are the accounts of a new installation, by role.
var first = map[string]string{SystemAdmin: "sysadmin", SecurityAdmin: "secadmin", AuditAdmin: "audadmin"}

const countAccounts = `SELECT COUNT(*) FROM account`

func empty(ctx context.Context, from querier) (bool, error) {
	var n int
	if err := from.QueryRowContext(ctx, countAccounts).Scan(&n); err != nil {
		return false, fmt.Errorf("counting accounts: %w", err)
	}
	return n == 0, nil
}

// FirstStart makes the three administrators where there is no account at all,
// each with a one-time password of its own. Otherwise it does nothing. Whoever
// loses them uses Reset on the command line.
func (s *Store) FirstStart(ctx context.Context) (out []OneTime, err error) {
	defer errs.Wrap(&err, "making the administrators")
	if none, err := empty(ctx, s.records.DB()); err != nil || !none {
		return nil, err
	}
	var all []made
	for _, role := range administrators {
		n := NewAccount{Login: first[role], Name: role, Grant: Grant{Roles: []string{role}}}
		if r := s.Catalogue().Roles[role]; r != nil {
			n.Name = r.Name
		}
		if n.Password, err = s.oneTime(); err != nil {
			return nil, err
		}
		m, err := s.prepare(n, true, s.hash)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
		out = append(out, OneTime{Login: m.Login, Name: m.Name, Role: role, Password: n.Password})
	}
	late := false
	err = s.writeAll(ctx, all, func(tx *record.Tx) (bool, error) {
		none, err := empty(ctx, tx)
		late = !none
		return none, err
	})
	if err != nil || late {
		return nil, err // late: another server on the same database was faster
	}
	return out, nil
}

// Seed makes accounts with passwords that the caller gives, for demonstration
// and for tests: nobody has to change them. All are made, or none. Equal passwords
// share one secret, since hashing hundreds would take minutes.
func (s *Store) Seed(ctx context.Context, accounts []NewAccount) error {
	secrets := map[string]string{}
	once := func(password string) (secret string, err error) {
		if secrets[password] == "" {
			secrets[password], err = s.hash(password)
		}
		return secrets[password], err
	}
	var all []made
	for _, n := range accounts {
		if err := CheckPassword(foldLogin(n.Login), n.Password); err != nil {
			return err
		}
		m, err := s.prepare(n, false, once)
		if err != nil {
			return fmt.Errorf("seeding account %q: %w", n.Login, err)
		}
		all = append(all, m)
	}
	return s.writeAll(ctx, all, func(*record.Tx) (bool, error) { return true, nil })
}

// writeAll inserts accounts with the system's hand, in one transaction, if still wanted.
func (s *Store) writeAll(ctx context.Context, all []made, wanted func(*record.Tx) (bool, error)) error {
	ctx = actor.With(ctx, actor.System())
	return s.records.Write(ctx, func(tx *record.Tx) error {
		if ok, err := wanted(tx); err != nil || !ok {
			return err
		}
		for _, m := range all {
			if err := s.insert(ctx, tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}
