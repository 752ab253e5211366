PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile

# Containers often forbid Python to keep what it has compiled: every command would then compile all that it
# imports anew, which takes as long as all else that it does.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install run test lint ingest evals coverage-matrix

install: $(STAMP)

# uv installs in seconds what takes pip two minutes, but it doesn't know an index that only pip was told of:
# there pip does it all. torch is pip's in any case, which finds the build for the processor.
$(STAMP): requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) $$(grep -E '^(torch|uv)==' requirements.txt)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -r requirements.txt || $(PIP) -r requirements.txt
	touch $(STAMP)

run: install
	$(BIN)/python app.py

ingest: install
	$(BIN)/python -m ingest

# Two workers on two cores: with two BLAS threads each they would wait for each other.
test: install
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

evals: install
	$(BIN)/python -m evals run

coverage-matrix: install
	$(BIN)/python -m evals coverage
