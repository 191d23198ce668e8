"""A pytest plugin: each worker's own home and embedded PostgreSQL, before Django reads its settings; who runs beside whom."""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
COMMON = Path(os.environ.setdefault("TINHSO_HOME", str(Path(__file__).resolve().parents[3] / "var" / "test")))
HOME = COMMON / WORKER
os.environ["TINHSO_HOME"] = str(HOME)
os.environ.setdefault("TINHSO_DEMO", "1")
(HOME / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is missing
SOURCE = Path(__file__).resolve().parents[1]
IMPORTED = re.compile(r"^(?:from|import) tinhso\.(modules)\.(\w+)\.(\w+)", re.MULTILINE)
WHOLE_RUNS = {"installation", "site", "somebody"}  # fixtures that start `tinhso run`
GROUPS = "groups.json"
LONG = {"live_server", "transactional_db", "chromium"}


def pytest_configure(config: pytest.Config) -> None:
    """The database; cheap password hashes; static files under their plain names; a ledger that may be emptied between tests."""
    from django.conf import settings
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.db.models.signals import post_migrate

    from tinhso.platform.units.queries import keeping

    keeping.watch.next_look = float("inf")  # a look would count among the statements that some tests count
    _start_postgres(config)
    _keep_steady()
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.LEDGER_ANCHORS = []  # each run begins with an empty ledger; tests of anchors name folders of their own
    post_migrate.connect(_allow_emptying, dispatch_uid="tinhso.testing")


def _start_postgres(config: pytest.Config) -> None:
    """Quick and not durable; one for each worker, none for the process that only hands out the work."""
    hands_out = not WORKER and config.getoption("numprocesses", None)
    if os.environ.get("DATABASE_URL") or hands_out:
        return
    from tinhso.host.postgres import start_postgres

    start_postgres(HOME.resolve(), durable=False)


@pytest.fixture(autouse=True)
def count_what_hangs_anew() -> None:
    """No test sees the figure that another one left in this process."""
    from tinhso.platform.cases.queries import forget_hanging

    forget_hanging()


def _keep_steady() -> None:
    """No time limit for one example: other work on the machine is no fault; on CI the same examples each time."""
    from hypothesis import settings

    settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
    settings.load_profile("steady")


def _allow_emptying(**_: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("ledger_fact", "ledger_seal"):
            cursor.execute("select to_regclass(%s)", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"drop trigger if exists {table}_never_emptied on {table}")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """A story that imports a module is gone when the module is; within `src` nobody may import another's module."""
    if collection_path.suffix != ".py" or SOURCE in collection_path.parents:
        return None
    return any(not SOURCE.joinpath(*found).exists() for found in IMPORTED.findall(collection_path.read_text())) or None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    What the workers are handed, and in which order: long work first, so that nobody waits at the end.

    Tests that start a whole `tinhso run` go to one worker, one after the other: they kill processes and stop the time, and
    two of them would be in each other's way. A long test goes by itself; the others file by file, for what a file prepares.
    """
    told = {item for item in items if not _is_of_a_missing_module(item)}
    config.hook.pytest_deselected(items=[item for item in items if item not in told])
    items[:] = sorted((item for item in items if item in told), key=_order)
    if WORKER:
        (HOME / GROUPS).write_text(json.dumps({item.nodeid: _group_of(item) for item in items}))


def _group_of(item: pytest.Item) -> str:
    """Tests of one group run on one worker, in order."""
    if _asks_for(item, WHOLE_RUNS):
        return "whole runs"
    if named := item.get_closest_marker("xdist_group"):
        return str(named.args[0])
    return item.nodeid if _is(item, "long") else f"{item.path} {_place_in_line(item)}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Groups as the workers found them; `--dist loadgroup` would read them from test ids, where pytest 9 keeps them out."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return groups().get(nodeid, nodeid)

    groups = cache(lambda: json.loads((COMMON / "gw0" / GROUPS).read_text()))
    config.option.loadscopereorder = False
    return Groups(config, log)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks that follow from what a test asks for: `pytest -m "not long"` runs the short ones."""
    if _asks_for(item, WHOLE_RUNS | LONG) or _is(item, "slow", "journey"):
        item.add_marker(pytest.mark.long)
    if _asks_for(item, {"db", "transactional_db"}) or _is(item, "django_db"):
        item.add_marker(pytest.mark.database)


def _place_in_line(item: pytest.Item) -> int:
    if _asks_for(item, WHOLE_RUNS):
        return 0
    return 1 if _is(item, "long") else 2 if _is(item, "database") else 3


def _order(item: pytest.Item) -> tuple[int, str, bool]:
    """By place in line; of those that share one installation, what clogs its worker comes after the others of its folder."""
    place = _place_in_line(item)
    return place, "" if place else str(item.path.parent), not place and _is(item, "last")


def _asks_for(item: pytest.Item, fixtures: set[str]) -> bool:
    return not fixtures.isdisjoint(getattr(item, "fixturenames", ()))


def _is(item: pytest.Item, *markers: str) -> bool:
    return any(item.get_closest_marker(marker) for marker in markers)


def _is_of_a_missing_module(item: pytest.Item) -> bool:
    from django.apps import apps

    told = {name for mark in item.iter_markers("story_of") for name in mark.args}
    return bool(told - {config.label for config in apps.get_app_configs()})
