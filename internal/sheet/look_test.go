package sheet

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDump(t *testing.T) {
	dir := os.Getenv("DUMP")
	if dir == "" {
		t.Skip()
	}
	for name, b := range map[string]Book{"card": monthly(), "list": roster(45)} {
		os.WriteFile(filepath.Join(dir, name+".xlsx"), written(t, b), 0o600)
	}
}
