# Everything runs from .venv, which the first call makes from the hash-pinned locks.
PY ?= $(shell command -v python3.11 || command -v python3)
PIP = .venv/bin/python -m pip --disable-pip-version-check
INSTALL = $(PIP) install -q --no-compile --require-hashes --only-binary :all: -r
SCORER ?= python3 # an interpreter with numpy and scipy, for the scorer of the summaries
WORKERS ?= 3 # on two cores: a good half of the suite waits for sockets and clocks
# The suite starts the program a hundred times: compiled once, and not at each start (#10).
unexport PYTHONDONTWRITEBYTECODE
LOCK = --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

.PHONY: help demo try test suite lint types soak bench bench-arguments bench-retrieval bench-summaries bench-growth weights lock clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 20

demo: .venv/.ok ## one study-group week in the terminal, nothing to set up
	@.venv/bin/gadfly demo

try: .venv/.ok ## the running bot with a page on this machine as its chat
	@.venv/bin/gadfly run

test: .venv/.dev ## lint, types and the whole suite, side by side
	@$(MAKE) --no-print-directory -j 3 lint types suite

suite: .venv/.dev
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal

lint: .venv/.dev ## ruff
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: .venv/.dev ## mypy, strict
	.venv/bin/mypy

soak: .venv/.dev ## the long runs
	.venv/bin/python -m pytest -m soak --timeout 7200 -n 2

bench-arguments: .venv/.dev ## the engine against the baseline, on ../shared/bench where that is
	.venv/bin/python tests/bench/arguments.py

bench-summaries: .venv/.dev ## key points and common ground, on ../shared/bench-retrieval where that is
	.venv/bin/python tests/bench/summaries.py --python $(SCORER)

bench-growth: .venv/.dev ## how the time of a summary grows, 100 to 10,000 replies; a picture in build/
	mkdir -p build && .venv/bin/python tests/bench/growth.py build/growth.svg

bench-retrieval: .venv/.dev ## /quote, /counter and stance on ../shared/bench-retrieval
	.venv/bin/python tests/bench/retrieval.py
	.venv/bin/python tests/bench/opposes.py
	.venv/bin/python tests/bench/across.py
	.venv/bin/python tests/bench/searching.py

weights: .venv/.dev ## the weights anew, from ../shared/bench-retrieval; the same data, the same files
	.venv/bin/python tests/bench/train_stance.py ../shared/bench-retrieval/data
	.venv/bin/python tests/bench/train_quality.py ../shared/bench-retrieval/data
	@git diff --quiet -- prompts/weights && echo "the same files, to the byte" || \
		echo "other files than before: measure them with make bench-retrieval"

bench: bench-arguments ## the engine's figures, the program's and Slack's pace
	.venv/bin/python tests/bench/speed.py
	PYTHONPATH=.:tests .venv/bin/python tests/bench/slack.py

lock: ## make the lock files anew (needs uv on the PATH)
	echo pip | uv pip compile $(LOCK) - -o requirements-pip.lock
	uv pip compile $(LOCK) pyproject.toml --group build -o requirements.lock
	uv pip compile $(LOCK) pyproject.toml --all-extras --group build -o deploy/image.lock
	uv pip compile $(LOCK) pyproject.toml --all-extras --group build --group dev -o requirements-dev.lock

clean: ## remove what make made
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python: # what Python brings of pip takes three times as long
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Gadfly needs Python 3.11 or newer: make PY=/path/to/python3.12 demo")'
	$(PY) -m venv .venv
	$(INSTALL) requirements-pip.lock

.venv/.ok: requirements.lock pyproject.toml | .venv/bin/python
	$(INSTALL) requirements.lock
	PYTHONWARNINGS=ignore $(PIP) install -q --no-deps --no-build-isolation --no-index -e . # setuptools warns at length
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.ok
	$(INSTALL) requirements-dev.lock
	@touch $@
