#!/usr/bin/env bash
# Makes the pictures of the README anew from a demo county.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$dir"' EXIT
bin/gongmai demo --data "$dir/county" --enterprises 120 --years 2
bin/gongmai serve --data "$dir/county" --addr 127.0.0.1:18079 --demo >"$dir/log" 2>&1 &
server=$!
until curl -sf http://127.0.0.1:18079/api/health >/dev/null; do sleep 0.2; done
password=$(sed -n '1s/.*均为 \(.*\)）/\1/p' "$dir/county/demo-logins.txt")
(cd web && node pictures.mjs ../docs/pictures --base http://127.0.0.1:18079 --login shenhe1 --password "$password")
