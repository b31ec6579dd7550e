# Every chore by name. `make study` and `make test` are all a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
OUT ?= report
TIMES ?= 1000000
# The packages that the benchmarks measure against want other versions than ours: they have an environment of their own.
PEERS := $(VENV)/peers

.DEFAULT_GOAL := help
.PHONY: help study test lint types contracts check bench soak docs clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

study: $(VENV)/study.stamp ## the five-stage study of Russia and Viet Nam on the bundled figures
	@$(BIN)/corridor study RUS VNM --out $(OUT)

test: $(VENV)/dev.stamp ## all tests
	@CORRIDOR_SHOTS=$${CORRIDOR_SHOTS:-$(CURDIR)/$(VENV)/screenshots} $(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/dev.stamp ## style and portability
	@$(BIN)/ruff check src tests benchmarks docs
	@$(BIN)/ruff format --check src tests benchmarks docs

types: $(VENV)/dev.stamp ## mypy --strict
	@$(BIN)/mypy

contracts: $(VENV)/dev.stamp ## who may import whom
	@$(BIN)/lint-imports

check: test lint types contracts ## everything the project promises

bench: $(VENV)/dev.stamp $(VENV)/peers.stamp ## speed and memory next to peers in the same run; writes docs/benchmarks.md
	@CORRIDOR_PEERS=$(PEERS)/bin/python $(BIN)/python benchmarks/report.py

soak: $(VENV)/dev.stamp ## the long campaigns: kills, full disks, hostile and mutated files (hours; TIMES=1000 for fewer)
	@CORRIDOR_SOAK=$(TIMES) POLARS_MAX_THREADS=1 $(BIN)/python -m pytest -n 2 tests/soak

docs: $(VENV)/dev.stamp ## the generated pages of docs/
	@$(BIN)/python docs/generate.py

clean: ## the virtual environment and caches
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "corridor needs Python 3.11 or newer as '$(PYTHON)'; name another with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/study.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) (once; a few minutes)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) for the tests (once; a few minutes)"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/study.stamp

$(VENV)/peers.stamp: benchmarks/peers.txt | $(BIN)/python
	@echo "Setting up $(PEERS) for the benchmarks (once; a few minutes)"
	@$(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet --requirement benchmarks/peers.txt
	@touch $@
