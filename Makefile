# make run | test | check | format | bench | clean. Needs Python 3.11-3.13; uv is used when it is there.
SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.symrep-installed
ARGS  ?=
export PYTHON

# a checkout that was moved, or a .venv that came from elsewhere, is set up again
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(shell pwd))
.PHONY: $(STAMP)
endif

.PHONY: help setup run test test-all check format bench lock clean distclean

help:
	@echo "make run     judge derivations/; verified LaTeX, certificates and a report go to build/ (ARGS=... is passed on)"
	@echo "make test    the tests (ARGS=... is passed on to pytest)"
	@echo "make check   formatting, lint, types, import contracts"
	@echo "make format  format and fix what can be fixed"
	@echo "make bench   the benchmarks"
	@echo "make lock    pin the newest allowed versions (needs uv)"
	@echo "make clean   remove what was built; make distclean removes .venv too"

setup: $(STAMP)
	@:

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.sh
	@echo "setting up $(VENV) ..."
	@sh tools/setup.sh

run: $(STAMP)
	@status=0; $(BIN)/symrep run $(ARGS) || status=$$?; \
	[ ! -d build ] || echo "output: $$(pwd)/build" >&2; exit $$status

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --maxprocesses 8 $(ARGS)

# every row of the long tables; tests/conftest.py says of which "make test" runs only some
test-all: $(STAMP)
	SYMREP_TESTS=all $(BIN)/python -m pytest -n auto --maxprocesses 8 $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

bench: $(STAMP)
	@set -e; for f in benchmarks/bench_*.py; do \
	  [ -e "$$f" ] || { echo "no benchmarks/bench_*.py"; break; }; echo "== $$f"; $(BIN)/python "$$f" $(ARGS); done

# --universal: one file for every supported Python and platform; it records names, versions and hashes only
lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --upgrade --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate pyproject.toml -o requirements-dev.lock

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find . -path ./$(VENV) -prune -o -path ./node_modules -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) node_modules
