package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// packed is the one time stamp of all parts; the first that a zip can state.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack writes a workbook's parts anew, in order and without times, so that
// equal books are equal files; and gives each worksheet the dimension that
// streaming left at A1. dims are by sheet number.
func pack(w io.Writer, book []byte, dims []string) error {
	zr, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return fmt.Errorf("reading the written parts: %w", err)
	}
	files := slices.Clone(zr.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	byName := map[string]string{}
	for i, d := range dims {
		byName[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = d
	}
	zw := zip.NewWriter(w)
	for _, f := range files { // [Content_Types].xml sorts first, as readers like it
		if err := repack(zw, f, byName[f.Name]); err != nil {
			return fmt.Errorf("packing %q: %w", f.Name, err)
		}
	}
	return zw.Close()
}

func repack(zw *zip.Writer, f *zip.File, dim string) (err error) {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() {
		if e := r.Close(); err == nil {
			err = e
		}
	}()
	w, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: packed})
	if err != nil {
		return err
	}
	if dim != "" {
		head := make([]byte, 16<<10) // the dimension is the second element of the part
		n, err := io.ReadFull(r, head)
		if err != nil && err != io.ErrUnexpectedEOF {
			return err
		}
		old := []byte(`<dimension ref="A1">`)
		if !bytes.Contains(head[:n], old) {
			return fmt.Errorf("no dimension to set to %s", dim)
		}
		if _, err := w.Write(bytes.Replace(head[:n], old, []byte(`<dimension ref="`+dim+`">`), 1)); err != nil {
			return err
		}
	}
	_, err = io.Copy(w, r)
	return err
}
