#!/usr/bin/env bash
# Prints yesterday's Beijing date. The offset is written out: no zone file is needed.
set -euo pipefail
export TZ=CST-8
date -d yesterday +%F 2>/dev/null || date -v-1d +%F # GNU, else BSD and macOS
