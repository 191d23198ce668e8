"""A pytest plugin: the tests' own home and embedded PostgreSQL, quick and not durable, before Django reads its settings."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("TINHSO_HOME", str(Path(__file__).resolve().parents[3] / "var" / "test"))
os.environ.setdefault("TINHSO_DEMO", "1")
Path(os.environ["TINHSO_HOME"], "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is missing
if not os.environ.get("DATABASE_URL"):
    from tinhso.host.home import home_folder
    from tinhso.host.postgres import start_postgres

    start_postgres(home_folder(), durable=False)


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


def pytest_configure() -> None:
    """Static files under their plain names; Django may empty the ledger between tests that commit, not more."""
    from django.conf import settings
    from django.db.models.signals import post_migrate

    _keep_steady()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

    from tinhso.platform.units.queries import keeping

    keeping.watch.next_look = float("inf")  # a look would count among the statements that some tests count
    settings.LEDGER_ANCHORS = []  # each run begins with an empty ledger; tests of anchors name folders of their own
    post_migrate.connect(_allow_emptying, dispatch_uid="tinhso.testing")


def _allow_emptying(**_: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("ledger_fact", "ledger_seal"):
            cursor.execute("select to_regclass(%s)", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"drop trigger if exists {table}_never_emptied on {table}")
