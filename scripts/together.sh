# Sourced. Runs jobs beside the work in the foreground, each with a log that is
# shown when the job fails:
#
#	beside web scripts/web.sh build   # log in bin/web.log
#	…
#	finish web '构建网页'
#
# When the script ends early, what still runs is ended with it.

together_all=''

beside() { # name command…
	local name=$1
	shift
	mkdir -p bin
	set -m # a process group of its own, so that it ends as a whole
	"$@" >"bin/$name.log" 2>&1 </dev/null &
	printf -v "together_$name" '%d' $!
	together_all="$together_all $!"
	set +m
}

finish() { # name what-it-was-doing
	local pid=together_$1 code=0
	if kill -0 "${!pid}" 2>/dev/null; then printf '等待%s…\n' "$2"; fi
	wait "${!pid}" || code=$?
	together_all=${together_all/ ${!pid}/}
	if [ "$code" -ne 0 ]; then
		cat "bin/$1.log" >&2
		printf '%s没有成功（退出码 %d），以上是 bin/%s.log\n' "$2" "$code" "$1" >&2
		exit "$code"
	fi
}

together_end() {
	local pid
	for pid in $together_all; do kill -- "-$pid" 2>/dev/null || true; done # it may have ended by itself
}
trap together_end EXIT
trap 'exit 130' INT TERM
