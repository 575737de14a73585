package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary stands in for the programs that tests start.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gongmai": main, "gongmai-writer": writer})
}

// The product, told as short stories.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true})
}
