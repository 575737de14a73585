package code

import (
	"crypto/rand"
	"encoding/base32"
	"time"
)

// crockford leaves out I, L, O and U, which people misread.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID returns an id of 16 letters that sorts by the time it was made:
// 48 bits of milliseconds, then 32 random ones.
func NewID(now time.Time) string {
	ms := uint64(now.UnixMilli())
	b := []byte{byte(ms >> 40), byte(ms >> 32), byte(ms >> 24), byte(ms >> 16), byte(ms >> 8), byte(ms), 0, 0, 0, 0}
	if _, err := rand.Read(b[6:]); err != nil {
		panic(err) // never: crypto/rand does not fail
	}
	return crockford.EncodeToString(b)
}
