"""The benchmarks run: every question can be asked, and the engine's is, over a handful of cases. No figure is asserted."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

pytestmark = pytest.mark.story_of("onestop")  # whose pages are measured
ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if not path.stem.startswith("_"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_says_what_it_asks_and_what_is_aimed_at(name, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))

    module = import_module(f"bench.{name}")

    if hasattr(module, "QUESTION"):
        assert module.QUESTION.endswith("?")
        assert module.GOAL
        assert callable(module.measure)


def test_the_engine_is_measured_beside_its_floor_and_leaves_nothing_running(tmp_path):
    asked = [
        "--only",
        "engine",
        "--no-peers",
        "--rounds",
        "1",
        "--seconds",
        "0.1",
        "--crowd",
        "10",
        "--folder",
        str(tmp_path),
    ]
    kept = tmp_path / "table.json"

    done = subprocess.run(
        [sys.executable, "-m", "bench", *asked, "--json", str(kept)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PYTHONPATH": "src"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    rows = json.loads(kept.read_text())["rows"]
    assert {row["question"] for row in rows} >= {
        "five steps of 1.001193, 1 worker",
        "five steps of 1.001193, 4 workers",
    }
    assert all(row["ours"] > 0 and row["floor"] > 0 for row in rows)
    assert [path.name for path in tmp_path.iterdir()] == ["table.json"]
