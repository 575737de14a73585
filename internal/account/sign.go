package account

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/record"
)

// What signing in may also answer with; both are errs.Denied as well.
var (
	// NotSignedIn: nobody is signed in, or the login was refused (401).
	NotSignedIn = fmt.Errorf("not signed in: %w", errs.Denied)
	// TooMany: too many attempts for now (429).
	TooMany = fmt.Errorf("too many requests: %w", errs.Denied)
)

// Session is somebody signed in.
type Session struct {
	Actor      actor.Actor // without roles, rights and reach while MustChange
	Login      string
	MustChange bool // the password, before anything else
}

// Free refuses a session that must change its password first.
func (s Session) Free() error {
	if s.MustChange {
		return errs.Say(errs.Denied, "请先修改密码，再使用系统")
	}
	return nil
}

// stranger is who tries to sign in, in the audit trail.
var stranger = actor.Actor{ID: "stranger", Name: "未登录者"}

const (
	insertSession = `INSERT INTO session (token, account, seen_us, expires_us) VALUES ($1, $2, $3, $4)`
	touchSession  = `UPDATE session SET seen_us = $2 WHERE token = $1`
	endSession    = `DELETE FROM session WHERE token = $1`
	dropExpired   = `DELETE FROM session WHERE expires_us <= $1 OR seen_us <= $2`
	sessionBy     = `SELECT account, seen_us, expires_us FROM session WHERE token = $1`
)

// digest is all of a token that is stored.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// SignIn opens a session. A login that does not exist, a wrong password and a
// locked account are answered alike and cost alike; the audit trail tells them apart.
func (s *Store) SignIn(ctx context.Context, login, password string) (token string, se Session, err error) {
	login = foldLogin(login)
	if !s.byRemote.allow(remoteOf(ctx), s.Now()) || !s.byLogin.allow(login, s.Now()) {
		return "", Session{}, errs.Say(TooMany, "登录过于频繁，请一分钟后再试")
	}
	a, err := find(ctx, s.records.DB(), byLogin, login)
	if errors.Is(err, errs.NotFound) {
		a, err = row{secret: s.nobody}, nil
	}
	if err != nil {
		return "", Session{}, err
	}
	right, err := s.matches(ctx, a.secret, password)
	if err != nil {
		return "", Session{}, err
	}
	se, ended := s.session(ctx, a)
	if ended != nil && errs.Kind(ended) == nil {
		return "", Session{}, ended
	}
	b, err := s.random(32)
	if err != nil {
		return "", Session{}, err
	}
	token = base64.RawURLEncoding.EncodeToString(b)
	refused, err := s.judge(ctx, "sign_in", a, right, ended, func(ctx context.Context, tx *record.Tx) error {
		return s.open(ctx, tx, a.id, digest(token))
	})
	if err = errors.Join(err, refused); err != nil {
		return "", Session{}, err
	}
	return token, se, nil
}

// judge counts an attempt with a password and, when it is right, does what was
// asked, all in one transaction with its audit entry. refused is the answer to a
// person who is turned away, which is written too. ended refuses a right password.
//
// a was read before the hash was made; what matters is read again.
func (s *Store) judge(ctx context.Context, act string, a row, right bool, ended error, do func(context.Context, *record.Tx) error) (refused, err error) {
	who := stranger
	if right && a.id != "" {
		who = actor.Actor{ID: a.id, Name: a.name}
	}
	// Hanging up does not spare an attempt from being counted.
	ctx = actor.With(context.WithoutCancel(ctx), who)
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		refused = nil
		why, err := s.attempt(ctx, tx, a, right)
		if err != nil {
			return err
		}
		switch {
		case why != "":
			refused = errs.Say(NotSignedIn, "登录名或密码不正确；连续输错 %d 次，账号锁定 %d 分钟", s.Tries, int(s.Lock.Minutes()))
		case ended != nil:
			refused, why = ended, errs.Text(ended)
		default:
			if err := do(ctx, tx); err != nil {
				return err
			}
			return tx.Note(ctx, act, "account", a.id, from(ctx))
		}
		return tx.Note(ctx, act+"_failed", "account", a.id, why+from(ctx))
	})
	return refused, err
}

// attempt says why an attempt fails, "" when it does not, and keeps count.
func (s *Store) attempt(ctx context.Context, tx *record.Tx, a row, right bool) (why string, err error) {
	if a.id == "" {
		return "没有这个登录名", nil
	}
	now, err := find(ctx, tx, byID, a.id)
	if err != nil {
		return "", err
	}
	at := s.Now()
	switch {
	case now.lockedUntil > at.UnixMicro():
		return "账号在锁定中", nil
	case right && now.secret == a.secret && now.state != Active:
		return "账号已停用", nil
	case right && now.secret == a.secret:
		_, err := tx.ExecContext(ctx, setFailures, a.id, 0, 0)
		return "", err
	}
	why, failures, until := "密码不正确", now.failures+1, int64(0)
	if failures >= s.Tries {
		why, failures, until = fmt.Sprintf("密码连续 %d 次不正确，账号锁定", s.Tries), 0, at.Add(s.Lock).UnixMicro()
	}
	_, err = tx.ExecContext(ctx, setFailures, a.id, failures, until)
	return why, err
}

func (s *Store) open(ctx context.Context, tx *record.Tx, id, token string) error {
	now := s.Now()
	if _, err := tx.ExecContext(ctx, dropExpired, now.UnixMicro(), now.Add(-s.Idle).UnixMicro()); err != nil {
		return fmt.Errorf("dropping expired sessions: %w", err)
	}
	if _, err := tx.ExecContext(ctx, insertSession, token, id, now.UnixMicro(), now.Add(s.Life).UnixMicro()); err != nil {
		return fmt.Errorf("opening a session: %w", err)
	}
	return nil
}

// session puts together who an account is today. It refuses one whose grant is over.
func (s *Store) session(ctx context.Context, a row) (Session, error) {
	g, err := s.granted(ctx, a.id)
	if err != nil {
		return Session{}, err
	}
	if g.ended != 0 {
		return Session{}, errs.Say(NotSignedIn, "账号的授权已于 %s 到期，请联系安全管理员", g.ended)
	}
	old := s.Age > 0 && s.Now().Sub(time.UnixMicro(a.changed)) >= s.Age
	se := Session{Login: a.login, MustChange: a.mustChange || old, Actor: actor.Actor{ID: a.id, Name: a.name}}
	if !se.MustChange {
		se.Actor = actorOf(s.Catalogue(), a.id, a.name, g.Grant)
	}
	return se, nil
}

var errNotSignedIn = errs.Say(NotSignedIn, "未登录或登录已过期，请重新登录")

// Actor returns the session of a token, NotSignedIn when there is none.
func (s *Store) Actor(ctx context.Context, token string) (Session, error) {
	a, err := s.owner(ctx, token)
	if err != nil {
		return Session{}, err
	}
	return s.session(ctx, a)
}

// touchEvery bounds how often a session that is used is written: a session may
// end that much earlier than Idle after its last use.
const touchEvery = time.Minute

// owner returns whose token it is, and marks the session as used.
func (s *Store) owner(ctx context.Context, token string) (row, error) {
	var id string
	var seen, expires int64
	err := s.records.DB().QueryRowContext(ctx, sessionBy, digest(token)).Scan(&id, &seen, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return row{}, errNotSignedIn
	}
	if err != nil {
		return row{}, fmt.Errorf("finding a session: %w", err)
	}
	now := s.Now()
	idle := now.Sub(time.UnixMicro(seen))
	if now.UnixMicro() >= expires || idle >= s.Idle {
		return row{}, errNotSignedIn
	}
	a, err := find(ctx, s.records.DB(), byID, id)
	if err != nil {
		return row{}, err
	}
	if a.state != Active {
		return row{}, errNotSignedIn
	}
	if idle >= touchEvery {
		err = s.touch(ctx, digest(token), now)
	}
	return a, err
}
