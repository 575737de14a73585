#!/usr/bin/env bash
# Makes bin/gongmai: web pages and Go packages at the same time, and then the
# program, which holds both.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh
. scripts/together.sh

beside web scripts/web.sh build
# All packages but no linking; noui leaves web/dist alone, which is changing.
go list -tags noui -export -deps -v -f '' ./cmd/gongmai 2>&1 >/dev/null | scripts/count.sh
finish web '构建网页'
go build -ldflags='-s -w' -o bin/gongmai ./cmd/gongmai
