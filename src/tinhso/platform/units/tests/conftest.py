"""The units and calendars of the shipped packs, loaded once for all tests of this module."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tinhso.kernel.packs import read_packs
from tinhso.platform.units import actions
from tinhso.platform.units.queries import forget_units

PACKS = Path(__file__).resolve().parents[5] / "packs"
FOLDERS = [PACKS / "national", PACKS / "lang-son"]
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loader:
    """The one who loads packs in these tests."""

    code: str = "system"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Everything the packs hold; taken out again after the module's last test."""
    from django.db import transaction

    packs = read_packs(PACKS, ["lang-son"])
    with django_db_blocker.unblock(), transaction.atomic():
        first = actions.load_units(folders=FOLDERS, actor=Loader(), now=NOW)
        actions.load_calendars(tables=packs.calendars, holidays=packs.holidays, actor=Loader(), now=NOW)
        yield first
        transaction.set_rollback(True)
    forget_units()
