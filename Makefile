# Needs Python >= 3.11 and make; everything else is fetched into .venv (and .uv, if uv is not on the PATH).
.DEFAULT_GOAL := help
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export UV_COMPILE_BYTECODE := 1
UV = $(shell sh tools/find-uv)
RUN = $(UV) run --frozen --no-sync
WORKERS ?= $(shell python3 -c "import os; print(min(4, os.cpu_count() or 1))")

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install the program with its workspace, and nothing for developers
	@$(UV) sync --quiet --frozen --inexact --no-default-groups --extra workspace

setup-dev: ## install the program with all that tests, checks and docs need
	@$(UV) sync --quiet --frozen --inexact --all-extras --group dev --group docs

demo: setup ## generate a practice's files, load them, and write the negotiation brief to demo/
	@$(RUN) evenhand demo --force

test: setup-dev browser engines ## run every test, every docstring example and every example in the manual
	@$(RUN) pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder --doctest-modules src tests docs

browser:
	@sh tools/find-chromium

engines:
	@sh tools/find-engines

check: setup-dev lint types imports docs ## lint, types, import rules, manual

lint:
	@$(RUN) ruff format --check . && $(RUN) ruff check .

types:
	@$(RUN) mypy

imports:
	@$(RUN) lint-imports

docs: setup-dev ## build the manual into build/docs, executing its notebook
	@$(RUN) sphinx-build -q -W --keep-going -b html docs build/docs

golden: setup-dev ## write the pricing steps anew as other engines are given them, and the columns of those that may be idle
	@$(RUN) python -m evenhand.pricing.conformance.columns src/evenhand/pricing/steps/columns.json
	@for dialect in spark postgres snowflake trino bigquery; do \
	  $(RUN) evenhand engine sql $$dialect --out tests/conformance/golden/$$dialect || exit 1; done

bench: setup-dev ## run every benchmark briefly
	@$(UV) sync --quiet --frozen --inexact --group bench
	@for script in benchmarks/*.py; do case $$script in */_*) ;; *) echo "== $$script"; $(RUN) python $$script --quick || exit 1;; esac; done

clean: ## remove what the targets made, not your data
	rm -rf .venv .uv build demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.PHONY: help setup setup-dev demo test browser engines check lint types imports docs golden bench clean
