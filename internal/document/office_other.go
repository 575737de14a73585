//go:build !unix

package document

import "os/exec"

// group leaves cmd as it is: there are no process groups here.
func group(*exec.Cmd) {}

func endGroup(cmd *exec.Cmd) error { return cmd.Process.Kill() }
