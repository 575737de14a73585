package demo

import (
	"encoding/base32"
	"encoding/binary"
	"sync"
	"time"

	"gongmai/internal/period"
)

// Clock is the clock of writing while a demo is made. It stands still until
// the demo moves it.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// NewClock returns a clock that stands at the first moment of the demo that o asks for.
func NewClock(o Options) *Clock {
	o = o.filled()
	return &Clock{t: o.begin().Start().Add(8 * time.Hour)}
}

// Now is the moment that the demo has reached.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// to moves the clock forward; it never runs back.
func (c *Clock) to(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.t) {
		c.t = t
	}
}

// atMinute is a moment of a Beijing day.
func atMinute(d period.Day, minute int) time.Time {
	return d.Start().Add(time.Duration(minute) * time.Minute)
}

// idText writes ids: lower case, without letters that look like digits.
var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// IDs returns a source of short ids, in the order of their making: four
// characters count, four are random by seed.
func IDs(seed uint64) func() string {
	var mu sync.Mutex
	var n uint32
	s := streamOf(seed, "ids")
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n)<<44|uint64(s.Uint32()&0xfffff)<<24)
		return idText.EncodeToString(b[:5])
	}
}
