"""A published quarter lived through by the real actions: one process, one database of its own."""
# ruff: noqa: E402 - Django reads its settings first

import os
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")

import django

django.setup()

from django.conf import settings
from django.db.models import F

from tinhso.host import preparation
from tinhso.kernel.packs import read_packs
from tinhso.modules.government.onestop.actions.simulation import simulate
from tinhso.modules.government.onestop.adapters.simulations import read_table
from tinhso.modules.government.onestop.rules.simulation import read_profile
from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.rules import read_period
from tinhso.platform.cases.models import Case
from tinhso.platform.clock import now
from tinhso.platform.ledger.actions import record_fact, seal_facts
from tinhso.platform.people.rules import SYSTEM


def prepare(crowd: int) -> None:
    """Tables and the packs of the profile."""
    preparation.migrate()
    packs = read_packs(settings.PACKS_ROOT, ["gia-lai"])
    for capability in preparation.capabilities():
        capability.load_packs(packs, now())


def live(code: str) -> dict[str, float]:
    """Live through the profile; seconds, and what the records say afterwards."""
    begun = time.perf_counter()
    simulate(profile=read_profile(read_table(code)), progress=lambda _step, _done, _total: None)
    seconds = time.perf_counter() - begun
    on_time = Case.objects.filter(resolved_at__lte=F("due_at")).count()
    return {"seconds": seconds, "received": Case.objects.count(), "on_time": on_time}


def refresh() -> dict[str, float]:
    """Seconds that the warehouse takes from nothing, and again after an act in the busiest month; what the board then says."""
    seal_facts(now=now())
    made = _timed(lambda: actions.rebuild_warehouse(now=now()))
    busiest = Case.objects.order_by("filed_at").last()
    record_fact(
        kind="cases.dossier.noted", subject=busiest.public_id, unit_key=busiest.unit_key, body={}, actor=SYSTEM, now=busiest.filed_at
    )  # fmt: skip
    again = _timed(lambda: actions.refresh_warehouse(now=now()))
    figure = queries.read_board().figure("on_time_rate", "", read_period("2022"), public=True)
    return {"made": made, "again": again, "share": float(figure.shown)}


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun
