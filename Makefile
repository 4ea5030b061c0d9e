PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test setup lint types layers rules docs site browser eval parity lock clean

demo: $(VENV)/.run ## set up and check the shipped examples (findings are expected)
	@$(BIN)/collectlint check corpora/formats/demo --fail-on never

test: setup ## set up and pass everything; CI adds COLLECTLINT_FULL=1: every document, the largest inputs
	$(BIN)/python -m pytest -q -n 2

setup: $(VENV)/.dev

$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

rules: setup ## the rules' own examples, and the rules on trial
	$(BIN)/collectlint rules vet
	$(BIN)/collectlint rules test

docs: setup ## rewrite docs/rules from the rules (a test holds them together)
	$(BIN)/collectlint rules docs

site: setup ## the same pages and the coverage of the law as HTML in site/
	$(BIN)/collectlint rules docs --html site

browser: setup ## the pages as Chromium shows them, pictures in build/pictures; skipped without chromium
	COLLECTLINT_PICTURES=build/pictures $(BIN)/python -m pytest -q -rs -m browser tests/browser

lock: ## rewrite the locks with hashes from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra fast pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra fast --group dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf $(VENV) dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
