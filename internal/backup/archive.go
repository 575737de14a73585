package backup

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"gongmai/internal/errs"
)

// Archive is an archive that was read once, to its end, and found whole.
type Archive struct {
	Manifest Manifest
	file     string
}

// Open reads an archive and holds it against its manifest.
func Open(file string) (a *Archive, err error) {
	a = &Archive{file: file}
	err = a.walk(func(_ Member, r io.Reader) error { return nil })
	switch {
	case err == nil || errs.Kind(err) != nil:
		return a, err
	case errors.Is(err, fs.ErrNotExist):
		return nil, errs.Say(errs.NotFound, "找不到备份文件 %s", file)
	}
	said := errs.Say(errs.Invalid, "备份文件 %s 已损坏或不完整，没有恢复任何内容", file)
	return nil, fmt.Errorf("%w (%w)", said, err)
}

// mostManifest bounds what is read before anything is known to be sound; a
// blob takes some 160 bytes of it.
const mostManifest = 512 << 20

// walk visits the members in order and holds each against the manifest. What
// visit leaves unread is read here.
func (a *Archive) walk(visit func(m Member, r io.Reader) error) (err error) {
	defer errs.Wrap(&err, "reading archive %q", a.file)
	f, err := os.Open(a.file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zip, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<18))
	if err != nil {
		return err
	}
	in := tar.NewReader(zip)
	if err := a.manifest(in); err != nil {
		return err
	}
	for _, m := range a.Manifest.Members {
		if err := next(in, m, visit); err != nil {
			return fmt.Errorf("member %q: %w", m.Name, err)
		}
	}
	if h, err := in.Next(); !errors.Is(err, io.EOF) {
		return errors.Join(err, fmt.Errorf("more in it than its manifest says: %+v", h))
	}
	_, err = io.Copy(io.Discard, zip) // to the checksum at its end
	return err
}

func (a *Archive) manifest(in *tar.Reader) error {
	h, err := in.Next()
	if err != nil {
		return err
	}
	if h.Name != manifestName || h.Size > mostManifest {
		return fmt.Errorf("it begins with %q of %d bytes", h.Name, h.Size)
	}
	a.Manifest = Manifest{}
	if err := json.NewDecoder(in).Decode(&a.Manifest); err != nil {
		return err
	}
	if err := a.Manifest.readable(); err != nil {
		return err
	}
	for _, m := range a.Manifest.Members {
		if !a.Manifest.knows(m.Name) {
			return fmt.Errorf("member %q has no place", m.Name)
		}
	}
	return nil
}

// knows reports whether a member's name is one that Save makes; none leads out
// of the folder.
func (m *Manifest) knows(name string) bool {
	own, ok := strings.CutPrefix(name, ownFolder)
	return tableName.MatchString(name) && m.table(name) != nil || blobName.MatchString(name) || ok && fs.ValidPath(own) && own != "."
}

func next(in *tar.Reader, m Member, visit func(Member, io.Reader) error) error {
	h, err := in.Next()
	if err != nil {
		return err
	}
	if h.Name != m.Name || h.Size != m.Size {
		return fmt.Errorf("found %q of %d bytes, the manifest says %d", h.Name, h.Size, m.Size)
	}
	sum := sha256.New()
	r := io.TeeReader(in, sum)
	if err := visit(m, r); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != m.SHA256 {
		return errors.New("its content is not what the manifest says")
	}
	return nil
}
