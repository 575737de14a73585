package app

import "runtime/debug"

// version is set by the release build.
var version = ""

// Version names the program: a release, or the commit it was built from.
func Version() string {
	if version != "" {
		return version
	}
	if b, ok := debug.ReadBuildInfo(); ok {
		for _, s := range b.Settings {
			if s.Key == "vcs.revision" {
				return "dev-" + s.Value[:12]
			}
		}
	}
	return "dev"
}
