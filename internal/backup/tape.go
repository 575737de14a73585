package backup

import (
	"archive/tar"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"time"
)

// tape writes members, the same bytes for the same content.
type tape struct {
	*tar.Writer
	at time.Time
}

func newTape(w io.Writer, at time.Time) *tape {
	return &tape{tar.NewWriter(w), at.Truncate(time.Second)}
}

func (t *tape) put(name string, size int64, r io.Reader) error {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: t.at, Format: tar.FormatPAX}
	if err := t.WriteHeader(h); err != nil {
		return err
	}
	_, err := io.Copy(t.Writer, r)
	return err
}

// digester counts and hashes what it passes on.
type digester struct {
	*bufio.Writer
	sum  hash.Hash
	size int64
}

func newDigester(w io.Writer) *digester {
	return &digester{Writer: bufio.NewWriterSize(w, 1<<16), sum: sha256.New()}
}

func (d *digester) Write(p []byte) (int, error) {
	n, err := d.Writer.Write(p)
	d.sum.Write(p[:n])
	d.size += int64(n)
	return n, err
}

func (d *digester) member(name string) Member {
	return Member{Name: name, Size: d.size, SHA256: hex.EncodeToString(d.sum.Sum(nil))}
}
