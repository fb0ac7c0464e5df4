# Every target makes what it needs: from a bare clone, Python 3.11+ and make are enough.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS   ?= corpora/hello.txt

# Compiled modules are kept: the tests start some three hundred interpreters, and where this is set, as in many
# containers, each would compile the program anew (0.2 s of processor time, in `train`).
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types imports languages bench shake pictures clean environment

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */make \1\t/' | expand -t 16

# An environment fits if its Python finds this very folder's package: not so in a clone that was renamed or copied, nor
# when its Python is gone or has become another version. A PYTHON that is named has to be the version in it.
FINDS   := import os, sys; from importlib.util import find_spec; found = find_spec("rnn_tui"); \
	sys.exit(not (found and os.path.samefile(os.path.dirname(found.origin), "rnn_tui")))
VERSION := import sys; print(sys.version_info[:2])
NAMED   := $(filter-out file,$(origin PYTHON))
FITS    := $(shell $(BIN)/python -I -c '$(FINDS)' 2>/dev/null && [ ! -e $(VENV)/.installing ] && \
	{ [ -z "$(NAMED)" ] || [ "$$($(PYTHON) -c '$(VERSION)')" = "$$($(BIN)/python -c '$(VERSION)')" ]; } && echo yes)
# What a signal interrupts stays marked, and is begun anew; a failure is told, and leaves what was there.
INSTALL  = touch $(VENV)/.installing; $(PIP) $(1); code=$$?; rm -f $(VENV)/.installing; exit $$code

environment:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "rnn-tui needs Python 3.11 or newer, which $(PYTHON) is not: make run PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no ensurepip, which environments need: apt install python3-venv (Debian, Ubuntu)" >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.run: pyproject.toml $(if $(FITS),,environment)
	@$(call INSTALL,--editable .)
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(BIN)/python scripts/dependency_group.py dev > $(VENV)/dev.txt
	@$(call INSTALL,--editable '.[web]' --requirement $(VENV)/dev.txt)
	@touch $@

run: $(VENV)/.run  ## open the screen on corpora/hello.txt, or: make run ARGS="my.txt --cell gru"
	@$(BIN)/rnn-tui $(ARGS)

PYTEST  := $(BIN)/python -m pytest -n auto --dist worksteal

test: $(VENV)/.dev  ## the tests that need no terminal, browser or process of their own: six of seven
	@$(PYTEST) -m "not (tmux or process or web or documents)"

check: $(VENV)/.dev lint types imports  ## everything that must hold: format, lint, types, import contracts, all tests
	@$(PYTEST)

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

languages: $(VENV)/.dev  ## bring the catalogs of rnn_tui/language up to date with the program, and compile them
	@$(BIN)/python scripts/make_languages.py

bench: $(VENV)/.run  ## speed: against PyTorch (fetched for this where it can be had), the screen, rewinding, growth; QUICK=1: in two minutes
	@$(BIN)/python scripts/dependency_group.py oracle > $(VENV)/oracle.txt
	@$(BIN)/python -c 'import torch' 2>/dev/null || ($(call INSTALL,--requirement $(VENV)/oracle.txt)) || echo "no PyTorch here: its columns stay empty"
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

shake: $(VENV)/.dev  ## the long forms of the tests that shake the program (one to two hours); prints the table of docs/reliability.md
	@echo "| tried | cases | came of it | time | command |"; echo "|---|---|---|---|---|"
	@failed=0; for it in texts long_texts terminals graphemes commands cli keys input stops kills sweeps soak; do \
		nice $(BIN)/python -m shake.$$it || failed=1; done; exit $$failed

pictures: $(VENV)/.dev  ## photograph and film the real screen for README and docs
	@$(BIN)/python scripts/make_pictures.py
	@$(BIN)/python scripts/make_recording.py

clean:  ## remove the environment and what tools leave behind
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
