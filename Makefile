# The commands of this project; `make help` lists them. Each is a script in scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup run test dev services publish clean-data chaos stress fuzz vitals bench ratios check fix build

help: ## list these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

run: ## set up, build, start everything on this machine, and say what to open
	@scripts/run.sh

test: ## set up and pass every test
	@scripts/test.sh

dev: ## rebuild and reload on every change
	@scripts/dev.sh

services: ## only PostgreSQL and NATS Streaming, until Ctrl-C
	@scripts/setup.sh services
	@scripts/services.sh

publish: ## publish orders: make publish ARGS="--count 1000 --rate 200"
	@scripts/publish.sh $(ARGS)

chaos: ## cause faults while orders are published, and look for each; QUICK=1 is brief
	@scripts/chaos.sh $(ARGS)

stress: ## measure everything beside the limits of this machine, and write docs/performance/; QUICK=1 is brief
	@scripts/stress.sh $(ARGS)

fuzz: ## fuzz what reads messages: make fuzz RUNS=1000000
	@scripts/fuzz.sh $(RUNS)

vitals: ## measure pages in Chromium on a slow machine and network
	@scripts/vitals.sh

bench: ## time and instructions of the hot paths; ARGS="search" searches a million orders
	@scripts/bench.sh $(ARGS)

ratios: ## compare speed with references measured beside it; ARGS=--record notes the ratios
	@scripts/ratios.sh $(ARGS)

check: ## formatting, lints and types
	@scripts/check.sh

fix: ## mend what rustfmt and clippy can mend
	@scripts/check.sh --fix

build: ## build for release
	@scripts/build.sh

setup: ## bring every tool that building, running and testing need
	@scripts/setup.sh build services browser

clean-data: ## forget the orders and the channel in LOCAL_DIR (.local)
	@scripts/clean-data.sh
