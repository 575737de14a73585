#!/usr/bin/env bash
# All tests. What they need, the web pages and the Go packages are made ready
# at the same time; the results of go test are the last thing printed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh
. scripts/together.sh

web() { scripts/web.sh build && scripts/web.sh test; }

beside setup scripts/setup-test.sh
beside web web
# All packages and their tests but no linking; noui leaves web/dist alone.
go list -tags noui -export -deps -test -v -f '' ./... 2>&1 >/dev/null | scripts/count.sh
finish setup '安装测试所需的软件'
cat bin/setup.log
finish web '构建和测试网页'
tail -n 6 bin/web.log
go build -o bin/pgserver ./internal/db/dbtest/pgserver
trap - EXIT # nothing runs beside us any more
exec bin/pgserver -- go test ./...
