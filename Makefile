# Two commands for a fresh Debian 12: `make demo` and `make test`. Everything else is CMake (presets
# in CMakePresets.json).
JOBS ?= $(shell nproc)
SHELL := /bin/bash

.PHONY: all setup web demo test test-web check quality clean

all: build/release/readout

setup:
	@tools/setup

# The page (web/dist), which the program embeds; without npm the program serves its pages without scripts.
web: setup
	@tools/web build

build/release/readout: setup web FORCE
	@cmake --preset release > build-release.log 2>&1 || { cat build-release.log; exit 1; }
	@rm -f build-release.log
	cmake --build --preset release -j $(JOBS) --target readout

# Reads the bundled examples (or FILES=...) into demo.db and shows their record.
FILES ?= $(filter-out %.gold.jsonl %/README.md,$(wildcard examples/*))
demo: build/release/readout
	@tools/demo $(FILES)

# All tests: of the program, then of the page in a browser (tools/web says so where no browser can be had).
test: setup web
	@cmake --preset dev > build-dev.log 2>&1 || { cat build-dev.log; exit 1; }
	@rm -f build-dev.log
	cmake --build --preset dev -j $(JOBS)
	tools/check quick
	ctest --preset dev -j $(JOBS)
	READOUT=build/dev/readout tools/web test

# The page alone in a browser (Debian's Chromium), against a server with the examples.
test-web: build/release/readout
	@tools/web test

check:
	tools/check full

# Regenerates docs/quality.md from the development data.
quality: build/release/readout
	tools/quality

clean:
	rm -rf build demo.db demo.db-wal demo.db-shm

FORCE:
