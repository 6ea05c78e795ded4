# Everything happens in .venv, from the committed locks. What is up to date is not made again.

PYTHON ?= $(or $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && break; done),python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
LOG := $(VENV)/setup.log
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
INSTALL = VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install
SAY = { echo "$(1)" >&2; exit 1; }
# A file's tests share what they start; files know nothing of each other.
SIDE_BY_SIDE = --numprocesses=auto --dist=loadfile --no-loadscope-reorder
DOWNLOAD_FAILED = Could not install the packages: is there a network? Details are in $(LOG)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo run test check prove bench words lock

help:
	@echo "make demo       the bot with a local Telegram in the browser; needs no account"
	@echo "make run        the bot itself, by polling; needs PARK_BOT_TOKEN (see .env.example)"
	@echo "make test       every test, in its small size"
	@echo "make check      what must hold before a change is taken: format, types, layers, tests"
	@echo "make prove      the proofs in their full size; writes benchmarks/proof.json"
	@echo "make bench      speed, beside others; writes benchmarks/results.json"
	@echo "make words      bring the catalogues of translations up to date with the texts in the code"
	@echo "make setup      only .venv with parkplace in it (setup-dev: and what the tests need)"
	@echo "make lock       the requirement locks from pyproject.toml (UPGRADE=1: the newest versions)"

setup: $(VENV)/.parkplace
setup-dev: $(VENV)/.dev

demo: setup
	@exec $(BIN)/parkplace demo

run: setup
	@exec $(BIN)/parkplace run

test: setup-dev
	$(BIN)/pytest $(SIDE_BY_SIDE)

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/lint-imports
	$(BIN)/coverage erase
	$(BIN)/pytest $(SIDE_BY_SIDE) -p tests.covering
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=100

prove: setup-dev
	PROOF=1 $(BIN)/pytest $(SIDE_BY_SIDE) tests/proof

bench: setup-dev
	$(BIN)/python -m benchmarks

words: setup
	$(BIN)/python -m locales.update

lock: $(VENV)/.uv
	$(COMPILE) --extra build --extra dev pyproject.toml -o requirements-dev.txt
	$(COMPILE) --extra build pyproject.toml -c requirements-dev.txt -o requirements.txt
	echo uv | $(COMPILE) - -o requirements-uv.txt

$(VENV)/.uv: requirements-uv.txt
	@command -v "$(PYTHON)" >/dev/null \
		|| $(call SAY,Python 3.11 or newer is needed; $(PYTHON) was not found.)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| $(call SAY,Python 3.11 or newer is needed; name one with make PYTHON=/path/to/python3)
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
		|| $(call SAY,Python has no venv module; on Debian and Ubuntu: apt install python3-venv)
	@echo "Making $(VENV) ..."
	@"$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements-uv.txt >$(LOG) 2>&1 || $(call SAY,$(DOWNLOAD_FAILED))
	@touch $@

$(VENV)/.parkplace: $(VENV)/.uv requirements.txt pyproject.toml
	@$(INSTALL) --compile-bytecode --require-hashes -r requirements.txt >$(LOG) 2>&1 \
		|| $(call SAY,$(DOWNLOAD_FAILED))
	@$(INSTALL) --no-deps --no-build-isolation --editable . >>$(LOG) 2>&1 \
		|| $(call SAY,Could not install Park Place itself. Details are in $(LOG))
	@touch $@

$(VENV)/.dev: $(VENV)/.parkplace requirements-dev.txt
	@$(INSTALL) --require-hashes -r requirements-dev.txt >$(LOG) 2>&1 \
		|| $(call SAY,$(DOWNLOAD_FAILED))
	@touch $@
