package indicator

import "sync"

// shelf keeps what many readings are made of. Each thing is kept under all that
// it was made of, so nothing on a shelf is ever wrong, only no longer asked for.
type shelf struct {
	sheets    cache[sheetKey, *sheet]
	divisions cache[divisionKey, *division]
	same      cache[string, *division] // by their parts
}

func newShelf() *shelf { return &shelf{} }

// cache keeps what was made, and forgets all of it when it is full.
type cache[K comparable, V any] struct {
	mu   sync.Mutex
	made map[K]V
}

const most = 256 // twenty years of a monthly form

func (c *cache[K, V]) get(k K, make func() V) V {
	c.mu.Lock()
	v, ok := c.made[k]
	c.mu.Unlock()
	if ok {
		return v
	}
	v = make()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil || len(c.made) >= most {
		c.made = map[K]V{}
	}
	c.made[k] = v
	return v
}
