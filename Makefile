PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install run test lint ingest evals coverage-matrix

install: $(STAMP)

$(STAMP): requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile -r requirements.txt
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
