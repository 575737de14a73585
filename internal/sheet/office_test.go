package sheet

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestSavedByLibreOffice lets another program open each form and save it anew.
// Other programs write cells, styles and texts in their own ways.
func TestSavedByLibreOffice(t *testing.T) {
	path, err := exec.LookPath("soffice")
	soffice := needed(t, path, err)
	dir := t.TempDir()
	for _, b := range []Book{monthly(), roster(40)} {
		t.Run(b.Form, func(t *testing.T) {
			in := filepath.Join(dir, b.Form+".xlsx")
			if err := os.WriteFile(in, written(t, b), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
				"--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
			}
			saved, err := os.ReadFile(filepath.Join(dir, "out", b.Form+".xlsx"))
			if err != nil {
				needed(t, "", err) // Calc itself may not be installed
			}
			spec := b.Spec(0)
			for j := range spec.Columns {
				spec.Columns[j].Required = false
			}
			r := opened(t, saved)
			if m, ok := r.Manifest(); !ok || m.Digest != b.Digest {
				t.Errorf("manifest after saving = %+v, %v", m, ok)
			}
			if d := cmp.Diff(byExcelize(t, saved, b.Sheets[0].Name), ours(r)); d != "" {
				t.Errorf("cells (-excelize +ours):\n%s", d)
			}
			rows, faults := Match(r, spec)
			if err := faults.Err(); err != nil {
				t.Fatalf("Match: %v", err)
			}
			if d := cmp.Diff(sent(b.Sheets[0]), values(rows), sameDecimal); d != "" {
				t.Errorf("read back (-sent +got):\n%s", d)
			}
		})
	}
}
