// Package blob (附件) keeps evidence and archived documents by their content:
// the name of a blob is "sm3:" and the SM3 digest (GB/T 32905-2016) of its bytes.
//
// A blob is written to a temporary file, synced and renamed before Put returns,
// so that whatever refers to it afterwards finds it. A digest is no permission:
// who may read a blob is decided by the record that refers to it.
package blob

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/emmansun/gmsm/sm3"

	"gongmai/internal/errs"
)

// Digest names a blob.
type Digest string

var pattern = regexp.MustCompile(`^sm3:[0-9a-f]{64}$`)

// Of returns the digest of bytes.
func Of(p []byte) Digest {
	sum := sm3.Sum(p)
	return Digest("sm3:" + hex.EncodeToString(sum[:]))
}

// Store is a folder of blobs.
type Store struct{ dir string }

// Open returns the store in dir, which is made when it is missing.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("opening the blob folder: %w", err)
	}
	return &Store{dir}, nil
}

func (s *Store) path(d Digest) string { return filepath.Join(s.dir, string(d[4:6]), string(d[4:])) }

// Put stores bytes and returns their digest once they are synced.
func (s *Store) Put(p []byte) (d Digest, err error) {
	d = Of(p)
	defer errs.Wrap(&err, "storing blob %s", d)
	to := s.path(d)
	if have, err := os.ReadFile(to); err == nil && bytes.Equal(have, p) {
		return d, nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return d, err
	}
	f, err := os.CreateTemp(filepath.Dir(to), "new-*")
	if err != nil {
		return d, err
	}
	_, err = f.Write(p)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), to)
	}
	if err != nil {
		return d, errors.Join(err, os.Remove(f.Name()))
	}
	return d, syncDir(filepath.Dir(to))
}

// Get returns the bytes of a blob; it refuses bytes that are no longer theirs.
func (s *Store) Get(d Digest) (p []byte, err error) {
	defer errs.Wrap(&err, "reading blob %q", d)
	if !pattern.MatchString(string(d)) {
		return nil, errs.NotFound
	}
	p, err = os.ReadFile(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.NotFound
	}
	if err == nil && Of(p) != d {
		return nil, fmt.Errorf("content does not match its digest")
	}
	return p, err
}

// Each visits every blob, in order of digest.
func (s *Store) Each(f func(d Digest, p []byte) error) error {
	return filepath.WalkDir(s.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		d := Digest("sm3:" + e.Name())
		if !pattern.MatchString(string(d)) {
			return nil // a temporary file that a crash left
		}
		p, err := s.Get(d)
		if err != nil {
			return err
		}
		return f(d, p)
	})
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
