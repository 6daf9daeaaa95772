# Everything a newcomer types: `make run` and `make test`. `make` alone lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A test waits for its bot half of the time, so a core does the work of two.
JOBS ?= $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN))

.DEFAULT_GOAL := help
.PHONY: help run sandbox test stress fuzz lint format messages catalogues migration constraints hashes house screenshots bench clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.run ## start Etalon: the sandbox, or Telegram when a token is set
	@$(BIN)/etalon run

sandbox: $(VENV)/.run ## start the sandbox, whatever the environment says
	@$(BIN)/etalon sandbox

test: $(VENV)/.dev ## run every test and the import rules
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -n $(JOBS) --dist worksteal

stress: $(VENV)/.dev ## kill the bot 200 times while people score, and look what is left
	@$(BIN)/python -m tests.stress

fuzz: $(VENV)/.dev ## let random people loose on the bot for FUZZ_SECONDS (600)
	@FUZZ_SECONDS=$(or $(FUZZ_SECONDS),600) $(BIN)/pytest tests/fuzz

lint: $(VENV)/.dev ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## put the code into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: $(VENV)/.dev ## gather new sentences into the catalogues to translate
	@$(BIN)/python -m handlers.locales.catalogues gather

catalogues: $(VENV)/.dev ## compile the translated catalogues
	@$(BIN)/python -m handlers.locales.catalogues compile

migration: $(VENV)/.dev ## draft a migration from the tables: make migration NAME="what changes"
	@$(BIN)/python -m storage.revise "$(NAME)"
	@$(BIN)/ruff format -q storage/migrations
	@$(BIN)/ruff check -q --fix storage/migrations

bench: $(VENV)/.bench ## measure against bare bots and bare SQL; ratios in one run
	@BENCH_AIOGRAM_PYTHON=$(CURDIR)/$(VENV)/bench/bin/python $(BIN)/python -m tests.bench.taps
	@for one in rest day team digests imports charts papers holds; do $(BIN)/python -m tests.bench.$$one || exit 1; done

house: $(VENV)/.dev ## measure the structure of the code: sizes, circles, what a tap crosses
	@$(BIN)/python -m tests.house 2>/dev/null

screenshots: $(VENV)/.dev ## take the pictures of the documentation anew (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots

constraints: $(VENV)/.dev ## pin what is installed now
	@$(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==' | sort -f > constraints.txt

hashes: $(VENV)/.dev ## note the hash of every file that a deployment may install (needs uv)
	@uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		-c constraints.txt pyproject.toml -o docs/deploy/constraints-hashes.txt

clean: ## remove what can be made again (never data/)
	@rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Etalon needs Python 3.11 or newer."; exit 1; }
	@echo "Making a virtual environment in $(VENV)…"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make virtual environments here. On Debian: apt install python3-venv"; exit 1; }

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Etalon…"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Etalon with what its tests need…"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: tests/bench/requirements.txt $(VENV)/.dev
	@$(PYTHON) -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check --quiet install -r tests/bench/requirements.txt
	@touch $@
