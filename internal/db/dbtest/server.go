package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// ErrNotInstalled says that this machine has no PostgreSQL server program.
var ErrNotInstalled = errors.New("no PostgreSQL under /usr/lib/postgresql")

// Server is a PostgreSQL server for tests: fast, private, and without
// durability.
type Server struct {
	URL  string
	hold io.Closer
	cmd  *exec.Cmd
}

// keeper runs the server $1… and ends it when its input ends, that is when
// Stop is called or when we are gone, however that came about.
const keeper = `dir=$1; shift
"$@" >"$dir/log" 2>&1 &
cat >/dev/null
kill -QUIT $!
wait $!
rm -rf "$dir"`

// Start makes a cluster in dir, which must not exist, or in a new temporary
// folder when dir is "", and starts its server. When we are root, who may not
// run it, the server belongs to the user postgres, or nobody.
func Start(dir string) (s *Server, err error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	if dir, err = folder(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("starting PostgreSQL: %w", err), os.RemoveAll(dir))
		}
	}()
	who, err := owner(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--pgdata="+data, "--username=gongmai", "--auth=trust",
		"--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-Hans-CN", "--no-sync", "--no-instructions")
	initdb.Dir, initdb.SysProcAttr = dir, &syscall.SysProcAttr{Credential: who}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	cmd := exec.Command("/bin/sh", "-c", keeper, "gongmai-test-postgres", dir,
		filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "max_connections=300",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0",
		"-c", "autovacuum=off", "-c", "shared_buffers=64MB", "-c", "jit=off")
	cmd.Dir, cmd.SysProcAttr = dir, &syscall.SysProcAttr{Credential: who, Setpgid: true} // ^C is for us, not for it
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s = &Server{URL: "postgres://gongmai@/postgres?host=" + dir, hold: hold, cmd: cmd}
	if err := s.await(); err != nil {
		log, unread := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(fmt.Errorf("%w\n%s", err, log), unread, s.Stop())
	}
	return s, nil
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error { return errors.Join(s.hold.Close(), s.cmd.Wait()) }

// await returns when the server answers.
func (s *Server) await() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	pool, err := sql.Open("pgx", s.URL)
	if err != nil {
		return err
	}
	for {
		err := pool.PingContext(ctx)
		if err == nil || ctx.Err() != nil {
			return errors.Join(err, pool.Close())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// programs returns the folder of the newest installed server programs.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.Join(err, ErrNotInstalled)
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) })
	return filepath.Dir(newest), nil
}

// major returns 15 of /usr/lib/postgresql/15/bin/initdb, 0 of anything else.
func major(path string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	if err != nil {
		return 0
	}
	return n
}

func folder(dir string) (string, error) {
	if dir == "" {
		return os.MkdirTemp("", "gongmai-pg-")
	}
	return dir, os.Mkdir(dir, 0o700)
}

// owner gives dir to whom the server will run as; nil is ourselves.
func owner(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
}
