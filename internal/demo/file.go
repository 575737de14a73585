package demo

import (
	"gongmai/internal/blob"
	"gongmai/internal/catalog"
)

// files keeps evidence files and returns their digests. Without a place for
// files versions hold the digests alone, and whoever opens one is told so.
func (c *county) files(n int, f *catalog.Field, x *scene) (out []string, err error) {
	for range max(1, n) {
		text := []byte("演示附件：" + f.Name + " " + x.day.String() + " " + c.word("any", x) + "\n")
		d := blob.Of(text)
		if c.Blobs != nil {
			if d, err = c.Blobs.Put(text); err != nil {
				return nil, err
			}
		}
		out = append(out, string(d))
	}
	return out, nil
}
