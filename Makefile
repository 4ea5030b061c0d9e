PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test setup lint types layers rules docs site browser eval parity spark lock clean fuzz mutants \
  mutants-sample rule-mutants poor pythons supply-chain sbom

demo: $(VENV)/.run ## set up and check the shipped examples (findings are expected)
	@$(BIN)/collectlint check corpora/formats/demo --fail-on never

test: setup ## set up and pass everything; CI adds COLLECTLINT_FULL=1: every document, large inputs; =all, by hand, the largest
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --durations=25

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

spark: setup ## local Spark finds what one machine finds (needs Java; half a gigabyte); COLLECTLINT_FULL=1: 20,000 documents
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/spark.txt
	$(BIN)/python -m pytest -q -rs tests/audit/test_arrow.py

lock: ## rewrite the locks with hashes from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra fast pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra fast --group dev pyproject.toml -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group spark -c requirements/dev.txt pyproject.toml -o requirements/spark.txt

pythons: setup ## the same bytes from every other Python that is installed (environments in build/pythons)
	$(BIN)/python tools/same_bytes.py

poor: setup ## quick tests where everything around them is poor; tools/poor_surroundings.py takes other tests too
	$(BIN)/python tools/poor_surroundings.py

FUZZ_RUNS ?= 2000
fuzz: setup ## every target of fuzz/ for FUZZ_RUNS runs (crashing inputs stay in fuzz/crashes)
	$(BIN)/python fuzz/run.py all --runs $(FUZZ_RUNS)

mutants: setup ## mutation testing of text, operators, rulebook and redact: hours; `mutmut results` lists survivors
	$(BIN)/python -m mutmut run

SEED ?= 1
NUMBER ?= 320
mutants-sample: setup ## a random sample of the same mutants, in half an hour; survivors in mutants/sample-SEED.jsonl
	$(BIN)/python tools/mutants.py --seed $(SEED) --number $(NUMBER)

rule-mutants: setup ## each rule without one of its conditions or lists; lists what none of its examples notices
	$(BIN)/collectlint rules test --mutate

supply-chain: setup ## locks have hashes, licences fit, the bill of materials can be written
	$(BIN)/python tools/licences.py requirements/run.txt requirements/dev.txt
	$(BIN)/python -m pip check
	$(MAKE) sbom

sbom: setup ## CycloneDX bill of materials of what a release rests on
	@mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements/run.txt --of JSON -o dist/collectlint.cdx.json

clean:
	rm -rf $(VENV) dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
