# Everything a person types here. Needs only Python >= 3.11, make and git.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help run try check test privacy bench messages map handbook clean

help:           ## what can be typed here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## */\t/' | expand -t 12

run: .venv/run  ## install, migrate, start; prints one address
	$(BIN)/python -m bot

try: .venv/run  ## the same, in the terminal
	$(BIN)/python -m bot try

check: .venv/dev ## format, lint, types, direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy bot handlers storage tests bench
	$(BIN)/lint-imports

test: check     ## check and every test
	$(BIN)/pytest -n 4 --dist worksteal -q

privacy: .venv/dev ## what protects whoever writes without a name (part of test)
	$(BIN)/pytest -q tests/privacy

bench: .venv/bench ## measure us and others side by side
	$(BIN)/python -m bench.telegram
	$(BIN)/python -m bench.broadcast

messages: .venv/dev ## gather the words to translate, and compile the translations
	PYTHONPATH=. $(BIN)/pybabel -q extract -F handlers/locale/babel.cfg -k say --no-default-keywords --omit-header --no-location --no-wrap --sort-output -o handlers/locale/rumah-kedua.pot handlers bot
	$(BIN)/pybabel -q update --ignore-pot-creation-date --no-fuzzy-matching --no-wrap --ignore-obsolete -D rumah-kedua -i handlers/locale/rumah-kedua.pot -d handlers/locale
	$(BIN)/pybabel -q compile -D rumah-kedua -d handlers/locale

map: .venv/dev      ## write the map of all modules in docs/architecture.md
	$(BIN)/python -m tests.map

handbook: .venv/dev ## print the handbooks (docs/panduan-*.md) out of their pages
	$(BIN)/python -m tests.handbook

clean:          ## remove the environment (never the data)
	rm -rf .venv build *.egg-info

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3")'
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[dev,postgres]'
	@touch $@ .venv/run

.venv/bench: .venv/dev
	$(PIP) --editable '.[bench]'
	@touch $@
