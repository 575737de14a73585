package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"gongmai/internal/errs"
	"gongmai/web"
)

func serveCommand() command {
	return command{name: "serve", args: "--addr :8080", short: "网页、接口和后台任务", flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		addr := fs.String("addr", "127.0.0.1:8080", "监听地址")
		demo := fs.Bool("demo", false, "在页面上标明这是演示")
		return func(ctx context.Context, e *env) error { return e.app.serve(ctx, e, *addr, *demo) }
	}}
}

// serve runs everything until ctx ends, then finishes what is in flight.
func (a *App) serve(ctx context.Context, e *env, addr string, demo bool) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return errs.Say(errs.Conflict, "不能监听 %s：%v；可用 --addr 换一个端口", addr, err)
	}
	if err := a.firstStart(ctx, e); err != nil {
		return errors.Join(err, l.Close())
	}
	handler, err := a.handler(web.Files(), demo)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	fmt.Fprintf(e.out, "工脉已启动：http://%s\n", l.Addr())
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.answer(ctx) })
	g.Go(func() error { return ended(a.Converter.Run(ctx)) })
	g.Go(func() error { return a.watchCatalogue(ctx) })
	g.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		const grace = 20 * time.Second
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer stop()
		return srv.Shutdown(last)
	})
	return g.Wait()
}

// ended: a part that stops because it was told to has not failed.
func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// watchCatalogue puts a changed catalogue folder into force without a restart.
func (a *App) watchCatalogue(ctx context.Context) error {
	const every = 2 * time.Second
	t := time.NewTicker(every)
	defer t.Stop()
	last := a.ownStamp()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
		now := a.ownStamp()
		if now == last {
			continue
		}
		last = now
		if err := a.Keeper.Load(ctx); err != nil {
			a.Log.Error("catalogue refused, the edition before stays in force", "faults", err)
			continue
		}
		a.Log.Info("catalogue in force", "edition", a.Keeper.Now().Edition)
	}
}
