package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongmai/web"
)

// The pages in a real browser, as the people who use them: no axe violation, no
// error on the console, nothing asked from outside, nothing wider than the
// window; and the story of a figure that opens down to the cell.
func TestBrowser(t *testing.T) {
	script := needBrowser(t)
	dir := t.TempDir()
	well(t, dir, "demo", "--enterprises", "30", "--years", "1")
	s := serve(t, dir, "--demo")
	base := s.url
	password := demoPassword(t, dir)
	for _, c := range []struct{ login, pages, story string }{
		{"shenhe1", "desk,enterprise,survey,record,card,lineage,given", "figure"},
		{"qy001", "home,mine", ""},
		{"jiancha1", "home,ledger-new", ""},
	} {
		t.Run(c.login, func(t *testing.T) {
			out := filepath.Join(dir, "shots", c.login)
			look(t, script, "shot.mjs", out, "--base", base, "--login", c.login, "--password", password, "--only", c.pages)
			if c.story != "" {
				look(t, script, c.story+".story.mjs", "--base", base, "--login", c.login, "--password", password)
			}
		})
	}
}

// needBrowser returns the web folder, or skips aloud where there is no browser;
// in CI nothing is skipped.
func needBrowser(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../web")
	if err != nil {
		t.Fatal(err)
	}
	for what, missing := range map[string]bool{
		"the built web":                        !web.Built(),
		"web/node_modules":                     !exists(filepath.Join(dir, "node_modules", "playwright-core")),
		"Chromium (Debian's package chromium)": !exists("/usr/bin/chromium"),
		"Node.js":                              !found("node"),
	} {
		if !missing {
			continue
		}
		if os.Getenv("CI") != "" {
			t.Fatalf("CI has no %s", what)
		}
		t.Skipf("there is no %s: pages are not looked at", what)
	}
	return dir
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func found(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

func demoPassword(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "data", "demo-logins.txt"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "）")
	_, password, ok := strings.Cut(first, "均为 ")
	if !ok {
		t.Fatalf("no password in %q", first)
	}
	return password
}

func look(t *testing.T, dir, script string, args ...string) {
	t.Helper()
	c := exec.Command("node", append([]string{script}, args...)...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", script, err, out)
	}
}
