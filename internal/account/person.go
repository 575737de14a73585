package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"gongmai/internal/actor"
	"gongmai/internal/errs"
	"gongmai/internal/record"
)

// Person is what is private about somebody. Whoever hands persons out by id shows
// them only with records that the reader may see: a person has no reach of its own.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Phone    string `json:"phone,omitempty"`
	IDNumber string `json:"id_number,omitempty"` // 公民身份号码, GB 11643
}

const (
	personByID   = `SELECT id, name, phone, id_number FROM person WHERE id = $1`
	upsertPerson = `INSERT INTO person (id, name, phone, id_number) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, id_number = excluded.id_number`
	names = `SELECT a.id, p.name FROM account a JOIN person p ON p.id = a.person UNION ALL SELECT id, name FROM person`
)

var (
	phoneForm    = regexp.MustCompile(`^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,6})?)$`)
	idNumberForm = regexp.MustCompile(`^\d{17}[\dX]$`)
)

// Masked hides the middle of phone and ID number.
func (p Person) Masked() Person {
	p.Phone, p.IDNumber = maskPhone(p.Phone), mask(p.IDNumber, 6, 4)
	return p
}

func maskPhone(phone string) string { return mask(phone, 3, 4) }

// mask keeps some characters at both ends, and none when nothing would be hidden.
func mask(s string, head, tail int) string {
	if len(s) <= head+tail {
		return strings.Repeat("*", len(s))
	}
	return s[:head] + strings.Repeat("*", len(s)-head-tail) + s[len(s)-tail:]
}

func checkPerson(p Person, faults *errs.Faults) {
	if p.Name == "" {
		faults.Add("name", "姓名不能为空")
	}
	if p.Phone != "" && !phoneForm.MatchString(p.Phone) {
		faults.Add("phone", "电话应为 11 位手机号，或带区号的固定电话")
	}
	if p.IDNumber != "" && !(idNumberForm.MatchString(p.IDNumber) && idCheck(p.IDNumber)) {
		faults.Add("id_number", "公民身份号码不正确：应为 18 位，请核对校验位")
	}
}

// idCheck verifies the last character by ISO 7064 MOD 11-2 (GB 11643-1999).
func idCheck(id string) bool {
	sum := 0
	for i := range 17 {
		sum += int(id[i]-'0') << (17 - i) % 11
	}
	return id[17] == "10X98765432"[sum%11]
}

func findPerson(ctx context.Context, from querier, id string) (p Person, err error) {
	err = from.QueryRowContext(ctx, personByID, id).Scan(&p.ID, &p.Name, &p.Phone, &p.IDNumber)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errs.Say(errs.NotFound, "没有这个人员")
	}
	if err != nil {
		return p, fmt.Errorf("finding a person: %w", err)
	}
	return p, nil
}

func putPerson(ctx context.Context, tx *record.Tx, p Person) error {
	if _, err := tx.ExecContext(ctx, upsertPerson, p.ID, p.Name, p.Phone, p.IDNumber); err != nil {
		return fmt.Errorf("storing a person: %w", err)
	}
	return nil
}

// Person returns somebody masked.
func (s *Store) Person(ctx context.Context, id string) (Person, error) {
	if actor.From(ctx).ID == "" {
		return Person{}, errNotSignedIn
	}
	p, err := findPerson(ctx, s.records.DB(), id)
	return p.Masked(), err
}

// Reveal returns somebody in full, for a reason that the audit trail keeps.
func (s *Store) Reveal(ctx context.Context, id, reason string) (p Person, err error) {
	if err := needAny(ctx, "查看完整的电话和身份号码", writeRegister, writeLedger); err != nil {
		return p, err
	}
	if strings.TrimSpace(reason) == "" {
		return p, errs.Say(errs.Invalid, "请说明查看完整个人信息的原因")
	}
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		if p, err = findPerson(ctx, tx, id); err != nil {
			return err
		}
		return tx.Note(ctx, "reveal", "person", id, reason)
	})
	return p, err
}

// PutPerson makes a person, when p has no ID, or changes one. A value that came
// masked stays as it is. The audit trail says which fields changed, not to what.
func (s *Store) PutPerson(ctx context.Context, p Person) (id string, err error) {
	if err := needAny(ctx, "登记人员", writeRegister, writeLedger, manageAccounts); err != nil {
		return "", err
	}
	fresh := p.ID == ""
	if fresh {
		p.ID = s.NewID()
	}
	p.Name, p.Phone, p.IDNumber = strings.TrimSpace(p.Name), strings.TrimSpace(p.Phone), strings.ToUpper(strings.TrimSpace(p.IDNumber))
	err = s.records.Write(ctx, func(tx *record.Tx) error {
		var old Person
		if !fresh {
			var err error
			if old, err = findPerson(ctx, tx, p.ID); err != nil {
				return err
			}
		}
		next := p
		changed := next.over(old)
		var faults errs.Faults
		if checkPerson(next, &faults); len(faults) > 0 {
			return faults
		}
		if err := putPerson(ctx, tx, next); err != nil {
			return err
		}
		return tx.Note(ctx, map[bool]string{true: "create", false: "change"}[fresh], "person", p.ID, changed)
	})
	return p.ID, err
}

// over puts what stayed masked back and names what differs from old.
func (p *Person) over(old Person) (changed string) {
	hidden := old.Masked()
	var list []string
	for _, f := range []struct {
		code           string
		value          *string
		before, masked string
	}{
		{"name", &p.Name, old.Name, old.Name},
		{"phone", &p.Phone, old.Phone, hidden.Phone},
		{"id_number", &p.IDNumber, old.IDNumber, hidden.IDNumber},
	} {
		if *f.value == f.masked {
			*f.value = f.before
		}
		if *f.value != f.before {
			list = append(list, f.code)
		}
	}
	return strings.Join(list, ", ")
}

// erased stands where a name was.
const erased = "（已删除）"

// ErasePerson removes what is private about somebody; the id stays, since versions hold it.
func (s *Store) ErasePerson(ctx context.Context, id, reason string) error {
	if err := actor.From(ctx).Need(manageAccounts, "删除个人信息由系统管理员办理"); err != nil {
		return err
	}
	return s.records.Write(ctx, func(tx *record.Tx) error {
		if _, err := findPerson(ctx, tx, id); err != nil {
			return err
		}
		if err := putPerson(ctx, tx, Person{ID: id, Name: erased}); err != nil {
			return err
		}
		return tx.Note(ctx, "erase", "person", id, reason)
	})
}

// Names returns the names of all accounts and persons by id, to show beside what
// they did, and those of the actors who are neither.
func (s *Store) Names(ctx context.Context) (out map[string]string, err error) {
	if actor.From(ctx).ID == "" {
		return nil, errNotSignedIn
	}
	defer errs.Wrap(&err, "reading names")
	rows, err := s.records.DB().QueryContext(ctx, names)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out = map[string]string{stranger.ID: stranger.Name, actor.System().ID: actor.System().Name}
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		out[id] = name
	}
	return out, rows.Err()
}
