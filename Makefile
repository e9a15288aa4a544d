# Two commands do everything: `make demo` to try Reelmate in a browser, `make test` to work on it.
# `make demo PORT=8099 OPEN=no` chooses the port and leaves the browser closed.

PORT ?= 8080
OPEN ?= yes
BIN := .venv/bin
LOCKED := pyproject.toml requirements.lock scripts/environment
# As many workers as tests.workers says; all of them share what Python compiles, even where it is told to keep nothing.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# What opens a database.
STORED := tests/bot/storage tests/bot/service tests/bot/handlers tests/bot/delivery tests/bot/vitals \
	tests/bot/test_app.py tests/bot/test_intake.py tests/bot/test_jobs.py tests/bot/test_locks.py tests/e2e

.DEFAULT_GOAL := help
.PHONY: help sync demo test test-quick test-postgres check bench bench-quality bench-models fuzz screenshots lock sbom

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*##/make \1 -/p' $(MAKEFILE_LIST)

sync: .venv/.synced-train-dev  ## make the environment in .venv, with everything a developer needs

demo: .venv/.synced-train  ## chat with the bot in a local page: no account, no key
	@exec $(BIN)/reelmate demo --port $(PORT) $(if $(filter no,$(OPEN)),--no-open)

test: sync  ## run all tests; those that need something absent say so and skip
	@$(PYTEST)

test-quick: sync  ## run the tests that need no browser, TensorFlow, PostgreSQL or child process
	@$(PYTEST) --quick

test-postgres: sync  ## run what opens a database on PostgreSQL instead of SQLite
	@REELMATE_TEST_DATABASE=postgresql $(PYTEST) $(STORED) -m "not (chromium or tensorflow or processes or faults)"

check: sync  ## format, lint, types, layers, shape, migrations, Dockerfile
	@scripts/check

bench: .venv/.synced-train-dev-bench  ## run every benchmark
	@$(BIN)/python -m benchmarks

bench-quality: .venv/.synced-train-dev-bench  ## run the ladder beside its peers
	@$(BIN)/python -m benchmarks quality

bench-models: .venv/.synced-train-dev-bench  ## measure what is missing of the board: every model, every peer (hours)
	@$(BIN)/python -m benchmarks models

fuzz: .venv/.synced-train-dev-fuzz  ## fuzz what strangers can send, a minute a target
	@$(BIN)/python scripts/fuzz.py

screenshots: sync  ## draw docs/screenshots anew from the demo's page, in Chromium
	@$(BIN)/python scripts/screenshots.py

lock:  ## resolve requirements.lock again from pyproject.toml
	@scripts/environment lock

sbom: .venv/.synced-train-dev-audit  ## write sbom.json, print every package's licence and what pip-audit knows
	@$(BIN)/python scripts/sbom.py

.venv/.synced-train: $(LOCKED)
	@scripts/environment train

.venv/.synced-train-dev: $(LOCKED)
	@scripts/environment train dev

.venv/.synced-train-dev-bench: $(LOCKED)
	@scripts/environment train dev bench

.venv/.synced-train-dev-fuzz: $(LOCKED)
	@scripts/environment train dev fuzz

.venv/.synced-train-dev-audit: $(LOCKED)
	@scripts/environment train dev audit
