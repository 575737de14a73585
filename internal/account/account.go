package account

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"gongmai/internal/actor"
	"gongmai/internal/catalog"
	"gongmai/internal/errs"
	"gongmai/internal/period"
	"gongmai/internal/record"
)

// States of an account.
const (
	Active   = "active"
	Disabled = "disabled"
)

// Account is one person's way in.
type Account struct {
	ID           string    `json:"id"`
	Login        string    `json:"login"`
	Person       string    `json:"person"`
	Name         string    `json:"name"`
	Phone        string    `json:"phone,omitempty"` // masked
	State        string    `json:"state"`
	LockedUntil  time.Time `json:"locked_until,omitzero"`
	MustChange   bool      `json:"must_change"`
	Grant        Grant     `json:"grant"`         // in force today; zero when there is none
	GrantVersion int32     `json:"grant_version"` // the newest one, which the next is based on
}

// NewAccount is what an account is made of.
type NewAccount struct {
	Login    string
	Name     string
	Phone    string
	Password string // Seed only; Create makes one
	Grant    Grant  // only for who may grant; else the account has none yet
}

// loginForm begins with a letter, so that nobody's phone or ID number becomes a login.
var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)

func foldLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// fold brings n into its stored form and finds everything that is wrong with it.
func (n *NewAccount) fold(faults *errs.Faults) {
	n.Login, n.Name, n.Phone = foldLogin(n.Login), strings.TrimSpace(n.Name), strings.TrimSpace(n.Phone)
	if !loginForm.MatchString(n.Login) {
		faults.Add("login", "登录名应以小写字母开头，由 3—32 位字母、数字、点、横线组成，不能用手机号或身份证号")
	}
	checkPerson(Person{Name: n.Name, Phone: n.Phone}, faults)
}

// Config is how a Store works. Only Catalogue is required.
type Config struct {
	Catalogue func() *catalog.Catalogue // what roles may do, asked each time
	NewID     func() string             // nil: random, in order of time
	Random    io.Reader                 // of salts, tokens and one-time passwords; nil: the system's
	Now       func() time.Time          // nil: the clock of writing

	Idle    time.Duration // a session unused for so long ends; 0: 30 minutes
	Life    time.Duration // every session ends after it; 0: 12 hours
	Lock    time.Duration // after too many wrong passwords; 0: 15 minutes
	Tries   int           // wrong passwords in a row that lock; 0: 5
	History int           // a password differs from that many before it; 0: 5
	Age     time.Duration // after it a password must be changed; 0: never

	RemotePerMinute int  // attempts to sign in from one address; 0: 60
	LoginPerMinute  int  // and with one login; 0: 20
	Cost            Cost // of hashing a password; 0: 19 MiB, 2 passes
	Secure          bool // the cookie is sent over HTTPS only
}

// Store keeps accounts, sessions, persons and grants.
type Store struct {
	Config
	records  *record.Store
	nobody   string        // a secret nobody knows, for logins that do not exist
	hashing  chan struct{} // one place for each hash that is being made
	byRemote *limiter
	byLogin  *limiter
}

// New returns a Store that writes through records.
func New(records *record.Store, c Config) (*Store, error) {
	if c.Random == nil {
		c.Random = rand.Reader
	}
	c.Random = &lockedReader{r: c.Random}
	c.Now = orFunc(c.Now, records.Now)
	c.Idle, c.Life, c.Lock = or(c.Idle, 30*time.Minute), or(c.Life, 12*time.Hour), or(c.Lock, 15*time.Minute)
	c.Tries, c.History = or(c.Tries, 5), or(c.History, 5)
	c.RemotePerMinute, c.LoginPerMinute = or(c.RemotePerMinute, 60), or(c.LoginPerMinute, 20)
	c.Cost = or(c.Cost, Cost{MemoryKiB: 19 << 10, Passes: 2})
	s := &Store{
		Config: c, records: records, hashing: make(chan struct{}, 2),
		byRemote: newLimiter(c.RemotePerMinute), byLogin: newLimiter(c.LoginPerMinute),
	}
	s.NewID = orFunc(c.NewID, s.randomID)
	// Made up, not computed: a hash costs every command a tenth of a second.
	unknown, err := s.random(saltBytes + hashBytes)
	if err != nil {
		return nil, err
	}
	s.nobody = s.secret(unknown[:saltBytes], unknown[saltBytes:])
	return s, nil
}

func or[T comparable](v, standard T) T {
	var zero T
	if v == zero {
		return standard
	}
	return v
}

func orFunc[T any](f, standard func() T) func() T {
	if f == nil {
		return standard
	}
	return f
}

func (s *Store) today() period.Day { return period.DayOf(s.Now()) }

// idText sorts as the bytes it is made of.
var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// randomID is the time in ms and 32 random bits. It panics where the system has
// no randomness, as crypto/rand does.
func (s *Store) randomID() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(s.Now().UnixMilli()))[2:]
	r, err := s.random(4)
	if err != nil {
		panic(err)
	}
	return idText.EncodeToString(append(b, r...))
}

func (s *Store) random(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.Random, b); err != nil {
		return nil, fmt.Errorf("reading randomness: %w", err)
	}
	return b, nil
}

// lockedReader lets many goroutines read from one source.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

// Rights that this room asks for.
const (
	manageAccounts actor.Right = "account.manage"
	managePolicy   actor.Right = "policy.manage"
	readAudit      actor.Right = "audit.read"
	writeRegister  actor.Right = "register.write"
	writeLedger    actor.Right = "ledger.write"
)
