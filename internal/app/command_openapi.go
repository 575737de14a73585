package app

import (
	"context"
	"flag"

	"gongmai/internal/api"
)

func openapiCommand() command {
	return command{name: "openapi", en: "print the OpenAPI 3.1 document", short: "接口说明（OpenAPI 3.1），写到标准输出", alone: true, flags: func(*flag.FlagSet) func(context.Context, *env) error {
		return func(_ context.Context, e *env) error {
			text, err := api.OpenAPI()
			if err != nil {
				return err
			}
			_, err = e.out.Write(text)
			return err
		}
	}}
}
