package record

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"gongmai/internal/fact"
	"gongmai/internal/period"
)

// Report is what Verify found.
type Report struct {
	OK          bool     `json:"ok"`
	Digest      string   `json:"digest"` // over all versions with their ids and times
	Versions    int      `json:"versions"`
	Entries     int      `json:"entries"`
	Differences []string `json:"differences"`
}

func (r *Report) differ(format string, args ...any) {
	const most = 100
	if len(r.Differences) < most {
		r.Differences = append(r.Differences, fmt.Sprintf(format, args...))
	}
}

const everyEntry = `SELECT a.seq, a.recorded_us, a.actor, a.act, a.kind, a.record, a.reason, a.body_hash, a.hash,
		COALESCE(v.version, 0), COALESCE(v.edition, 0), COALESCE(v.state, ''), COALESCE(v.subject, ''), COALESCE(v.period, ''),
		COALESCE(v.effective_on, 0), COALESCE(v.body, ''), COALESCE(v.kind, ''), COALESCE(v.record, '')
	FROM audit a LEFT JOIN version v ON v.seq = a.seq ORDER BY a.seq`

// Verify recomputes the audit chain, the hash of every version and the heads,
// and compares them with what is stored.
func (s *Store) Verify(ctx context.Context) (r Report, err error) {
	r.Differences = []string{}
	heads := map[[2]string]fact.Version{}
	prev, err := s.verifyEntries(ctx, &r, heads)
	if err != nil {
		return r, err
	}
	seq, _, hash, err := s.Head(ctx)
	if err != nil {
		return r, err
	}
	if int(seq) != r.Entries || hash != prev {
		r.differ("审计链末端与记录不符：链头第 %d 条，实有 %d 条", seq, r.Entries)
	}
	if err := s.verifyHeads(ctx, &r, heads); err != nil {
		return r, err
	}
	r.OK = len(r.Differences) == 0
	return r, nil
}

func (s *Store) verifyEntries(ctx context.Context, r *Report, heads map[[2]string]fact.Version) (prev string, err error) {
	rows, err := s.db.QueryContext(ctx, everyEntry)
	if err != nil {
		return "", fmt.Errorf("reading the audit chain: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	sum := sha256.New()
	var last int64
	for rows.Next() {
		var seq, us int64
		var who, act, kind, rec, reason, body, hash, p, text, vkind, vrec string
		var v fact.Version
		if err := rows.Scan(&seq, &us, &who, &act, &kind, &rec, &reason, &body, &hash,
			&v.Version, &v.Edition, &v.State, &v.Subject, &p, &v.EffectiveOn, &text, &vkind, &vrec); err != nil {
			return "", err
		}
		r.Entries++
		if seq != int64(r.Entries) {
			r.differ("审计序号不连续：应为 %d，实为 %d", r.Entries, seq)
		}
		if us < last {
			r.differ("第 %d 条的记录时间早于前一条", seq)
		}
		last = us
		if want := chain(prev, fact.Seq(seq), us, who, act, kind, rec, reason, body); want != hash {
			r.differ("审计链在第 %d 条断开（%s %s/%s）", seq, act, kind, rec)
		}
		prev = hash
		if v.Version == 0 {
			if body != "" {
				r.differ("第 %d 条应有版本 %s/%s，却找不到", seq, kind, rec)
			}
			continue
		}
		v.Kind, v.Record = fact.Kind(vkind), vrec
		if p != "" {
			if v.Period, err = period.Parse(p); err != nil {
				return "", err
			}
		}
		if vkind != kind || vrec != rec || bodyHash(&v, []byte(text)) != body {
			r.differ("%s 的内容与审计记录不符", v.Ref())
		}
		key := [2]string{vkind, vrec}
		if v.Version != heads[key].Version+1 {
			r.differ("%s 的版本不连续", v.Ref())
		}
		v.Seq = fact.Seq(seq)
		heads[key] = v
		r.Versions++
		fmt.Fprintf(sum, "%d|%d|%s|%s|%s\n", seq, us, who, v.Ref(), body)
	}
	r.Digest = hex.EncodeToString(sum.Sum(nil))
	return prev, rows.Err()
}

func (s *Store) verifyHeads(ctx context.Context, r *Report, heads map[[2]string]fact.Version) (err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT kind, record, version, seq, state, subject, period, effective_on FROM record_head`)
	if err != nil {
		return fmt.Errorf("reading heads: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	n := 0
	for rows.Next() {
		var kind, rec, p string
		var h fact.Version
		if err := rows.Scan(&kind, &rec, &h.Version, &h.Seq, &h.State, &h.Subject, &p, &h.EffectiveOn); err != nil {
			return err
		}
		n++
		want := heads[[2]string{kind, rec}]
		if want.Version != h.Version || want.Seq != h.Seq || want.State != h.State || want.Subject != h.Subject || want.Period.String() != p || want.EffectiveOn != h.EffectiveOn {
			r.differ("%s/%s 的当前版本索引与版本不符", kind, rec)
		}
	}
	if n != len(heads) {
		r.differ("当前版本索引有 %d 行，应有 %d 行", n, len(heads))
	}
	return rows.Err()
}
