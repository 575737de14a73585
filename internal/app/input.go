package app

import (
	"context"
	"io"
	"sync"
)

// input is standard input that ^C ends, though nobody types. It reads nothing
// before it is asked: what a command does not want is left to the next one.
type input struct {
	ctx   context.Context //nolint:containedctx // Read has no room for it
	from  io.Reader
	begin sync.Once
	pipe  *io.PipeReader
}

func (i *input) Read(p []byte) (int, error) {
	i.begin.Do(func() {
		out, in := io.Pipe()
		i.pipe = out
		context.AfterFunc(i.ctx, func() { in.CloseWithError(i.ctx.Err()) })
		go func() { // ends with the input, or with us
			_, err := io.Copy(in, i.from)
			in.CloseWithError(err)
		}()
	})
	return i.pipe.Read(p)
}
