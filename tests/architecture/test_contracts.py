"""Every import contract can break: each is violated here once, in a small copy of the shape, and caught by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    "units",
    "ledger",
    "people",
    "files",
    "forms",
    "registers",
    "signing",
    "notices",
    "cases",
    "catalogue",
    "payments",
    "watch",
]
FILES = [
    *(
        "kernel/flow.py",
        "host/settings.py",
        "platform/capability.py",
        "platform/clock.py",
        "platform/outside.py",
        "platform/partitions.py",
        "platform/periods.py",
        "platform/prepared.py",
        "platform/sheets.py",
        "platform/wording.py",
    ),
    *(f"platform/{app}/apps.py" for app in APPS),
    *("modules/government/onestop/apps.py", "modules/insight/indicators/apps.py"),
]
VIOLATIONS = [
    ("kernel/flow.py", "import tinhso.platform.units", "Imports go inward only"),
    ("platform/units/actions.py", "import tinhso.modules.government.onestop.apps", "Imports go inward only"),
    ("modules/insight/indicators/pages.py", "import tinhso.host.settings", "Imports go inward only"),
    ("somewhere.py", "", "Imports go inward only"),
    ("platform/units/actions.py", "import tinhso.platform.people.apps", "The order of what modules stand on"),
    ("platform/forms/rules.py", "import tinhso.platform.notices.apps", "The order of what modules stand on"),
    ("platform/cases/actions.py", "import tinhso.platform.catalogue.apps", "The order of what modules stand on"),
    ("platform/stamps/apps.py", "", "The order of what modules stand on"),
    ("platform/cases/rules.py", "from tinhso.platform.cases import actions", "One shape for every app"),
    ("platform/cases/queries/inbox.py", "from tinhso.platform.cases import actions", "One shape for every app"),
    (
        "modules/government/onestop/pages.py",
        "from tinhso.modules.government.onestop import apps",
        "One shape for every app",
    ),
    ("modules/government/onestop/views.py", "", "One shape for every app"),
    (
        "modules/government/onestop/pages.py",
        "import tinhso.modules.insight.indicators.apps",
        "Modules do not know each other",
    ),
    ("kernel/flow.py", "import django.conf", "The kernel is plain Python"),
    ("kernel/flow.py", "import urllib.request", "The kernel is plain Python"),
]


def small_copy(folder: Path) -> Path:
    for name in FILES:
        write(folder / "tinhso" / name, "")
    for app in (folder / "tinhso/platform/cases", folder / "tinhso/modules/government/onestop"):
        write(app / "actions.py", "")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    for above in path.relative_to(path.parents[-2]).parents:
        package = path.parents[-2] / above
        if "tinhso" in package.parts:
            (package / "__init__.py").touch()


def lint(folder: Path) -> str:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run(
        [*command, "--config", ROOT / ".importlinter"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_small_copy_keeps_every_contract(tmp_path: Path) -> None:
    said = lint(small_copy(tmp_path))

    assert "0 broken" in said, said


@pytest.mark.parametrize(
    ("path", "line", "contract"), VIOLATIONS, ids=[f"{path}: {line}" for path, line, _ in VIOLATIONS]
)
def test_a_violation_is_caught_by_its_contract(tmp_path: Path, path: str, line: str, contract: str) -> None:
    write(small_copy(tmp_path) / "tinhso" / path, line + "\n")

    broken = [said for said in lint(tmp_path).splitlines() if said.endswith("BROKEN")]

    assert any(said.startswith(contract) for said in broken), broken


def test_a_reaction_may_read_the_facts_of_another_module(tmp_path: Path) -> None:
    small_copy(tmp_path)
    write(tmp_path / "tinhso/modules/insight/indicators/facts.py", "")
    write(
        tmp_path / "tinhso/modules/government/onestop/reactions.py", "import tinhso.modules.insight.indicators.facts\n"
    )

    said = lint(tmp_path)

    assert "0 broken" in said, said
