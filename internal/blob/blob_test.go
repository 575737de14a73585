package blob

import (
	"errors"
	"os"
	"testing"

	"gongmai/internal/errs"
)

func TestPutGet(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Put([]byte("abc"))
	// GB/T 32905-2016 example 1.
	if want := Digest("sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"); err != nil || d != want {
		t.Fatalf("Put(abc) = %s, %v; want %s", d, err, want)
	}
	if again, err := s.Put([]byte("abc")); err != nil || again != d {
		t.Errorf("a second Put: %s, %v", again, err)
	}
	if p, err := s.Get(d); err != nil || string(p) != "abc" {
		t.Errorf("Get = %q, %v", p, err)
	}
	for _, bad := range []Digest{"", "sm3:../../etc/passwd", Of([]byte("other"))} {
		if _, err := s.Get(bad); !errors.Is(err, errs.NotFound) {
			t.Errorf("Get(%q): %v, want not found", bad, err)
		}
	}
	if err := os.WriteFile(s.path(d), []byte("abd"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(d); err == nil {
		t.Error("changed bytes were handed out")
	}
}
