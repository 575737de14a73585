package fact

import (
	"encoding/binary"

	"gongmai/internal/unit"
)

// Column is a handle on one field of all rows, for summing without look-ups.
type Column struct{ c *column }

// Column returns the field's column. It may be empty.
func (v View) Column(code string) Column { return Column{v.t.cols[code]} }

// Number returns the number of r, if it holds one.
func (c Column) Number(r Row) (d unit.Decimal, ok bool) {
	if c.c == nil {
		return d, false
	}
	if int(r.i) < len(c.c.nums) && c.c.nums[r.i] != none {
		return unit.New(c.c.nums[r.i], c.c.scale), true
	}
	return c.c.others[r.i].Number()
}

// Sum is what the numbers of a column come to.
type Sum struct {
	Total   unit.Decimal
	Largest unit.Decimal // of one row, by amount
	Count   int
}

// Sum adds up the numbers that rows hold and appends the digest bytes of each
// to b, as AppendTo does. It is the inner loop of every total, so it adds plain
// coefficients as long as the column allows that.
func (c Column) Sum(b []byte, rows []Row) ([]byte, Sum, error) {
	if c.c == nil {
		return b, Sum{}, nil
	}
	if c.c.large > 0 {
		return c.sumLarge(b, rows)
	}
	var total, largest int64
	var s Sum
	for _, r := range rows {
		if int(r.i) >= len(c.c.nums) || c.c.nums[r.i] == none {
			continue
		}
		n := c.c.nums[r.i]
		next := total + n
		if (next > total) != (n > 0) && n != 0 {
			return b, s, unit.ErrOverflow
		}
		total, s.Count = next, s.Count+1
		if max(n, -n) > max(largest, -largest) {
			largest = n
		}
		b = appendFact(b, &r.t.digests[r.i], n)
	}
	if s.Count > 0 {
		s.Total, s.Largest = unit.New(total, c.c.scale), unit.New(largest, c.c.scale)
	}
	return b, s, nil
}

// sumLarge is Sum for a column that holds numbers beyond its places.
func (c Column) sumLarge(b []byte, rows []Row) (_ []byte, s Sum, err error) {
	for _, r := range rows {
		d, ok := c.Number(r)
		if !ok {
			continue
		}
		if s.Total, err = s.Total.Add(d); err != nil {
			return b, s, err
		}
		if d.Abs().Cmp(s.Largest.Abs()) > 0 {
			s.Largest = d
		}
		s.Count++
		b = r.Digest().AppendTo(b, d)
	}
	return b, s, nil
}

// AppendTo adds the digest and a value to b: what a figure's digest is made of.
func (d Digest) AppendTo(b []byte, v unit.Decimal) []byte { return appendFact(b, &d, v.Coef()) }

// appendFact writes
//
//	┌──────────────────────┬────────────────────────────────────┐
//	│ digest of the version│ coefficient without trailing zeros │
//	│ 16 bytes             │ 8 bytes, little endian             │
//	└──────────────────────┴────────────────────────────────────┘
//
// Trailing zeros go because they come with the places of the column, and those
// grow with what is stated later: a digest of the past must not move.
func appendFact(b []byte, d *Digest, coef int64) []byte {
	for coef != 0 && coef%10 == 0 {
		coef /= 10
	}
	return binary.LittleEndian.AppendUint64(append(b, d[:]...), uint64(coef))
}
