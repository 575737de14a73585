package account

import (
	"context"
	"errors"
	"strings"

	"gongmai/internal/errs"
)

const personsNamed = `SELECT id FROM person WHERE name = $1 ORDER BY id LIMIT 2`

// Enroll turns what people type into a list of persons into their ids, since
// versions hold no name: an id stays, a name becomes the person among have (those
// who stand there already) who bears it, else the one person who does, else a new one.
func (s *Store) Enroll(ctx context.Context, list, have []string) (ids []string, err error) {
	defer errs.Wrap(&err, "enrolling %d persons", len(list))
	there := map[string]string{}
	for _, id := range have {
		p, err := findPerson(ctx, s.records.DB(), id)
		if err == nil {
			there[p.Name] = id
		} else if errs.Kind(err) == nil {
			return nil, err
		}
	}
	for _, x := range list {
		if x = strings.TrimSpace(x); x == "" {
			continue
		}
		if id := there[x]; id != "" {
			ids = append(ids, id)
			continue
		}
		id, err := s.enroll(ctx, x)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (s *Store) enroll(ctx context.Context, x string) (string, error) {
	if p, err := findPerson(ctx, s.records.DB(), x); err == nil {
		return p.ID, nil
	} else if errs.Kind(err) == nil {
		return "", err
	}
	rows, err := s.records.DB().QueryContext(ctx, personsNamed, x)
	if err != nil {
		return "", err
	}
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return "", errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return "", err
	}
	if len(ids) == 1 {
		return ids[0], nil
	}
	return s.PutPerson(ctx, Person{Name: x})
}
