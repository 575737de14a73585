package fact

import (
	"crypto/sha256"
	"math"
	"sync"

	"gongmai/internal/period"
	"gongmai/internal/unit"
)

// Digest of one version: the first 16 bytes of SHA-256 over its ref and body.
// Figures hash these instead of texts, so that a digest costs 24 bytes a fact.
type Digest [16]byte

// none marks a cell of a number column that holds no number.
const none = math.MinInt64

// row is what every version has beside its columns.
type row struct {
	seq, next Seq
	record    string
	state     string
	subject   int32 // index into subjects
	prev      int32 // row of the version before, or -1
	version   int32
	effective period.Day
	period    period.Period
	edition   int64
}

// column holds one field of all rows. A column becomes numeric with its first
// number; what is not a number lies in others.
type column struct {
	nums   []int64 // scaled by scale; none where there is none
	scale  uint8
	others map[int32]Value
	large  int // numbers among others
}

// Table holds every version of one kind, in the order of knowledge.
type Table struct {
	kind Kind

	mu       sync.RWMutex
	seq      Seq // every version up to here is in
	rows     []row
	digests  []Digest // beside rows, close together, since every figure reads them
	cols     map[string]*column
	head     map[string]int32          // record → its newest row
	ofPeriod map[period.Period][]int32 // rows by period, in order of seq
	subjects []string
	subject  map[string]int32
	ofSubj   [][]int32
	words    map[string]string // one copy of each repeated text
	scratch  []byte            // of append
}

// NewTable returns an empty table of a kind.
func NewTable(kind Kind) *Table {
	return &Table{
		kind: kind, cols: map[string]*column{}, head: map[string]int32{},
		ofPeriod: map[period.Period][]int32{}, subject: map[string]int32{}, words: map[string]string{},
	}
}

// Kind returns what the table holds.
func (t *Table) Kind() Kind { return t.kind }

// Seq returns up to where the table has followed.
func (t *Table) Seq() Seq {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.seq
}

// Follow appends versions, which must come in order of Seq and be of the
// table's kind, and then stands at seq.
func (t *Table) Follow(seq Seq, vs []Version) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range vs {
		if vs[i].Seq > t.seq {
			t.append(&vs[i])
		}
	}
	t.seq = max(t.seq, seq)
}

func (t *Table) append(v *Version) {
	i := int32(len(t.rows))
	r := row{
		seq: v.Seq, next: Newest, record: v.Record, state: t.word(v.State), subject: t.subjectOf(v.Subject),
		prev: -1, version: v.Version, effective: v.EffectiveOn, period: v.Period, edition: v.Edition,
	}
	if p, ok := t.head[v.Record]; ok {
		r.prev, r.record = p, t.rows[p].record
		t.rows[p].next = v.Seq
	}
	t.head[r.record] = i
	t.rows = append(t.rows, r)
	t.digests = append(t.digests, t.digestOf(v))
	if v.Period != (period.Period{}) {
		t.ofPeriod[v.Period] = append(t.ofPeriod[v.Period], i)
	}
	t.ofSubj[r.subject] = append(t.ofSubj[r.subject], i)
	for _, f := range v.Body {
		c := t.cols[f.Code]
		if c == nil {
			c = &column{others: map[int32]Value{}}
			t.cols[f.Code] = c
		}
		c.put(i, t.intern(f.Value))
	}
	t.seq = v.Seq
}

func (t *Table) digestOf(v *Version) Digest {
	t.scratch = append(append(t.scratch[:0], v.Ref().String()...), 0)
	t.scratch = v.Body.Append(t.scratch)
	sum := sha256.Sum256(t.scratch)
	return Digest(sum[:16])
}

func (t *Table) word(s string) string {
	if w, ok := t.words[s]; ok {
		return w
	}
	t.words[s] = s
	return s
}

func (t *Table) intern(v Value) Value {
	if v.typ == Text && len(v.str) < 64 {
		v.str = t.word(v.str)
	}
	return v
}

func (t *Table) subjectOf(s string) int32 {
	i, ok := t.subject[s]
	if !ok {
		i = int32(len(t.subjects))
		t.subject[s] = i
		t.subjects = append(t.subjects, s)
		t.ofSubj = append(t.ofSubj, nil)
	}
	return i
}

func (c *column) put(i int32, v Value) {
	d, ok := v.Number()
	if ok && d.Scale() > c.scale {
		ok = c.rescale(d.Scale())
	}
	if ok {
		if e, err := d.Rescale(c.scale); err == nil && e.Coef() != none {
			for len(c.nums) <= int(i) {
				c.nums = append(c.nums, none)
			}
			c.nums[i] = e.Coef()
			return
		}
	}
	c.others[i] = v // absent, not a number, or too large for the column's places
	if v.typ == Number {
		c.large++
	}
}

// rescale widens the whole column; false when a value would overflow.
func (c *column) rescale(s uint8) bool {
	wide := make([]int64, len(c.nums))
	for i, n := range c.nums {
		wide[i] = none
		if n != none {
			d, err := unit.New(n, c.scale).Rescale(s)
			if err != nil {
				return false
			}
			wide[i] = d.Coef()
		}
	}
	c.nums, c.scale = wide, s
	return true
}

func (c *column) get(i int32) Value {
	if int(i) < len(c.nums) && c.nums[i] != none {
		return NumberOf(unit.New(c.nums[i], c.scale))
	}
	return c.others[i]
}
