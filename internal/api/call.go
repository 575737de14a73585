package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gongmai/internal/account"
	"gongmai/internal/actor"
	"gongmai/internal/errs"
)

// access says whom an operation answers.
type access uint8

const (
	business access = iota // somebody who sees something of the county
	signedIn               // anybody with a session whose password stands
	changing               // also one who must change the password first
	open                   // everybody
)

// op names an operation: "GET /api/me" and what it does.
type op struct {
	at   string // method and path
	id   string
	does string
	whom access
	tag  string
}

func (o op) operation() huma.Operation {
	method, path, _ := strings.Cut(o.at, " ")
	x := huma.Operation{
		OperationID: o.id, Method: method, Path: path, Summary: o.does, Tags: []string{o.tag},
		MaxBodyBytes: maxJSON, Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}
	if o.whom == open {
		x.Errors = []int{http.StatusUnauthorized, http.StatusUnprocessableEntity, http.StatusTooManyRequests}
	}
	return x
}

// answer is the output of an operation.
type answer[T any] struct{ Body T }

// handle registers an operation that answers with JSON.
func handle[I, O any](s *server, o op, f func(context.Context, *I) (O, error)) {
	huma.Register(s.api, o.operation(), func(ctx context.Context, in *I) (*answer[O], error) {
		if err := admit(ctx, o.whom); err != nil {
			return nil, s.problem(ctx, err)
		}
		out, err := f(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		lists(reflect.ValueOf(&out).Elem())
		return &answer[O]{out}, nil
	})
}

// nothing is the output of an operation that only says that it was done.
type nothing struct{}

// do registers an operation that answers 204.
func do[I any](s *server, o op, f func(context.Context, *I) error) {
	x := o.operation()
	x.DefaultStatus = http.StatusNoContent
	huma.Register(s.api, x, func(ctx context.Context, in *I) (*nothing, error) {
		err := admit(ctx, o.whom)
		if err == nil {
			err = f(ctx, in)
		}
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return nil, nil
	})
}

// content is a file to be sent.
type content struct {
	name   string
	media  string
	inline bool
	bytes  []byte
}

type sent struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Cache       string `header:"Cache-Control"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// send registers an operation that answers with a file.
func send[I any](s *server, o op, media string, f func(context.Context, *I) (content, error)) {
	x := o.operation()
	x.Responses = map[string]*huma.Response{"200": {
		Description: "OK", Content: map[string]*huma.MediaType{media: {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}}
	huma.Register(s.api, x, func(ctx context.Context, in *I) (*sent, error) {
		err := admit(ctx, o.whom)
		var c content
		if err == nil {
			c, err = f(ctx, in)
		}
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		// What somebody uploaded runs nothing, even when it is opened in the browser.
		return &sent{ContentType: c.media, Disposition: disposition(c), Cache: "private, no-cache", Policy: "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'", Body: c.bytes}, nil
	})
}

// admit decides who is answered at all.
func admit(ctx context.Context, a access) error {
	if a == open {
		return nil
	}
	se := account.Of(ctx)
	if se.Actor.ID == "" {
		return errs.Say(account.NotSignedIn, "未登录或登录已过期，请重新登录")
	}
	if a == changing {
		return nil
	}
	if err := se.Free(); err != nil {
		return err
	}
	if a == business && !reaches(se.Actor) {
		return errs.Say(errs.Denied, "这个账号没有可以查看的业务范围")
	}
	return nil
}

func reaches(a actor.Actor) bool {
	return a.Reach.County || len(a.Reach.Parks)+len(a.Reach.Enterprises) > 0
}

// lists makes nil slices and maps of an answer empty ones, so that JSON never
// says null for them.
func lists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			lists(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			lists(v.Index(i))
		}
	case reflect.Map:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !strings.Contains(f.Tag.Get("json"), ",omit") {
				lists(v.Field(i))
			}
		}
	}
}
