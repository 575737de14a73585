#!/usr/bin/env bash
# Installs what the tests use and Debian has: PostgreSQL for the second engine,
# Chromium for pages, LibreOffice and Poppler for looking at documents. Does
# nothing when all is there. Where it cannot install, the tests that need a
# thing skip aloud; in CI (CI=true) that is an error.
set -euo pipefail

packages=(postgresql chromium fonts-noto-cjk poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui)

give_up() {
	printf '%s\n' "$1" >&2
	if [ "${CI-}" = true ]; then exit 1; fi
	exit 0
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	give_up "不是 Debian 系统，没有安装测试所需的软件：${packages[*]}"
fi
missing=()
for p in "${packages[@]}"; do
	if [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" != installed ]; then missing+=("$p"); fi
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	as_root=(sudo -n)
	if ! sudo -n true 2>/dev/null; then
		give_up "缺少测试所需的软件，请以管理员身份执行：apt-get install --no-install-recommends ${missing[*]}"
	fi
fi
apt() { ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@"; }
printf '安装测试所需的软件：%s\n' "${missing[*]}"
apt update && apt install --no-install-recommends "${missing[@]}" || give_up "没有装上：${missing[*]}"
