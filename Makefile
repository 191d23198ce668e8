# What a developer types. Every target sets up what it needs.
PYTHON ?= $(shell for one in python3 python3.13 python3.12 python3.11; do \
  $$one -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$one && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
BENCH_STAMP := $(VENV)/.installed-bench
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

CHECKS := format lint assets types contracts packs messages openapi migrations
.PHONY: help run setup test check $(CHECKS:%=check-%) bench lock format messages clean

help:
	@echo "make run     chạy tinhso, in địa chỉ và tài khoản thử / run tinhso, print its address and the demonstration sign-ins"
	@echo "make test    chạy mọi phép thử / run every test"
	@echo "make check   định dạng, kiểu, hợp đồng kiến trúc / format, lint, types, contracts"
	@echo "make bench   đo, so với sàn và sản phẩm khác / measure against floor and peers"

# Debian's Python may lack venv; virtualenv from the package index then makes the same environment.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 đến 3.13 · Python 3.11 to 3.13 is needed" >&2; exit 1; }
	@echo "Tạo môi trường Python trong $(VENV) · making the Python environment"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || ( rm -rf $(VENV) .venv-boot && \
	  $(PYTHON) -m pip install --quiet --target .venv-boot virtualenv && \
	  PYTHONPATH=.venv-boot $(PYTHON) -m virtualenv --quiet $(VENV) && rm -rf .venv-boot )

$(STAMP): requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "Cài các gói đã khoá phiên bản, chừng nửa phút · installing the locked packages, half a minute or so"
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(STAMP)
	@echo "Cài các gói để phát triển · installing the development packages"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(BENCH_STAMP): requirements/bench.txt $(DEV_STAMP)
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

setup: $(STAMP)

run: $(STAMP)
	@TINHSO_DEMO=$${TINHSO_DEMO-1} TINHSO_END_WITH_PARENT=1 exec $(BIN)/tinhso run

test: $(DEV_STAMP)
	@scripts/ensure_tools.sh
	@$(BIN)/tinhso messages compile
	$(BIN)/pytest -n auto --maxprocesses 4 $(ARGS)

# One target for each part, so that `make -k check` says everything that is wrong at once.
check: $(CHECKS:%=check-%)

check-format: $(DEV_STAMP)
	$(BIN)/ruff format --check src tests bench scripts
check-lint: $(DEV_STAMP)
	$(BIN)/ruff check src tests bench scripts
check-assets: $(DEV_STAMP)
	$(BIN)/python scripts/build_assets.py --check
check-types: $(DEV_STAMP)
	$(BIN)/mypy src/tinhso
check-contracts: $(DEV_STAMP)
	$(BIN)/lint-imports --no-logo
check-packs: $(DEV_STAMP)
	$(BIN)/tinhso packs check
check-messages: $(DEV_STAMP)
	$(BIN)/tinhso messages check
check-openapi: $(DEV_STAMP)
	$(BIN)/tinhso openapi --check
check-migrations: $(DEV_STAMP)
	$(BIN)/tinhso migrations --check

bench: $(BENCH_STAMP)
	$(BIN)/python -m bench $(ARGS)

format: $(DEV_STAMP)
	$(BIN)/ruff format src tests bench scripts
	$(BIN)/ruff check --fix src tests bench scripts

messages: $(DEV_STAMP)
	$(BIN)/tinhso messages extract

lock: $(DEV_STAMP)
	scripts/lock.sh

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
