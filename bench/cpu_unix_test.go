//go:build unix

package bench

import (
	"syscall"
	"testing"
	"time"
)

// cpu is what this process has used so far, in seconds of user and system time.
func cpu(b testing.TB) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return (time.Duration(u.Utime.Nano()) + time.Duration(u.Stime.Nano())).Seconds()
}
