# Everything that a person types. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
SOURCES := anthropic_models scripts tests

.PHONY: help setup run live test regenerate check-generated lint types check fix

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv with everything pinned (done by the others when needed)

$(READY): requirements/dev.txt pyproject.toml
	@echo "Setting up $(VENV): the pinned tools, then this checkout"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@$(RUN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## Regenerate, start a local server, retrieve a model: make run MODEL=claude-...
	@$(RUN) scripts/regenerate.py
	@$(RUN) scripts/demo.py $(MODEL)

live: $(READY) ## The same against the real API, with ANTHROPIC_API_KEY
	@$(RUN) scripts/demo.py --live $(MODEL)

test: $(READY) ## Run all tests
	@echo "Running the tests"
	@$(RUN) -m pytest -n auto -q

regenerate: $(READY) ## Make generated/ from openapi/ and tell what changed for callers
	@$(RUN) scripts/regenerate.py

check-generated: $(READY) ## Is generated/ what openapi/ says? Writes nothing
	@$(RUN) scripts/regenerate.py --check

lint: $(READY) ## Style
	@$(RUN) -m ruff check $(SOURCES)
	@$(RUN) -m ruff format --check $(SOURCES)

types: $(READY) ## Types, strictly
	@$(RUN) -m mypy

check: check-generated lint types test ## All that a submission must pass

fix: $(READY) ## Mend style where a tool can
	@$(RUN) -m ruff check --fix $(SOURCES)
	@$(RUN) -m ruff format $(SOURCES)
