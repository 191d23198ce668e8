"""A published quarter lived through by the real actions: one process, one database of its own."""
# ruff: noqa: E402 - Django reads its settings first

import os
import time

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
from tinhso.platform.cases.models import Case
from tinhso.platform.clock import now


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
