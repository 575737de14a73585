package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/db"
	"gongmai/internal/errs"
	"gongmai/internal/record"
)

// touch is outside the order of knowledge: that a page was looked at is no fact.
func (s *Store) touch(ctx context.Context, token string, now time.Time) error {
	return s.records.DB().Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.ExecContext(ctx, touchSession, token, now.UnixMicro()); err != nil {
			return fmt.Errorf("keeping a session open: %w", err)
		}
		return nil
	})
}

// SignOut ends a session. One that has ended already is no error.
func (s *Store) SignOut(ctx context.Context, token string) error {
	a, err := s.owner(ctx, token)
	if errors.Is(err, NotSignedIn) {
		return nil
	}
	if err != nil {
		return err
	}
	ctx = actor.With(ctx, actor.Actor{ID: a.id, Name: a.name})
	return s.records.Write(ctx, func(tx *record.Tx) error {
		if _, err := tx.ExecContext(ctx, endSession, digest(token)); err != nil {
			return fmt.Errorf("ending a session: %w", err)
		}
		return tx.Note(ctx, "sign_out", "account", a.id, "")
	})
}

// ChangePassword changes the password of the session's owner and ends all other
// sessions of the account. Wrong old passwords count towards the lock.
func (s *Store) ChangePassword(ctx context.Context, token, old, new string) error {
	a, err := s.owner(ctx, token)
	if err != nil {
		return err
	}
	right, err := s.matches(ctx, a.secret, old)
	if err != nil {
		return err
	}
	var secret string
	if right {
		if err := s.checkNew(ctx, a, new); err != nil {
			return err
		}
		if secret, err = s.hash(new); err != nil {
			return err
		}
	}
	refused, err := s.judge(ctx, "change_password", a, right, nil, func(ctx context.Context, tx *record.Tx) error {
		return s.replace(ctx, tx, a, secret, false, digest(token))
	})
	if refused != nil && err == nil {
		return errs.Say(errs.Denied, "原密码不正确，或账号已锁定")
	}
	return err
}
