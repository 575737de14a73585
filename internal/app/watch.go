package app

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
)

// ownStamp changes when a file of the county's catalogue is added, changed or
// taken away.
func (a *App) ownStamp() string {
	own := a.own()
	if own == nil {
		return ""
	}
	h := sha256.New()
	err := fs.WalkDir(own, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			fmt.Fprintf(h, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil { // a file went away while we looked: look again next time
		return fmt.Sprint(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
