//go:build unix

package document

import (
	"os/exec"
	"syscall"
)

// group puts cmd at the head of a process group: soffice is a script that
// starts the true program.
func group(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return endGroup(cmd) }
}

// endGroup kills cmd and what it started.
func endGroup(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
