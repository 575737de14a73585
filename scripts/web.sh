#!/usr/bin/env bash
# web.sh build: makes web/dist, unless nothing it is made of has changed.
# web.sh test: runs the unit tests of web.
set -euo pipefail
cd "$(dirname "$0")/../web"
built=../bin/web.stamp
installed=node_modules/.gongmai.stamp

sum() { sort | cksum; } # checksums come in any order

install() {
	local want
	want=$({ node --version; cksum package.json package-lock.json; } | sum)
	if [ -f "$installed" ] && [ "$(cat "$installed")" = "$want" ]; then return; fi
	npm install --no-save --no-audit --no-fund
	printf '%s\n' "$want" >"$installed"
}

build() {
	local want
	want=$({ node --version; find . \( -path ./node_modules -o -path ./dist \) -prune -o -type f -exec cksum {} +; } | sum)
	if [ -f dist/index.html ] && [ -f "$built" ] && [ "$(cat "$built")" = "$want" ]; then
		echo '网页没有变化，不必重建'
		return
	fi
	mkdir -p ../bin
	rm -f "$built"
	install
	npm run build
	touch dist/.gitkeep # committed, and swept away by the build
	printf '%s\n' "$want" >"$built"
}

case ${1-} in
build) build ;;
test)
	install # not before &&, where bash would overlook its failures
	npm test
	;;
*) echo 'web.sh build|test' >&2 && exit 2 ;;
esac
