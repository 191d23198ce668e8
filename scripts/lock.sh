#!/bin/sh
# Writes requirements/*.txt with hashes for Python 3.11 to 3.13, without naming any package index.
set -eu
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --emit-build-options "$@"; }
compile pyproject.toml -o requirements/base.txt
compile pyproject.toml --extra dev -c requirements/base.txt -o requirements/dev.txt
compile pyproject.toml --extra dev --extra bench -c requirements/dev.txt -o requirements/bench.txt
