package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"gongmai": main}) }

// TestScript runs the stories of testdata/script, each in a folder of its own.
func TestScript(t *testing.T) { testscript.Run(t, testscript.Params{Dir: "testdata/script"}) }
