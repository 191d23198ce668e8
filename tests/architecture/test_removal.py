"""Each module can be taken away: in a copy without its folder and its line in the settings, the rest is green."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.parent.relative_to(ROOT) for path in ROOT.glob("src/tinhso/modules/*/*/apps.py"))
LEFT_BEHIND = (".git", ".venv*", "var", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
# All tests are collected, so all imports hold. Those run that can know what is installed: they have the database with its
# tables and what follows from a fact, mostly through pages and API, or they look at the whole tree.
CHOSEN = "(database or tree) and not long"


def name_of(module: Path) -> str:
    return ".".join(module.parts[1:])


by_name = pytest.mark.parametrize("module", MODULES, ids=name_of)


def copy_without(module: Path, folder: Path) -> Path:
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND), symlinks=True)
    shutil.rmtree(folder / module)
    settings = folder / "src/tinhso/host/settings.py"
    lines = settings.read_text().splitlines(keepends=True)
    kept = [line for line in lines if f'"{name_of(module)}"' not in line]
    assert len(kept) == len(lines) - 1
    settings.write_text("".join(kept))
    return folder


def run_tests(folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """The tests of the copy, in a home of its own, with a database beside ours."""
    where = connection.settings_dict
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = known | {
        "PYTHONPATH": str(folder / "src"),
        "TINHSO_HOME": str(home),
        "DATABASE_URL": f"postgresql://{where['USER']}@/postgres?host={where['HOST']}",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", CHOSEN]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@by_name
def test_nothing_outside_names_a_module(module: Path) -> None:
    outside = (path for path in (ROOT / "src").rglob("*.py") if ROOT / module not in path.parents)

    assert not [path for path in outside if name_of(module) in path.read_text() and path.name != "settings.py"]


@pytest.mark.slow
@by_name
def test_without_a_module_the_rest_is_green(tmp_path: Path, module: Path) -> None:
    done = run_tests(copy_without(module, tmp_path / "rest"), tmp_path / "home")

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout
    assert int(passed[1]) > 300
