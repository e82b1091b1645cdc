# What a developer does with the project, one word each. Needs make and Python 3.11 or newer, nothing else.

VENV := .venv
PYTHON := $(VENV)/bin/python
PLACEMENT := $(VENV)/bin/placement
RUNTIME := $(VENV)/.installed-runtime
DEVELOPMENT := $(VENV)/.installed-development

PYTHONS ?= python3.13 python3.12 python3.11 python3
ARGS ?=
CASES ?= 2100
LOCK_FLAGS ?=
COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(LOCK_FLAGS)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test law simulate torture check format lock schema clean formatted linted typed described migrated

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(RUNTIME) ## Install, migrate, seed the demonstration data and serve, with the worker inside
	@$(PLACEMENT) migrate
	@$(PLACEMENT) seed
	@$(PLACEMENT) serve

test: $(DEVELOPMENT) ## Run the tests on every core; some only: make test ARGS="tests/models -k publish"
	$(PYTHON) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

law: $(DEVELOPMENT) ## Search, matcher and alerts agree, at length wherever there is a database and an engine: make law CASES=10000
	PLACEMENT_TEST_LAW_CASES=$(CASES) $(PYTHON) -m pytest tests/law -rPs $(ARGS)

simulate: $(DEVELOPMENT) ## Live through years with the oracle beside; more, or one again: make simulate ARGS="--seed 7 --people 900"
	$(PYTHON) -m tests.simulation $(ARGS)

torture: $(DEVELOPMENT) ## Kill processes and fail mails while alerts are at work: make torture ARGS="--seconds 300 --kills 110 --seed 7"
	$(PYTHON) -m tests.processes.torture $(ARGS)

check: formatted linted typed described migrated test ## Check format, lint, types, SDL and migrations, then run the tests

format: $(DEVELOPMENT) ## Format the code and mend what the linter can
	$(PYTHON) -m ruff check --fix-only --quiet .
	$(PYTHON) -m ruff format .

schema: $(RUNTIME) ## Write schema.graphql again, after a wanted change of the API
	$(PLACEMENT) print-schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

lock: $(RUNTIME) ## Remake the lock files from pyproject.toml; newer versions: make lock LOCK_FLAGS=--upgrade
	$(PYTHON) -m pip install --quiet "uv>=0.13,<1"
	$(PYTHON) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" \
		| $(COMPILE) - -o requirements-build.lock
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove the environment and the caches; the data in var/ stay
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

formatted: $(DEVELOPMENT)
	$(PYTHON) -m ruff format --check .

linted: $(DEVELOPMENT)
	$(PYTHON) -m ruff check .

typed: $(DEVELOPMENT)
	$(PYTHON) -m mypy .

described: $(DEVELOPMENT)
	$(PLACEMENT) print-schema --check schema.graphql || { echo "If this change of the API is wanted: make schema" >&2; exit 1; }

# On no database but the one it makes: whether a developer's own is behind says nothing of the code.
migrated: $(DEVELOPMENT)
	PLACEMENT_DATABASE_URL=sqlite+aiosqlite:// $(PLACEMENT) migrate --check

$(PYTHON):
	@for candidate in $(PYTHONS); do \
		if "$$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			echo "Making $(VENV) with $$("$$candidate" --version)"; \
			exec "$$candidate" -m venv $(VENV); \
		fi; \
	done; \
	echo "No Python 3.11 or newer with its venv module among: $(PYTHONS)." >&2; \
	echo "Install one (on Debian and Ubuntu: python3 and python3-venv), or name yours: make run PYTHONS=/path/to/python" >&2; \
	exit 1

# The build tool is locked too, hence no isolated build that would fetch one without a hash.
$(RUNTIME): requirements-build.lock requirements.lock pyproject.toml | $(PYTHON)
	@echo "Installing what requirements.lock pins; the first time takes a minute"
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements-build.lock -r requirements.lock
	$(PYTHON) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
