# SPDX-License-Identifier: Apache-2.0
# Everything one does with KeeperKit has a name here; the work itself is in scripts/. GNU make 4.3 or newer.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help

# What the build takes from Debian, and why.
LIBRARIES := libsecp256k1-dev="signatures" zlib1g-dev="compressed recordings" pkg-config="finds the two" libsqlite3-dev="the store of keepers"

# What the benchmarks measure against.
PEERS := libssl-dev="OpenSSL's SHA-3" libgmp-dev="GMP's numbers" libsimdjson-dev="simdjson"

# What tests look at keepers with. Only the programs are used, on ports of their own.
MONITORS := prometheus="scrapes keepers and judges by our rules" prometheus-alertmanager="groups and routes their alerts"

# What tests look at reports with.
BROWSERS := chromium="opens reports" fonts-dejavu-core="letters in them"

# What makes Debian packages.
PACKAGERS := dpkg-dev="finds the libraries that a program needs"

FIXTURE := Tests/Fixtures/poker-72h
SOURCES := Package.swift Sources Tests keepers $(foreach folder,Benchmarks Benchmarks/Network,$(folder)/Package.swift $(folder)/Sources)

.PHONY: help demo test smoke lint format bindings devnode bench bench-network bench-study dozen fuzz fuzz-evm soak simulate simulate-mutants simulate-shell kills month poker keeperctl statetest scenarios savings deb sbom package-test need-swift need-libraries need-python need-python3 clean

help: ## lists these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 26

demo: poker ## replays 72 recorded hours of a poker and prints what it saved (no node, key or Python)
	@.build/release/poker backtest --config $(FIXTURE).yaml --cassette $(FIXTURE).cassette.ndjson.gz

test: need-swift need-libraries need-python ## builds and runs all tests
	@scripts/need-debian $(MONITORS) $(BROWSERS) $(PACKAGERS)
	@scripts/follow-build tests swift build --build-tests
	@scripts/run-tests

smoke: need-swift need-libraries ## builds and tests only the chain core: seconds, for the loop while writing
	@KEEPERKIT_CORE=1 scripts/follow-build core swift build --build-tests --scratch-path .build/core --force-resolved-versions
	@scripts/run-tests --core

lint: need-swift need-python3 ## checks format, arrows between targets and the rules a machine can check
	@bad=0; swift format lint --strict --parallel -r $(SOURCES) || bad=1; \
	scripts/check-files || bad=1; scripts/check-arrows || bad=1; exit $$bad

format: need-swift ## formats all Swift files in place
	@swift format --in-place --parallel -r $(SOURCES)

bindings: need-swift need-libraries ## writes Sources/EthContracts/Generated from abi/*.json
	@KEEPERKIT_CORE=1 scripts/follow-build abigen swift build --product abigen --scratch-path .build/core --force-resolved-versions
	@.build/core/debug/abigen

devnode: need-python ## starts the local chain in the foreground; Ctrl-C ends it
	@scripts/devnode

bench: need-swift need-libraries ## measures against the best that others have; BENCH='--quick --row keccak' chooses
	@scripts/need-debian $(PEERS)
	@scripts/need-python Benchmarks/.venv Benchmarks/requirements.txt "the benchmarks' peers"
	@KEEPERKIT_CORE=1 scripts/follow-build benchmarks swift build -c release --package-path Benchmarks
	@Benchmarks/.build/release/bench $(BENCH)
	@Benchmarks/.build/release/allocations

bench-network: need-swift need-libraries ## measures calls over the loopback against async-http-client and web3.py; BENCH=--quick is shorter
	@scripts/need-python Benchmarks/.venv Benchmarks/requirements.txt "the benchmarks' peers"
	@scripts/follow-build "network benchmarks" swift build -c release --package-path Benchmarks/Network
	@Benchmarks/Network/.build/release/network-bench $(BENCH)

bench-study: poker need-python ## a year of slots on one processor, and a sweep of 32 strategies on two
	@.venv/bin/python Benchmarks/study.py $(SAVINGS)

dozen: poker need-python ## a dozen pokers on one machine: memory, processor time, calls; ten minutes, MINUTES=3 shortens it
	@.venv/bin/python Benchmarks/dozen.py --minutes $(or $(MINUTES),10)

clean: ## removes what builds, tests and benchmarks made, their Python packages too
	@rm -rf .build .venv Benchmarks/.build Benchmarks/Network/.build Benchmarks/.venv

# SECONDS is a clock of bash's own: it is handed on as an option, and kept from the environment of the scripts.
unexport SECONDS
fuzz: need-swift need-libraries ## feeds every decoder 10 million mutated inputs: 15 minutes at most; SECONDS=60 shortens it, FUZZ='--target rlp' chooses
	@scripts/follow-build fuzz swift build -c release --static-swift-stdlib --product fuzz
	@.build/release/fuzz --seconds $(or $(SECONDS),900) $(FUZZ)

fuzz-evm: need-swift need-libraries ## runs 10 million random programs on our EVM: 15 minutes at most; SECONDS=60 shortens it, FUZZ='--seed 2' chooses
	@KEEPERKIT_CORE=1 scripts/follow-build fuzz-evm swift build -c release --product fuzz-evm --scratch-path .build/core --force-resolved-versions
	@.build/core/release/fuzz-evm --seconds $(or $(SECONDS),900) $(FUZZ)

soak: need-swift need-libraries ## uses a pool of failing nodes for 10 minutes, and looks for leaks; SECONDS=60 shortens it, SOAK='--rate 1000' chooses
	@scripts/follow-build soak swift build -c release --static-swift-stdlib --product soak
	@.build/release/soak --seconds $(or $(SECONDS),600) $(SOAK)

# Each seed is a world of its own: the first that breaks a rule is printed with the line that runs it again.
SIMULATE := KEEPERKIT_CORE=1 scripts/follow-build simulate swift build -c release --product simulate --scratch-path .build/core --force-resolved-versions
simulate: need-swift need-libraries ## runs the transaction machine through simulated worlds; SEEDS=100000, SIMULATE_WITH='--seed 7 --trace' traces one
	@$(SIMULATE)
	@.build/core/release/simulate $(if $(SEEDS),--seeds $(SEEDS)) $(SIMULATE_WITH)

simulate-mutants: need-swift need-libraries ## breaks the transaction machine on purpose in every known way: which seed finds it
	@$(SIMULATE)
	@.build/core/release/simulate --mutants $(if $(SEEDS),--seeds $(SEEDS))

# On one thread, with a clock that jumps.
simulate-shell: need-swift need-libraries ## runs the transaction manager, real store calls and awaits, through 1,000 simulated worlds; SEEDS=200 shortens it
	@scripts/follow-build tests swift build --build-tests
	@KEEPERKIT_SHELL_SEEDS=$(or $(SEEDS),1000) swift test --skip-build --disable-xctest --filter 'TransactionManagerSeedTests/seeds' | grep -E 'seeds/s|✘|passed after|violation'

# Our machine against an independent one: py-evm writes histories down, our chain executes them again. `make test` does a hundredth.
SCENARIOS := KEEPERKIT_CORE=1 KEEPERKIT_ALL_READS=1 KEEPERKIT_TRIALS=$(or $(COUNT),1000) KEEPERKIT_TRIAL=$(or $(SEED),0)
savings: poker need-python ## what the poker saves on 77 days of real prices and fees, and on fees block by block; SAVINGS='--shared DIR' has the series
	@.venv/bin/python scripts/savings $(SAVINGS)

scenarios: need-swift need-libraries need-python ## executes 1,000 random histories of py-evm and the recorded 72 hours again: gas, status, logs, state; 15 minutes at most; COUNT=100 SEED=7
	@KEEPERKIT_CORE=1 scripts/follow-build core swift build --build-tests --scratch-path .build/core --force-resolved-versions
	@$(SCENARIOS) swift test --skip-build --disable-xctest --scratch-path .build/core --force-resolved-versions --filter 'TrialTests|RecordedBlocksTests' 2>&1 | grep -vE '^(◇|\[|↳ (Testing|Target))'

# Twice: each store is kept, and some are lost. POKER=.build/release/poker takes another one than that of the tests.
kills: need-swift need-libraries need-python ## kills running pokers at random moments: no slot lost or poked twice; 200 kills, 5 minutes; KILLS=50 SEED=2
	@scripts/follow-build tests swift build --build-tests
	@KEEPERKIT_KILLS=$(or $(KILLS),200) KEEPERKIT_KILL_SEED=$(or $(SEED),1) $(if $(POKER),KEEPERKIT_POKER=$(POKER)) scripts/kills

# `make test` runs a day of it, in less than a hundredth of the time.
month: need-swift need-libraries need-python ## a bad month of a primary and a backup poker on the local chain: who is paged, when, and why; 15 minutes at most
	@scripts/follow-build tests swift build --build-tests
	@KEEPERKIT_MONTH=1 swift test --skip-build --disable-xctest --filter MonthTests 2>&1 | grep -vE '^(◇|\[|↳ (Testing|Target))'

poker: need-swift need-libraries ## builds only the poker, optimised, as a static binary: .build/release/poker
	@[ -x .build/release/poker ] || echo "The first build compiles the poker and what it stands on; that takes minutes, later ones seconds."
	@scripts/follow-build poker swift build -c release --static-swift-stdlib --product poker

keeperctl: need-swift need-libraries ## builds only the toolbox, optimised: .build/release/keeperctl
	@scripts/follow-build keeperctl swift build -c release --static-swift-stdlib --product keeperctl

# The suite is not part of the repository; without it our own cases are run.
STATE_TESTS ?= ../shared/vectors/ethereum-tests/state-tests.tar.gz
statetest: keeperctl ## runs state tests on our EVM: our own, and those of Ethereum; STATE_TESTS=path, STATETEST='--fork all --filter stLog'
	@[ -e "$(STATE_TESTS)" ] || echo "$(STATE_TESTS) is not there: only our own cases are run"
	@.build/release/keeperctl statetest Tests/Vectors/evm/state.json $(wildcard $(STATE_TESTS)) $(STATETEST)

# KEEPER=allocator makes those of another keeper.
KEEPER ?= poker
deb: $(KEEPER) keeperctl ## makes the Debian packages of the poker and of keeperctl: .build/packages
	@scripts/need-debian $(PACKAGERS)
	@scripts/package-deb $(KEEPER)
	@scripts/package-deb keeperctl

sbom: $(KEEPER) keeperctl ## writes the bills of materials of both, in CycloneDX's JSON: .build/packages
	@scripts/sbom $(KEEPER)
	@scripts/sbom keeperctl

package-test: deb need-python ## lives with the installed package on a fresh Debian, needs root: upgrade, roll back, kill, other key, purge; 15 minutes at most
	@scripts/package-test

need-swift:
	@scripts/need-swift

need-libraries:
	@scripts/need-debian $(LIBRARIES)

need-python3:
	@command -v python3 >/dev/null || scripts/need-debian python3="checks the arrows between targets"

need-python:
	@scripts/need-python
