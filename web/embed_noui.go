//go:build noui

package web

import (
	"embed"
	"io/fs"
)

var none embed.FS

// Files returns an empty file system: this binary was built without pages.
func Files() fs.FS { return none }

// Built is false: this binary was built without pages.
func Built() bool { return false }
