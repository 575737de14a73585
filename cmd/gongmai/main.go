// Command gongmai is the working system of a county's industry bureau: server,
// reports and tools in one binary.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"gongmai/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal does not wait
	code := app.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	os.Exit(code)
}
