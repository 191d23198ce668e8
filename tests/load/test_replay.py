"""A quarter that was lived through: as many dossiers as were published, and the share on time derived from them."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models import F

from tinhso.kernel.packs import Packs, read_packs
from tinhso.modules.government.onestop.actions.simulation import AlreadyLived, simulate
from tinhso.modules.government.onestop.adapters.simulations import read_table
from tinhso.modules.government.onestop.rules.simulation import Profile, read_profile
from tinhso.modules.insight.indicators import actions as insight
from tinhso.modules.insight.indicators.queries.board import read_board
from tinhso.modules.insight.indicators.rules import Period
from tinhso.platform.cases.models import Case, WorkItem
from tinhso.platform.cases.queries import forget_procedures, list_hanging
from tinhso.platform.clock import now
from tinhso.platform.ledger.actions import seal_facts
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account, Sight
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.units.queries.keeping import forget_units

QUARTER = Period(date(2022, 1, 1), date(2022, 3, 1))
LATE = 21
GIA_LAI, START = "64@2008-08-01", datetime(2022, 1, 1, tzinfo=UTC)


def quietly(_step: str, _done: int, _total: int) -> None:
    return


@pytest.fixture
def packs(db, settings, tmp_path) -> Iterator[Packs]:
    """The packs of Gia Lai before 2025-07-01, and a warehouse of the test's own."""
    settings.WAREHOUSE_ROOT = tmp_path / "warehouse"
    cache.clear()
    forget_units()
    settings.PACKS = ["gia-lai"]
    found = read_packs(settings.PACKS_ROOT, ["gia-lai"])
    for label in ("units", "people", "forms", "cases", "indicators", "plans", "boards"):
        apps.get_app_config(label).load_packs(found, now())
    yield found
    forget_units()
    forget_procedures()


@pytest.fixture
def profile() -> Profile:
    """The published profile, small enough for a test."""
    whole = read_profile(read_table("gia-lai-2022q1"))
    return replace(whole, received=600, on_time_percent=Decimal("96.5"))


def test_the_published_quarter_has_this_many_dossiers_and_this_many_of_them_late() -> None:
    profile = read_profile(read_table("gia-lai-2022q1"))

    assert (profile.received, profile.late) == (95_289, 991)
    assert round(Decimal(95_289 - 991) * 100 / 95_289, 2) == Decimal("98.96")


@pytest.mark.usefixtures("packs")
def test_a_quarter_is_lived_through_once_nothing_is_left_open_and_its_figure_is_derived(profile: Profile) -> None:
    assert simulate(profile=profile, progress=quietly) == profile.received

    assert not Case.objects.filter(closed_at=None).exists()
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert list_hanging(now()) == []
    assert Fact.objects.filter(kind__startswith="cases.dossier.").count() == 5 * profile.received
    assert Case.objects.values("code").distinct().count() == profile.received
    late = Case.objects.filter(resolved_at__gt=F("due_at")).count()
    assert (Case.objects.count(), late) == (600, LATE)
    seal_facts(now=now())
    insight.refresh_warehouse(now=now())
    found = read_board().figure("on_time_rate", "", QUARTER)
    assert (found.numerator, found.denominator) == (600 - LATE, 600)
    with pytest.raises(AlreadyLived, match="đã chạy ở đây rồi"):
        simulate(profile=profile, progress=quietly)


@pytest.mark.usefixtures("packs")
def test_on_the_board_what_is_derived_stands_beside_what_was_announced_and_opens_to_the_records(profile, client):
    simulate(profile=profile, progress=quietly)
    seal_facts(now=now())
    insight.refresh_warehouse(now=now())
    made = people.register_officer(name="Rơ Châm", sign_in_name="ro-cham", unit_key=GIA_LAI, password="", actor=SYSTEM, now=START)  # fmt: skip
    people.appoint(officer_code=made.code, unit_key=GIA_LAI, role="leader", valid_from=START, actor=SYSTEM, now=START)
    client.force_login(Account.objects.get(code=made.code), "django.contrib.auth.backends.ModelBackend")

    board = client.get("/board/gia_lai_2022q1/").content.decode()

    assert "579 trên 600" in board
    for announced in ("95.289 hồ sơ", "98,96%", "&gt; 400.345 lượt", "≈ 97%"):
        assert announced in board
    address = html.unescape(re.search(r'href="(/indicators/on_time_rate/cases/[^"]+)"', board)[1])
    late = client.get(f"{address}&which=failed").content.decode()
    assert late.count("/work/cases/TS-") >= LATE
    opened = re.search(r'href="(/work/cases/TS-[^"]+)"', late)[1]
    assert client.get(opened).status_code == 200
    assert Sight.objects.filter(who_code=made.code).exists()
