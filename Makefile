# The front door: `make help` lists what there is. Every target sets up .venv by itself.
RAW     ?= raw
OUT     ?= output
YEARS   ?=
WORKERS ?=
SCHEDULER ?=
JSON    ?=
FORMAT  ?= xlsx
SHAPE   ?= tidy
BY      ?= district
INDICATOR ?= 双师型教师占比
GOLD    ?= ../shared/gold
REPORTS ?= ../shared/reports
PYTHON  ?= python3

BIN  := .venv/bin
FLAGS = $(if $(YEARS),--years $(YEARS)) $(if $(WORKERS),--workers $(WORKERS)) \
        $(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(if $(JSON),--json)

.DEFAULT_GOAL := help
.PHONY: help run status compare audit site test lint types score bench compiled samples dictionary codebook lock clean export explain review diff datapackage docs-check

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  variables: RAW=raw OUT=output YEARS=2022-2024 WORKERS=4 GOLD=… REPORTS=…"

# A stamp per lock file: installing again only when what is to be installed has changed.
.venv/run.stamp: requirements.lock pyproject.toml
	@echo "setting up .venv (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

# Charts, workbooks and statistics files: what `make compare`, `audit` and `export` need beside the run.
.venv/export.stamp: requirements-export.lock .venv/run.stamp
	@echo "setting up charts and exports (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-export.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@echo "setting up the development tools (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The peers that the benchmark compares with; nothing else needs them.
.venv/bench.stamp: requirements-bench.lock .venv/dev.stamp
	@echo "setting up the peers for the benchmark (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

run: .venv/run.stamp ## read every report below RAW and write the datasets to OUT
	@$(BIN)/nianbao run $(RAW) --out $(OUT) $(FLAGS)

status: .venv/run.stamp ## say which reports are fresh, stale or quarantined, and why
	@$(BIN)/nianbao status $(RAW) --out $(OUT) $(if $(JSON),--json)

# What reads the datasets makes them first where there are none.
$(OUT)/findings:
	@$(MAKE) --no-print-directory run

compare: .venv/export.stamp | $(OUT)/findings ## put an indicator side by side (INDICATOR= YEARS= REGION= BY=district OF= TO=)
	@$(BIN)/nianbao compare "$(INDICATOR)" --out $(OUT) --by $(BY) $(if $(YEARS),--years "$(YEARS)") \
	  $(if $(REGION),--region "$(REGION)") $(if $(OF),--of "$(OF)") $(if $(TO),--to "$(TO)")

audit: .venv/export.stamp | $(OUT)/findings ## list every contradiction, with both sides, as a page and a workbook
	@$(BIN)/nianbao audit --out $(OUT)

site: .venv/export.stamp | $(OUT)/findings ## write the pages to look at: OUT/site/index.html
	@$(BIN)/nianbao site --out $(OUT) $(if $(RAW),--raw "$(RAW)")

export: .venv/export.stamp | $(OUT)/findings ## write facts to a file (FORMAT= REGION= YEARS= INDICATORS= SHAPE=wide TO=)
	@$(BIN)/nianbao export --out $(OUT) --format $(FORMAT) --shape $(SHAPE) $(if $(REGION),--region "$(REGION)") \
	  $(if $(YEARS),--years "$(YEARS)") $(if $(INDICATORS),--indicators "$(INDICATORS)") $(if $(TO),--out-file "$(TO)")

explain: .venv/run.stamp ## say how a number was read (FILE= AT=t8r3c2, or TABLE=8)
	@$(BIN)/nianbao explain "$(FILE)" $(if $(AT),--at $(AT)) $(if $(TABLE),--table $(TABLE))

review: .venv/export.stamp | $(OUT)/findings ## list what is doubtful in a workbook; APPLY= takes a filled-in one over
	@$(BIN)/nianbao review $(if $(APPLY),--apply "$(APPLY)",--out $(OUT) $(if $(TO),--out-file "$(TO)"))

diff: .venv/export.stamp ## compare two outputs value by value (OLD= NEW= TO=diff.csv)
	@$(BIN)/nianbao diff "$(OLD)" "$(NEW)" $(if $(TO),--out-file "$(TO)")

datapackage: .venv/run.stamp | $(OUT)/findings ## write datapackage.json and the codebook beside the datasets
	@$(BIN)/nianbao datapackage --out $(OUT)

test: .venv/dev.stamp ## run the tests
	@$(BIN)/python -m pytest $(PYTEST)

docs-check: .venv/dev.stamp ## run every command and snippet of the docs, and follow every link
	@$(BIN)/python -m pytest tests/docs tests/test_api.py -m "slow or not slow"

lint: .venv/dev.stamp ## check style with ruff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/dev.stamp ## check types with mypy (strict)
	@$(BIN)/mypy pipeline

score: .venv/dev.stamp ## run over REPORTS and print the scorer's figures against GOLD
	@$(BIN)/nianbao score --reports $(REPORTS) --gold $(GOLD) --out build/score $(SCORE)
	@test ! -d $(GOLD) || $(BIN)/python -m benchmarks.calibration

bench: .venv/bench.stamp ## measure time and memory, against the floor and the peers
	@$(BIN)/python -m benchmarks --reports $(REPORTS) $(BENCH)

compiled: .venv/dev.stamp ## compile what reads reports to machine code (3 minutes, a C compiler): the same rows, faster
	@$(BIN)/nianbao compile

samples: .venv/run.stamp ## make the sample archive in raw/ again, byte for byte
	@$(BIN)/python -m raw

dictionary: .venv/run.stamp ## write docs/DICTIONARY.md from the schemas
	@$(BIN)/nianbao dictionary --out docs/DICTIONARY.md

codebook: .venv/run.stamp ## write docs/INDICATORS.md from the rules
	@$(BIN)/nianbao codebook --out docs/INDICATORS.md

lock: .venv/dev.stamp ## resolve the dependencies again into the lock files
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra export -c requirements.lock pyproject.toml -o requirements-export.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev --extra fast --extra export --extra cluster --extra cloud -c requirements-export.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock

clean: ## remove what can be made again (not raw/, not output/)
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache
