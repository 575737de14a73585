package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/record"
)

// row is an account as it is stored.
type row struct {
	id, login, person, name, phone, secret, former, state string
	failures                                              int
	lockedUntil, changed                                  int64 // µs
	mustChange                                            bool
}

const (
	accounts = `SELECT a.id, a.login, a.person, p.name, p.phone, a.secret, a.former, a.state, a.failures, a.locked_until_us, a.changed_us, a.must_change
		FROM account a JOIN person p ON p.id = a.person`
	byID    = accounts + ` WHERE a.id = $1`
	byLogin = accounts + ` WHERE a.login = $1`
	inOrder = accounts + ` ORDER BY a.login`

	insertAccount = `INSERT INTO account (id, login, person, secret, former, state, failures, locked_until_us, must_change, changed_us)
		VALUES ($1, $2, $3, $4, '', 'active', 0, 0, $5, $6) ON CONFLICT (login) DO NOTHING`
	setSecret   = `UPDATE account SET secret = $2, former = $3, must_change = $4, changed_us = $5, failures = 0, locked_until_us = 0 WHERE id = $1`
	setState    = `UPDATE account SET state = $2, failures = 0, locked_until_us = 0 WHERE id = $1`
	setFailures = `UPDATE account SET failures = $2, locked_until_us = $3 WHERE id = $1`
	endSessions = `DELETE FROM session WHERE account = $1 AND token <> $2`
)

type scanner interface{ Scan(...any) error }

func scan(from scanner) (r row, err error) {
	err = from.Scan(&r.id, &r.login, &r.person, &r.name, &r.phone, &r.secret, &r.former, &r.state, &r.failures, &r.lockedUntil, &r.changed, &r.mustChange)
	return r, err
}

// querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func find(ctx context.Context, from querier, query, arg string) (row, error) {
	r, err := scan(from.QueryRowContext(ctx, query, arg))
	if errors.Is(err, sql.ErrNoRows) {
		return r, errs.Say(errs.NotFound, "没有这个账号")
	}
	if err != nil {
		return r, fmt.Errorf("finding an account: %w", err)
	}
	return r, nil
}

func (r row) formerSecrets() []string {
	if r.former == "" {
		return nil
	}
	return strings.Split(r.former, formerBreak)
}

// remembered is what former becomes when secret is replaced.
func (r row) remembered(history int) string {
	all := append([]string{r.secret}, r.formerSecrets()...)
	return strings.Join(all[:min(len(all), max(history-1, 0))], formerBreak)
}

func (r row) account(g granted, now time.Time) Account {
	a := Account{
		ID: r.id, Login: r.login, Person: r.person, Name: r.name, Phone: maskPhone(r.phone), State: r.state,
		MustChange: r.mustChange, Grant: g.Grant, GrantVersion: g.version,
	}
	if t := time.UnixMicro(r.lockedUntil).UTC(); t.After(now) {
		a.LockedUntil = t
	}
	return a
}

// made is a new account, ready to be written: what costs time is done.
type made struct {
	NewAccount
	id, person, secret string
	mustChange         bool
}

func (s *Store) prepare(n NewAccount, mustChange bool, hash func(string) (string, error)) (m made, err error) {
	var faults errs.Faults
	n.fold(&faults)
	if !n.Grant.empty() {
		n.Grant.fold(s.Catalogue(), s.today(), &faults)
	}
	if len(faults) > 0 {
		return m, faults
	}
	m = made{NewAccount: n, id: s.NewID(), person: s.NewID(), mustChange: mustChange}
	m.secret, err = hash(n.Password)
	return m, err
}

func (s *Store) insert(ctx context.Context, tx *record.Tx, m made) error {
	res, err := tx.ExecContext(ctx, insertAccount, m.id, m.Login, m.person, m.secret, m.mustChange, s.Now().UnixMicro())
	if err != nil {
		return fmt.Errorf("making an account: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return errs.Say(errs.Conflict, "登录名 %s 已经有人用", m.Login)
	}
	if err := putPerson(ctx, tx, Person{ID: m.person, Name: m.Name, Phone: m.Phone}); err != nil {
		return err
	}
	if err := tx.Note(ctx, "create", "account", m.id, ""); err != nil {
		return err
	}
	if m.Grant.empty() {
		return nil
	}
	_, err = tx.Append(ctx, m.Grant.draft(m.id, 0, ""))
	return err
}

// Create makes an account and returns its one-time password, which is kept
// nowhere. A grant with it is only for those who may also grant.
func (s *Store) Create(ctx context.Context, n NewAccount) (id, password string, err error) {
	who := actor.From(ctx)
	if err := who.Need(manageAccounts, "账号由系统管理员建立"); err != nil {
		return "", "", err
	}
	if !n.Grant.empty() {
		if err := who.Need(managePolicy, "角色和范围由安全管理员授予，建立账号时应留空"); err != nil {
			return "", "", err
		}
	}
	if n.Password, err = s.oneTime(); err != nil {
		return "", "", err
	}
	m, err := s.prepare(n, true, s.hash)
	if err != nil {
		return "", "", err
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error { return s.insert(ctx, tx, m) })
	if err != nil {
		return "", "", err
	}
	return m.id, n.Password, nil
}

// guard refuses who may not manage this account: oneself, and, other than by the
// command line of the one who holds the data folder, an administrator. Else the
// system administrator could sign in as the one who watches him.
func (s *Store) guard(ctx context.Context, id string) error {
	who := actor.From(ctx)
	if err := who.Need(manageAccounts, "账号由系统管理员管理"); err != nil {
		return err
	}
	if who.ID == id {
		return errs.Say(errs.Denied, "不能这样处理自己的账号；修改密码请用“修改密码”")
	}
	if who.May("*") {
		return nil
	}
	g, err := s.granted(ctx, id)
	if err != nil {
		return err
	}
	if administers(s.Catalogue(), g.Grant) {
		return errs.Say(errs.Denied, "管理员的账号只能在服务器上用命令处理")
	}
	return nil
}

// Reset gives an account a new one-time password, unlocks it and ends its sessions.
func (s *Store) Reset(ctx context.Context, id string) (password string, err error) {
	if err := s.guard(ctx, id); err != nil {
		return "", err
	}
	if password, err = s.oneTime(); err != nil {
		return "", err
	}
	secret, err := s.hash(password)
	if err != nil {
		return "", err
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		a, err := find(ctx, tx, byID, id)
		if err != nil {
			return err
		}
		if err := s.replace(ctx, tx, a, secret, true, ""); err != nil {
			return err
		}
		return tx.Note(ctx, "reset", "account", id, "")
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// replace stores a new secret and ends all sessions but keep.
func (s *Store) replace(ctx context.Context, tx *record.Tx, a row, secret string, mustChange bool, keep string) error {
	if _, err := tx.ExecContext(ctx, setSecret, a.id, secret, a.remembered(s.History), mustChange, s.Now().UnixMicro()); err != nil {
		return fmt.Errorf("storing a secret: %w", err)
	}
	_, err := tx.ExecContext(ctx, endSessions, a.id, keep)
	return err
}

// SetState makes an account Active, which also unlocks it, or Disabled, which
// ends its sessions.
func (s *Store) SetState(ctx context.Context, id, state, reason string) error {
	act, ok := map[string]string{Active: "enable", Disabled: "disable"}[state]
	if !ok {
		return errs.Say(errs.Invalid, "账号状态应为 %s 或 %s，现为 %q", Active, Disabled, state)
	}
	if err := s.guard(ctx, id); err != nil {
		return err
	}
	return s.records.Write(ctx, func(tx *record.Tx) error {
		if _, err := find(ctx, tx, byID, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, setState, id, state); err != nil {
			return fmt.Errorf("setting the state of an account: %w", err)
		}
		if state == Disabled {
			if _, err := tx.ExecContext(ctx, endSessions, id, ""); err != nil {
				return err
			}
		}
		return tx.Note(ctx, act, "account", id, reason)
	})
}

// Find returns one account, one's own or, for the administrators, any.
func (s *Store) Find(ctx context.Context, id string) (Account, error) {
	if who := actor.From(ctx); who.ID != id || id == "" {
		if err := needAny(ctx, "查看账号", manageAccounts, managePolicy, readAudit); err != nil {
			return Account{}, err
		}
	}
	r, err := find(ctx, s.records.DB(), byID, id)
	if err != nil {
		return Account{}, err
	}
	g, err := s.granted(ctx, id)
	return r.account(g, s.Now()), err
}

// Filter narrows a list of accounts.
type Filter struct {
	Text string // in login or name
	Role string
}

// List returns the accounts in order of login. It is for the administrators.
func (s *Store) List(ctx context.Context, f Filter) (out []Account, err error) {
	if err := needAny(ctx, "查看账号", manageAccounts, managePolicy, readAudit); err != nil {
		return nil, err
	}
	defer errs.Wrap(&err, "listing accounts")
	all, err := s.allGranted(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.records.DB().QueryContext(ctx, inOrder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		a := r.account(all[r.id], s.Now())
		if strings.Contains(a.Login+"\n"+a.Name, f.Text) && (f.Role == "" || slices.Contains(a.Grant.Roles, f.Role)) {
			out = append(out, a)
		}
	}
	return out, rows.Err()
}
