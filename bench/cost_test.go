package bench

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// cost of something done.
type cost struct{ cpu, wall time.Duration }

func (c cost) per(n int) cost { return cost{c.cpu / time.Duration(n), c.wall / time.Duration(n)} }

// measure runs f; CPU is that of this whole process, the garbage collector's too.
func measure(tb testing.TB, f func()) cost {
	before, start := cpu(tb), time.Now()
	f()
	return cost{time.Duration((cpu(tb) - before) * float64(time.Second)), time.Since(start)}
}

// processCPU is what another process has used, in ticks of 10 ms
// (proc(5), /proc/PID/stat fields 14 and 15; USER_HZ is 100 on Linux).
func processCPU(pid int) (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+2:]) // from field 3 on
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(string(f), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}
