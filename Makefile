# The commands of this repository; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
# `make run` needs only part of what the tests need, so it uses a smaller environment unless the full one exists.
DEMO := $(if $(wildcard $(READY)),$(VENV),.venv-run)
BENCH := .venv-bench/tools
DOCS := .venv-docs
SOURCES := anthropic_models scripts tests benchmarks

.PHONY: help setup run live test test-independent test-ecosystem test-nightly mutants coverage soak bench regenerate drift sync check-generated lint types check release dist lock fix docs test-docs

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Create .venv with all pinned tools (other targets do this when needed)

$(READY): requirements/dev.txt pyproject.toml
	@echo "Setting up $(VENV): the pinned tools, then this checkout"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@$(RUN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv-run/.ready: requirements/run.txt
	@echo "Setting up .venv-run, once only: the $$(grep -c == $<) pinned packages that the demonstration needs"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv --clear .venv-run
	@.venv-run/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

run: $(DEMO)/.ready ## Regenerate, then run the command and both clients against a local server: make run MODEL=...
	@$(DEMO)/bin/python scripts/regenerate.py
	@PYTHONPATH=.:generated $(DEMO)/bin/python scripts/demo.py $(MODEL)

live: $(DEMO)/.ready ## Run the same against the real API, with ANTHROPIC_API_KEY
	@PYTHONPATH=.:generated $(DEMO)/bin/python scripts/demo.py --live $(MODEL)

test: $(READY) ## Run all tests
	@echo "Running the tests"
	@PYTHONDONTWRITEBYTECODE= $(RUN) -m pytest -n auto --dist worksteal -q

test-independent: $(READY) ## Run the tests against third-party servers (needs Node)
	@$(RUN) tests/independent/run.py

test-ecosystem: ## Run the clients under several versions of tracers, each in its own environment
	@$(PYTHON) tests/ecosystem/run.py

test-nightly: $(READY) ## Run the property tests with 10,000 cases each
	@echo "Running 10,000 cases of each property"
	@HAZARDS_PROFILE=nightly $(RUN) -m pytest -n auto -q --timeout 1800 tests/hazards/test_properties.py

coverage: $(READY) ## Run all tests and list the untested branches of the glue and of the regeneration
	@rm -f .coverage .coverage.*
	@$(RUN) -m coverage run -m pytest -n auto --dist worksteal -q
	@$(RUN) -m coverage combine -q
	@$(RUN) -m coverage report

mutants: $(READY) ## List small changes of a module that no test detects: MODULE=anthropic_models/retries.py TESTS=tests/unit/...
	@$(RUN) scripts/mutants.py $(MODULE) $(TESTS)

soak: $(READY) ## Make 20,000 calls with faults injected at random
	@$(RUN) scripts/soak.py

bench: $(BENCH)/.ready ## Compare the client with httpx and the official client; writes docs/benchmarks.* unless ONLY=warm,flight is given
	@$(BENCH)/bin/python -m benchmarks.run $(if $(ONLY),--only $(ONLY)) $(if $(FRESH),--fresh)

$(BENCH)/.ready: requirements/bench.txt
	@echo "Setting up $(BENCH): the pinned tools of the benchmark"
	@$(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements/bench.txt
	@touch $@

docs: $(DOCS)/.ready ## Build the documentation site in site/; once set up, it needs no network
	@mkdir -p build/docs
	@$(DOCS)/bin/python scripts/wire_page.py openapi/models.yaml >build/docs/wire.md
	@awk 'FNR == 1 { sub("docs/", "", FILENAME); sub(/^# /, ""); print "- [" $$0 "](" FILENAME ")" }' docs/decisions/0*.md >build/docs/decisions.md
	@$(DOCS)/bin/zensical build --clean --strict
	@echo "Open site/index.html"

test-docs: docs ## Open each page of the site in a headless browser (needs Chromium and its driver)
	@$(DOCS)/bin/python tests/site/run.py

$(DOCS)/.ready: requirements/docs.txt
	@echo "Setting up $(DOCS): the pinned tools of the documentation"
	@$(PYTHON) -m venv --clear $(DOCS)
	@$(DOCS)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements/docs.txt
	@touch $@

regenerate: $(READY) ## Regenerate generated/ from openapi/ and report what changed for callers
	@$(RUN) scripts/regenerate.py

drift: $(READY) ## Compare with upstream: SDK=2.12.0, or PAGE=file-or-https-URL; default: the latest SDK
	@$(RUN) scripts/upstream.py $(if $(PAGE),--page "$(PAGE)",--sdk "$(or $(SDK),latest)")

sync: $(READY) ## Write upstream's additive changes into the fragment, then regenerate (SDK= or PAGE=)
	@$(RUN) scripts/upstream.py --write $(if $(PAGE),--page "$(PAGE)",--sdk "$(or $(SDK),latest)")
	@$(RUN) scripts/regenerate.py

check-generated: $(READY) ## Check that generated/ is up to date with openapi/; writes nothing
	@$(RUN) scripts/regenerate.py --check

lint: $(READY) ## Check the style
	@$(RUN) -m ruff check $(SOURCES)
	@$(RUN) -m ruff format --check $(SOURCES)

types: $(READY) ## Check the types (mypy, strict)
	@$(RUN) -m mypy

check: $(READY) ## Run every check that a change must pass: check-generated, lint, types, test
	@$(RUN) scripts/check.py

# A VERSION in the environment may belong to another program, so only one on the command line is used.
release: $(READY) ## Draft the changelog entry; once it is complete, set the version, commit and tag: VERSION=0.2.0
	@$(RUN) scripts/release.py tag $(if $(filter command,$(origin VERSION)),--version "$(VERSION)")

dist: $(READY) ## Build the sdist and wheel, check them, test the wheel: PYTHONS="python3.11 python3.14" BESIDE=anthropic
	@$(RUN) scripts/release.py dist $(PYTHONS:%=--python %) $(BESIDE:%=--beside %) $(TAG:%=--tag %)

lock: $(READY) ## Update requirements/ from pyproject.toml
	@$(RUN) -m pip install -qq --disable-pip-version-check uv==0.13.9
	@for group in dev bench docs run; do \
	  echo "Locking requirements/$$group.txt"; \
	  case $$group in bench|docs) extras=;; run) extras="--extra cli --extra testing";; *) extras=--all-extras;; esac; \
	  $(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-annotate --no-header --python-version 3.11 --group $$group $$extras \
	    $$(test $$group = dev || echo --constraints requirements/dev.txt) \
	    --output-file requirements/$$group.txt pyproject.toml || exit 1; \
	done

fix: $(READY) ## Fix the style automatically where possible
	@$(RUN) -m ruff check --fix $(SOURCES)
	@$(RUN) -m ruff format $(SOURCES)
