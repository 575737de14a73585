//go:build !noui

package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built pages, index.html at the root.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a constant and valid
	}
	return sub
}

// Built says whether there are pages: false in a clone where npm run build has not run.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}
