# What one does in this repository. `make` alone lists it.

# One set of flags for every build, so that nothing is built twice.
BUILD := swift build -c release --explicit-target-dependency-import-check error
PRODUCTS := .build/release

TEST := swift test -c release --skip-build --disable-xctest
# What has sockets and lives by the machine's clock: one after another, apart from what keeps the processors busy.
LIVE := ^(EndpointTests|GatewaysTests|SedutaClientTests|ServiceTests)\.

# What serving needs, and what the tests, the contract's tools and the load harness need besides.
SERVING_PACKAGES := libsqlite3-dev libssl-dev libprotobuf-c-dev pkg-config \
	libcairo2-dev libpango1.0-dev fonts-noto-core fonts-noto-color-emoji fonts-wqy-zenhei
TESTING_PACKAGES := protobuf-compiler libprotobuf-dev protobuf-c-compiler python3-venv strace \
	poppler-utils

# Flags that are passed on to the command that a target ends in: make serve ARGS='--port 8000'
ARGS ?=

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

.PHONY: install
install: install-serving ## Install the Debian packages that are missing (apt-get, through sudo)
	@scripts/install-packages $(TESTING_PACKAGES)

.PHONY: install-serving
install-serving:
	@scripts/require-swift
	@scripts/install-packages $(SERVING_PACKAGES)

.PHONY: serve
serve: install-serving ## Build the server and run it with a demo practice: ARGS='--port 8000'
	@$(BUILD) --product sedutad
	@$(BUILD) --product seduta
	@exec $(PRODUCTS)/sedutad serve --demo --data-dir .seduta $(ARGS)

# The tests' product, not --build-tests: that would build the plugins' tools of every dependency too.
.PHONY: build
build: install ## Build everything for release, tests included
	@$(BUILD) --product sedutad
	@$(BUILD) --product seduta
	@$(BUILD) --product seduta-load
	@$(BUILD) --product sedutaPackageTests

.PHONY: test
test: install lint build check-generated ## Check everything: lint, contract, generated code, tests
	$(TEST) --skip 'SimulationTests|$(LIVE)'
	$(TEST) --no-parallel --filter '$(LIVE)'
	$(TEST) --filter SimulationTests
	Tests/Conformance/run

.PHONY: load
load: install ## How far the wire's goals are reached, or a load: ARGS='--scenario mix --html load.html'
	@$(BUILD) --product sedutad
	@$(BUILD) --product seduta-load
	@$(if $(ARGS),scripts/with-demo-server $(PRODUCTS)/seduta-load $(ARGS),$(PRODUCTS)/seduta-load ci --goals)

.PHONY: bench
bench: install ## Measure the core beside what it could cost at best: ARGS='--large --only search'
	@$(BUILD) --product seduta-bench
	@$(PRODUCTS)/seduta-bench $(ARGS)

.PHONY: peers
peers: install ## Compare with PostgreSQL, redis, gRPC and plain C: ARGS='--markdown peers.md'
	@$(BUILD) --product sedutad
	@$(BUILD) --product seduta-load
	@scripts/peers $(ARGS)

.PHONY: proto
proto: install ## Generate the Swift and C code of Proto/ anew
	@scripts/generate Sources/Wire/Generated LoadTests/CWire/Generated

.PHONY: proto-baseline
proto-baseline: install ## Make the contract as it stands the one that may not be broken
	@scripts/contract renew-baseline

.PHONY: holidays
holidays: ## Generate the table of public holidays anew
	@scripts/generate-holidays

.PHONY: check-generated
check-generated: install
	@scripts/check-generated
	@scripts/generate-holidays --check

.PHONY: format
format: install ## Format Swift and protobuf sources
	@scripts/swift-sources | xargs -0 swift format format --in-place --parallel
	@scripts/contract format

.PHONY: lint
lint: install ## Check the format of Swift sources, and the contract
	@scripts/swift-sources | xargs -0 swift format lint --strict --parallel
	@scripts/contract check

.PHONY: clean
clean: ## Remove everything that was built or fetched (the demo's data in .seduta stays)
	@rm -rf .build .build-* .venv
