# Two promises for a fresh machine: `make demo` and `make test`.
# They need Python 3.11 or newer, make and the package registries, and set up the rest themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo-data
PORT ?= 8080
MEMBERS ?= 2000
SECONDS ?= 60
FUZZED ?= ballot archive checkpoint entry reason election trustees shuffle polynomial charter manifest result

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lint types assets simulate bench fuzz lock clean

help:  ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.complete assets  ## make .venv with everything in it

$(VENV)/.complete: requirements/dev.txt pyproject.toml scripts/make-venv
	@scripts/make-venv $(PYTHON) $(VENV)
	@touch $@

# The hook looks at a stamp of its inputs: where nothing changed it returns at once.
assets: $(VENV)/.complete
	@$(BIN)/python web/frontend/build_hook.py

demo: setup  ## start the service with a furnished, made-up co-op (TRUSTEES=auto plays the trustees)
	@$(BIN)/teg demo --data $(DEMO) --port $(PORT) $(if $(filter auto,$(TRUSTEES)),--play-trustees)

test: setup  ## run every check and every test
	@scripts/get-browser
	@$(MAKE) --no-print-directory lint types
	@scripts/run-tests

check: setup lint types  ## format, lint, types, direction of imports, and the fast tests
	@$(BIN)/pytest -q -m "not slow and not browser and not peer"

format: setup  ## put the code in its form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint:
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/lint-imports

types:
	@$(BIN)/mypy && $(BIN)/mypy tests && $(BIN)/pyright

simulate: setup  ## a whole election of MEMBERS members over HTTP, verified at the end
	@$(BIN)/teg simulate --members $(MEMBERS)

bench: setup  ## measure an election of MEMBERS members, sealed ballots and counting, beside others (QUICK=1: sooner)
	@$(BIN)/python -m tests.bench.first_election --members $(MEMBERS)
	@$(BIN)/python -m tests.bench.sealed_ballots $(if $(QUICK),--quick)
	@$(BIN)/python -m tests.bench.counting $(if $(QUICK),--quick)

fuzz: setup  ## fuzz every reader of outside bytes for SECONDS each; what is learnt is kept in .fuzz
	@for target in $(FUZZED); do $(BIN)/python -m tests.fuzz $$target --seconds $(SECONDS) || exit 1; done

lock: $(VENV)/.complete  ## pin the newest releases that are at least a week old
	@scripts/lock-requirements $(BIN)/uv

clean:  ## remove what was built and set up here
	@rm -rf $(VENV) .peers .fuzz web/frontend/dist web/frontend/node_modules
