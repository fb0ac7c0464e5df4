# Every target makes what it needs: from a bare clone, Python 3.11+ and make are enough.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS   ?= corpora/hello.txt

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types imports bench shake pictures clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */make \1\t/' | expand -t 16

$(VENV)/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "rnn-tui needs Python 3.11 or newer: make run PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) --editable '.[web]'
	@$(BIN)/python scripts/dependency_group.py dev | $(PIP) --requirement /dev/stdin
	@touch $@

run: $(VENV)/.run  ## open the screen on corpora/hello.txt, or: make run ARGS="my.txt --cell gru"
	@$(BIN)/rnn-tui $(ARGS)

test: $(VENV)/.dev  ## the tests
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev lint types imports test  ## everything that must hold: format, lint, types, import contracts, tests

format: $(VENV)/.dev  ## bring the code into form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy

imports: $(VENV)/.dev
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.run  ## speed: against PyTorch (fetched for this where it can be had), the screen, rewinding, growth; QUICK=1: in two minutes
	@$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/python scripts/dependency_group.py oracle | $(PIP) --requirement /dev/stdin || echo "no PyTorch here: its columns stay empty"
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

shake: $(VENV)/.dev  ## the long forms of the tests that shake the program (one to two hours); prints the table of docs/reliability.md
	@echo "| tried | cases | came of it | time | command |"; echo "|---|---|---|---|---|"
	@failed=0; for it in texts long_texts terminals graphemes commands cli keys input stops kills soak; do \
		nice $(BIN)/python -m shake.$$it || failed=1; done; exit $$failed

pictures: $(VENV)/.dev  ## photograph and film the real screen for README and docs
	@$(BIN)/python scripts/make_pictures.py
	@$(BIN)/python scripts/make_recording.py

clean:  ## remove the environment and what tools leave behind
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
