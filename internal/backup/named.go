package backup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gongmai/internal/blob"
	"gongmai/internal/db"
	"gongmai/internal/errs"
)

var digest = regexp.MustCompile(`\bsm3:[0-9a-f]{64}\b`)

// Named lists the blobs that a text names.
func Named(text string) (out []blob.Digest) {
	if !strings.Contains(text, "sm3:") {
		return nil
	}
	for _, d := range digest.FindAllString(text, -1) {
		out = append(out, blob.Digest(d))
	}
	return out
}

const bodiesThatName = `SELECT body FROM version WHERE body LIKE '%sm3:%'`

// Lost checks every blob that a version names, and says which are gone or not
// what they were, in Chinese.
func Lost(ctx context.Context, d *db.DB, blobs *blob.Store) (said []string, err error) {
	defer errs.Wrap(&err, "checking blobs")
	named := map[blob.Digest]bool{}
	rows, err := d.QueryContext(ctx, bodiesThatName)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		for _, x := range Named(body) {
			named[x] = true
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, x := range slices.Sorted(maps.Keys(named)) {
		switch _, err := blobs.Get(x); {
		case errors.Is(err, errs.NotFound):
			said = append(said, fmt.Sprintf("附件 %s 不在附件库里", x))
		case err != nil:
			said = append(said, fmt.Sprintf("附件 %s 的内容已损坏", x))
		}
	}
	return said, nil
}
