package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"gongmai/internal/errs"
	"gongmai/web"
)

func serveCommand() command {
	return command{name: "serve", en: "web, API and background work", args: "--addr :8080", short: "网页、接口和后台任务", alone: true, flags: func(fs *flag.FlagSet) func(context.Context, *env) error {
		addr := fs.String("addr", "127.0.0.1:8080", "监听地址")
		demo := fs.Bool("demo", false, "在页面上标明这是演示")
		return func(ctx context.Context, e *env) error {
			held := errs.Say(errs.Conflict, "数据文件夹 %s 正由另一个 gongmai 使用", e.cfg.Data)
			if e.app != nil {
				return held
			}
			l, err := listen(*addr) // first, so that a port in use changes nothing
			if err != nil {
				return err
			}
			err = e.own(ctx, func() error { return e.app.serve(ctx, e, l, *demo) })
			if errors.Is(err, errHeld) {
				err = held
			}
			if end := l.Close(); !errors.Is(end, net.ErrClosed) { // closed: served to its end
				err = errors.Join(err, end)
			}
			return err
		}
	}}
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, errs.Say(errs.Conflict, "端口 %s 已被别的程序占用；可用 --addr 换一个", addr)
	}
	if err != nil {
		return nil, errs.Say(errs.Invalid, "不能监听 %s：%v；可用 --addr 换一个", addr, err)
	}
	return l, nil
}

// grace is how long what is in flight may take when we are told to end.
const grace = 20 * time.Second

// serve runs everything until ctx ends, then finishes what is in flight. The
// converter ends last, since a request may wait for it.
func (a *App) serve(ctx context.Context, e *env, l net.Listener, demo bool) error {
	if err := a.firstStart(ctx, e); err != nil {
		return err
	}
	handler, err := a.handler(web.Files(), demo)
	if err != nil {
		return err
	}
	if demo {
		if err := printLogins(e.out, a.Data); err != nil {
			return err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	last, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	var office errgroup.Group
	a.converting = true
	office.Go(func() error {
		defer stop() // without it requests would wait in vain
		return ended(a.Converter.Run(last))
	})
	err = a.front(ctx, e, l, handler)
	end()
	return errors.Join(err, office.Wait())
}

// front answers browsers and commands, and watches the catalogue folder.
func (a *App) front(ctx context.Context, e *env, l net.Listener, handler http.Handler) error {
	door, err := a.socket() // before anybody is told that we are there
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.answer(ctx, door) })
	g.Go(func() error { return a.watchCatalogue(ctx) })
	g.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer stop()
		err := srv.Shutdown(last)
		if errors.Is(err, context.DeadlineExceeded) {
			a.Log.Warn("requests were cut off after the time of grace", "grace", grace)
			err = srv.Close()
		}
		return err
	})
	fmt.Fprintf(e.out, "工脉已启动：http://%s\n", l.Addr())
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
