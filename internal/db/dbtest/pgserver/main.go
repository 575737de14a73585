// Command pgserver runs a command with a PostgreSQL server for tests, so that
// all packages of `go test ./...` share one:
//
//	go run ./internal/db/dbtest/pgserver -- go test ./...
//
// It ends with the command's exit code. Without PostgreSQL it runs the command
// all the same, and the tests say what they skip.
package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"gongmai/internal/db/dbtest"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgserver:", err)
	}
	os.Exit(code)
}

func run(args []string) (code int, err error) {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return 2, errors.New("no command given")
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if os.Getenv(dbtest.EnvPostgres) == "" {
		s, err := start()
		switch {
		case errors.Is(err, dbtest.ErrNotInstalled):
			fmt.Fprintln(os.Stderr, "pgserver:", err)
		case err != nil:
			return 1, err
		default:
			defer func() { err = errors.Join(err, s.Stop()) }()
			cmd.Env = append(os.Environ(), dbtest.EnvPostgres+"="+s.URL)
		}
	}
	return exitCode(cmd.Run())
}

// start uses the same folder each time in one working directory, since go test
// looks at the variable when it asks whether a result still holds; when that
// folder is taken, another.
func start() (*dbtest.Server, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	s, err := dbtest.Start(filepath.Join(os.TempDir(), fmt.Sprintf("gongmai-pg-%x", sha256.Sum256([]byte(here)))[:24]))
	if errors.Is(err, os.ErrExist) {
		return dbtest.Start("")
	}
	return s, err
}

func exitCode(err error) (int, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode(), nil // the command has said why
	}
	return 1, err
}
