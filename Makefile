# Everything starts from python3 and make: what else is needed, each target gets by itself.

PYTHON ?= python3
BIN := .venv/bin
# More arguments for the program behind a target: make test ARGS="-k brief"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format lock upgrade runtime dev clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: runtime ## Try Ridealong with a simulated company, in your browser
	@RIDEALONG_HOME="$${RIDEALONG_HOME:-$(CURDIR)/.cache/demo}" $(BIN)/ridealong demo $(ARGS)

test: dev ## Run all tests: on SQLite, then what touches the database on PostgreSQL
	@$(BIN)/python scripts/test.py $(ARGS)

check: dev ## Lint, formatting, types, layers, missing migrations
	@$(BIN)/python scripts/check.py

bench: dev ## Measure how fast it is on a large company
	@$(BIN)/python -m bench $(ARGS)

format: dev ## Put the code into its one format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

lock: ## Write requirements/*.txt anew from pyproject.toml
	@$(PYTHON) scripts/lock.py $(ARGS)

upgrade: ## Take the newest version of everything
	@$(PYTHON) scripts/lock.py --upgrade

runtime: ## Make .venv, enough to run Ridealong
	@$(PYTHON) scripts/bootstrap.py runtime

dev: ## Make .venv, with what development needs
	@$(PYTHON) scripts/bootstrap.py dev

clean: ## Remove everything that make has made
	@rm -rf .venv .tools .cache build dist
