# One build mode for everything, and so one build cache: no cgo, no -race, no
# -trimpath. `make check` alone uses another.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export CGO_ENABLED := 0

DATA ?= data
ADDR ?= 127.0.0.1:8080

# Rooms that start goroutines of their own; `make check` runs them with -race.
RACE := ./internal/db/... ./internal/record ./internal/account ./internal/backup ./internal/app ./cmd/gongmai

.PHONY: help run build test check golden bench web openapi pictures

help: ## 列出全部目标
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

run: build ## 构建，第一次时造一个演示县，然后启动服务（DATA=data ADDR=127.0.0.1:8080）
	@if [ ! -d '$(DATA)' ]; then bin/gongmai demo --data '$(DATA)' --enterprises 120 --years 2 --until "$$(scripts/yesterday.sh)"; fi
	@exec bin/gongmai serve --data '$(DATA)' --addr '$(ADDR)' --demo

build: ## 构建 bin/gongmai，网页在内
	@scripts/build.sh

test: ## 全部测试，与 CI 所做的相同
	@scripts/test.sh

check: test ## 测试之外，再查代码风格、常见错误和数据竞争
	@cd tools && go build -o ../bin/ tool
	bin/gofumpt -l -d . | tee bin/gofumpt.diff && test ! -s bin/gofumpt.diff
	bin/golangci-lint run
	cd web && npm run lint
	CGO_ENABLED=1 bin/pgserver -- go test -race $(RACE)

golden: ## 重写样张（之后请像读代码一样读 git diff）
	@go build -o bin/pgserver ./internal/db/dbtest/pgserver
	GOLDEN_UPDATE=1 bin/pgserver -- go test -count=1 $$(grep -rl --include='*_test.go' 'golden\.Check(' cmd internal | xargs -n 1 dirname | sort -u | sed 's|^|./|')

bench: ## 全部基准测试
	go test -run '^$$' -bench . -benchmem ./...

web: ## 构建网页到 web/dist（没有变化时什么也不做）
	@scripts/need.sh
	@scripts/web.sh build

openapi: build ## 由程序写出 openapi.json，再由它生成 web/src/api
	bin/gongmai openapi >openapi.json.partial
	mv openapi.json.partial openapi.json
	cd web && npm run gen

pictures: build ## 重拍 README 里的图
	@scripts/pictures.sh
