package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"gongmai/internal/errs"
)

// connections bounds each of the two pools; a stock server has 100 in all.
const connections = 16

func openPostgres(ctx context.Context, from Config) (*DB, error) {
	c, err := pgx.ParseConfig(from.URL)
	if err != nil {
		return nil, errs.Say(errs.Invalid, "数据库地址不正确，应形如 postgres://用户:密码@主机:5432/库名")
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 10 * time.Second
	}
	place := fmt.Sprintf("%s:%d/%s", c.Host, c.Port, c.Database)
	if from.Unsynced {
		c.RuntimeParams["synchronous_commit"] = "off"
	}
	write := stdlib.OpenDB(*c)
	r := c.Copy()
	r.RuntimeParams["default_transaction_read_only"] = "on"
	read := stdlib.OpenDB(*r)
	for _, pool := range []*sql.DB{write, read} {
		pool.SetMaxOpenConns(connections)
		pool.SetMaxIdleConns(connections)
	}
	d := &DB{engine: Postgres, place: place, write: write, read: read}
	if err := d.greet(ctx); err != nil {
		return nil, errors.Join(sayServer(errs.Invalid, place, err), d.Close())
	}
	return d, nil
}

// greet checks that the server answers and suits us.
func (d *DB) greet(ctx context.Context) error {
	var encoding string
	if err := d.read.QueryRowContext(ctx, `SHOW server_encoding`).Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return errs.Say(errs.Invalid, "数据库 %s 的编码是 %s，应为 UTF8", d.place, encoding)
	}
	return refuseNewer(ctx, d.read, Postgres, d.place)
}

// sayServer puts a sentence of the kind before what stands between us and the
// server; other errors stay as they are.
func sayServer(kind error, place string, err error) error {
	var unreached *pgconn.ConnectError
	var said error
	switch code := postgresCode(err); {
	case code == "28000" || code == "28P01":
		said = errs.Say(kind, "数据库服务器 %s 拒绝登录：用户名或密码不对", place)
	case code == "3D000":
		said = errs.Say(kind, "数据库 %s 不存在，请先建库", place)
	case code == "53300":
		said = errs.Say(kind, "数据库服务器 %s 的连接数已满", place)
	case code == "53100":
		said = errs.Say(kind, "数据库服务器 %s 的磁盘已满", place)
	case code == "57P03":
		said = errs.Say(kind, "数据库服务器 %s 正在启动或关闭，请稍后再试", place)
	case errors.As(err, &unreached):
		said = errs.Say(kind, "连接不上数据库服务器 %s，请检查地址、端口和网络", place)
	default:
		return err
	}
	return because(said, err)
}

// postgresCode returns the SQLSTATE in err, or "".
func postgresCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
