"""
Each module can be taken away with its folder and its line in the settings, and the rest is green.

The platform's and the host's tests run in a copy without any module, each module's in a copy in which it is alone: so every
test passes without every module that is not its own, and one more module costs one more copy, not one for each pair.
Of stories through the whole (journeys, load) it is seen that they can be collected: they go with the module they tell of.
"""

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
# What can know which modules are there: the database with its tables and what follows from a fact, and so all pages and the
# API; and what looks at the whole tree. The kernel imports nothing of ours, as a linter proves.
CHOSEN = "(database or tree) and not long"
REST = ("src/tinhso/platform", "src/tinhso/host", "tests")


def name_of(module: Path) -> str:
    return ".".join(module.parts[1:])


def copy_without(modules: list[Path], folder: Path) -> Path:
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND), symlinks=True)
    settings = folder / "src/tinhso/host/settings.py"
    lines = settings.read_text().splitlines(keepends=True)
    for module in modules:
        shutil.rmtree(folder / module)
        (own,) = (line for line in lines if f'"{name_of(module)}"' in line)
        lines.remove(own)
    settings.write_text("".join(lines))
    return folder


def run_tests(folder: Path, home: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    """The tests of the copy, in a home of its own, with a database beside ours."""
    where = connection.settings_dict
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = known | {
        "PYTHONPATH": str(folder / "src"),
        "TINHSO_HOME": str(home),
        "DATABASE_URL": f"postgresql://{where['USER']}@/postgres?host={where['HOST']}",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", CHOSEN, *paths]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def assert_green(done: subprocess.CompletedProcess[str], *, at_least: int) -> None:
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout
    assert int(passed[1]) >= at_least


by_name = pytest.mark.parametrize("module", MODULES, ids=name_of)


@by_name
def test_nothing_outside_names_a_module(module: Path) -> None:
    outside = (path for path in (ROOT / "src").rglob("*.py") if ROOT / module not in path.parents)

    assert not [path for path in outside if name_of(module) in path.read_text() and path.name != "settings.py"]


@pytest.mark.slow
def test_without_any_module_the_rest_is_green(tmp_path: Path) -> None:
    copy = copy_without(MODULES, tmp_path / "rest")

    assert_green(run_tests(copy, tmp_path / "home", *REST), at_least=300)


@pytest.mark.slow
@by_name
def test_a_module_is_green_without_every_other(tmp_path: Path, module: Path) -> None:
    copy = copy_without([one for one in MODULES if one != module], tmp_path / "alone")

    assert_green(run_tests(copy, tmp_path / "home", str(module)), at_least=10)
