#!/usr/bin/env bash
# Reads what `go … -v` prints on standard error: counts the packages on one
# line, and passes everything else on.
set -euo pipefail
n=0
while IFS= read -r line; do
	if [[ $line =~ ^[A-Za-z0-9._/~@+-]+$ ]]; then
		n=$((n + 1))
		if [ -t 1 ]; then printf '\r编译 %d 个包…' "$n"; fi
	elif [[ $line != 'go: downloading '* ]]; then
		if [ -t 1 ] && [ "$n" -gt 0 ]; then printf '\n'; fi
		printf '%s\n' "$line"
	fi
done
if [ -t 1 ]; then
	if [ "$n" -gt 0 ]; then printf '\r'; fi
fi
if [ "$n" -gt 0 ]; then printf '编译了 %d 个包 \n' "$n"; fi
