#!/usr/bin/env bash
# Says in one line which of the two tools that a build needs is missing or old.
set -euo pipefail

stop() { printf '%s\n' "$1" >&2; exit 1; }

command -v go >/dev/null || stop '没有找到 Go：请安装 Go 1.26 或更新的版本，并把它的 bin 目录放进 PATH'
go=$(cd / && GOTOOLCHAIN=local go env GOVERSION)
[[ $go =~ ^go([0-9]+)\.([0-9]+) ]] || stop "认不出 Go 的版本“$go”：需要 Go 1.26 或更新的版本"
((BASH_REMATCH[1] > 1 || BASH_REMATCH[2] >= 26)) || stop "Go 的版本太旧（$go）：需要 Go 1.26 或更新的版本"

command -v node >/dev/null && command -v npm >/dev/null || stop '没有找到 Node.js（node 和 npm）：请安装 Node.js 20 或更新的版本'
node=$(node --version)
[[ $node =~ ^v([0-9]+)\. ]] || stop "认不出 Node.js 的版本“$node”：需要 Node.js 20 或更新的版本"
((BASH_REMATCH[1] >= 20)) || stop "Node.js 的版本太旧（$node）：需要 Node.js 20 或更新的版本"
