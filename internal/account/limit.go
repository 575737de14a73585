package account

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostKeys bounds what a limiter remembers; beyond it strangers share one key.
const mostKeys = 10_000

// limiter lets each key through some times a minute; the empty key always.
type limiter struct {
	perMinute int
	mu        sync.Mutex
	by        map[string]*rate.Limiter
}

func newLimiter(perMinute int) *limiter {
	return &limiter{perMinute: perMinute, by: map[string]*rate.Limiter{}}
}

func (l *limiter) allow(key string, now time.Time) bool {
	if key == "" {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by[key] == nil && len(l.by) >= mostKeys {
		l.forget(now)
		if len(l.by) >= mostKeys {
			key = "others"
		}
	}
	r := l.by[key]
	if r == nil {
		r = rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.perMinute)), l.perMinute)
		l.by[key] = r
	}
	return r.AllowN(now, 1)
}

// forget drops the keys that have rested long enough to be like new.
func (l *limiter) forget(now time.Time) {
	for key, r := range l.by {
		if r.TokensAt(now) >= float64(l.perMinute) {
			delete(l.by, key)
		}
	}
}

// remoteKey is the address that is counted: of IPv6 the network, since one
// subscriber holds all of it.
func remoteKey(addr string) string {
	a, err := netip.ParseAddr(addr)
	if p, perr := netip.ParseAddrPort(addr); perr == nil {
		a, err = p.Addr(), nil
	}
	if err != nil {
		return addr
	}
	a = a.Unmap()
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
