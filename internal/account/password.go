package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"gongmai/internal/errs"
)

// Cost is what one argon2id hash takes.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
}

const (
	saltBytes   = 16
	hashBytes   = 32
	mostBytes   = 128 // of a password
	leastRunes  = 8   // and 3 classes: GB/T 22239-2019 8.1.4.1, as evaluated in practice
	leastKinds  = 3
	formerBreak = "\n"
)

var b64 = base64.RawStdEncoding

// hash returns the secret of a password, which names its algorithm and cost:
// $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH.
func (s *Store) hash(password string) (string, error) {
	salt, err := s.random(saltBytes)
	if err != nil {
		return "", err
	}
	s.hashing <- struct{}{}
	sum := argon2.IDKey([]byte(password), salt, s.Cost.Passes, s.Cost.MemoryKiB, 1, hashBytes)
	<-s.hashing
	return s.secret(salt, sum), nil
}

func (s *Store) secret(salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, s.Cost.MemoryKiB, s.Cost.Passes, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// errSecret does not quote the secret: errors are logged.
var errSecret = errors.New("reading a stored secret: unknown algorithm or form")

// matches hashes password as the secret was and compares in constant time.
func (s *Store) matches(ctx context.Context, secret, password string) (bool, error) {
	parts := strings.Split(secret, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return false, errSecret
	}
	var c Cost
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &c.MemoryKiB, &c.Passes); n != 2 || err != nil || c.Passes == 0 {
		return false, errSecret
	}
	salt, err1 := b64.DecodeString(parts[4])
	want, err2 := b64.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) != hashBytes {
		return false, errSecret
	}
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	got := argon2.IDKey([]byte(password), salt, c.Passes, c.MemoryKiB, 1, hashBytes)
	<-s.hashing
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// CheckPassword says everything that is wrong with a new password.
func CheckPassword(login, password string) error {
	var faults errs.Faults
	if utf8.RuneCountInString(password) < leastRunes || len(password) > mostBytes {
		faults.Add("new", "密码至少 %d 位，最多 %d 字节", leastRunes, mostBytes)
	}
	if kindsOf(password) < leastKinds {
		faults.Add("new", "密码应含大写字母、小写字母、数字、其他字符中的至少三类")
	}
	if login != "" && strings.Contains(strings.ToLower(password), login) {
		faults.Add("new", "密码不能包含登录名")
	}
	return faults.Err()
}

func kindsOf(password string) int {
	var upper, lower, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

// checkNew is CheckPassword, and that it was not used lately.
func (s *Store) checkNew(ctx context.Context, a row, password string) error {
	if err := CheckPassword(a.login, password); err != nil {
		return err
	}
	for _, secret := range append([]string{a.secret}, a.formerSecrets()...) {
		used, err := s.matches(ctx, secret, password)
		if err != nil {
			return err
		}
		if used {
			return errs.Say(errs.Invalid, "新密码不能与最近 %d 次用过的相同", s.History)
		}
	}
	return nil
}

// letters of one-time passwords: none that is read for another.
const letters = "abcdefghjkmnpqrstuvwxyz23456789Z"

// oneTime makes a password to be told once: 75 random bits, in groups.
func (s *Store) oneTime() (string, error) {
	for {
		b, err := s.random(15)
		if err != nil {
			return "", err
		}
		var p strings.Builder
		for i, c := range b {
			if i > 0 && i%5 == 0 {
				p.WriteByte('-')
			}
			p.WriteByte(letters[c%32])
		}
		if kindsOf(p.String()) >= leastKinds {
			return p.String(), nil
		}
	}
}
