# What a person types: `make run` to use it, `make test` to check it. Both install what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
AXE := $(VENV)/axe/node_modules/axe-core/axe.min.js

.PHONY: run test test-slow install check clean browser recognition

run: install
	$(BIN)/inspection-qa serve

test: install check browser recognition
	$(BIN)/pytest -q
	$(BIN)/inspection-qa eval gate --data $(VENV)/gate

test-slow: install browser recognition
	$(BIN)/pytest -q -m slow

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,eval]'
	touch $(STAMP)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Scans are read by Tesseract, installed where that is possible; elsewhere its tests are skipped and say so.
recognition:
	@command -v tesseract >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && apt-get install -y -qq tesseract-ocr >/dev/null; } || \
	  echo "Tesseract is not installed; the tests of scans will be skipped."

# The browser tests drive Debian's Chromium, and axe-core looks for what keeps people out. Both are
# installed where that is possible; elsewhere the tests are skipped and say so.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
	  echo "Chromium is not installed; the browser tests will be skipped."
	@test -e $(AXE) || { command -v npm >/dev/null && \
	    npm install --silent --no-audit --no-fund --no-save --prefix $(VENV)/axe axe-core@4.14.1; } || \
	  echo "axe-core could not be fetched with npm; the accessibility tests will be skipped."

clean:
	rm -rf $(VENV) build *.egg-info
