"""Results that packs tell of, kept as figures; what a pack says anew stands beside what it said before, withdrawn."""

from datetime import datetime

from django.db import transaction

from tinhso.modules.insight.plans import facts
from tinhso.modules.insight.plans.actions.entering import withdraw
from tinhso.modules.insight.plans.actions.writing import new_id, quantity_of, tell
from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.rules.definitions import Definitions, Result
from tinhso.modules.insight.plans.rules.drafts import source_key
from tinhso.modules.insight.plans.rules.periods import read_period
from tinhso.platform.people.rules import SYSTEM

TRIAL = "trial"
MENDED, GONE = "Gói dữ liệu đã sửa số này.", "Gói dữ liệu không còn số này."


@transaction.atomic
def load_results(*, definitions: Definitions, now: datetime) -> int:
    """
    Bring the figures of packs in line with what they say; safe to repeat. How many were new or mended.

    Figures of a text that is not among these stay: its pack is only not chosen now.
    """
    results = {one.code: one for text in definitions.resolutions.values() for one in text.results}
    trials = {one.code for text in definitions.resolutions.values() if text.kind == TRIAL for one in text.results}
    held = {row.seed_code: row for row in Figure.objects.exclude(seed_code="").filter(withdrawn_at=None)}
    for code, row in held.items():
        if code not in results and code.partition(".")[0] in definitions.resolutions:
            withdraw(row, GONE, actor=SYSTEM, now=now)
    fresh = 0
    for code, result in results.items():
        before = held.get(code)
        if before and _says(before) == _told(result):
            continue
        if before:
            withdraw(before, MENDED, actor=SYSTEM, now=now)
        made = _row(result, now)
        made.origin = Figure.TRIAL if code in trials else Figure.PACK
        made.save()
        tell(facts.FIGURE_ENTERED, made, actor=SYSTEM, now=now)
        fresh += 1
    return fresh


def _says(row: Figure) -> tuple[object, ...]:
    return (
        quantity_of(row), row.period, row.unit_key, row.source_title, row.publisher, row.source_address, row.method,
        row.announced_on, row.basis, row.quote, row.note,
    )  # fmt: skip


def _told(result: Result) -> tuple[object, ...]:
    told = result.told
    return (
        result.quantity, result.period, result.unit_key, told.title, told.publisher, told.address, told.method,
        told.announced_on, result.basis, result.quote, result.note,
    )  # fmt: skip


def _row(result: Result, now: datetime) -> Figure:
    told = result.told
    return Figure(
        public_id=new_id(),
        measure=result.measure,
        unit_key=result.unit_key,
        level=result.level,
        period=result.period,
        as_of_on=read_period(result.period).last,
        comparator=result.quantity.comparator,
        low=result.quantity.low,
        high=result.quantity.high,
        source_key=source_key(told.publisher),
        source_title=told.title,
        publisher=told.publisher,
        source_address=told.address,
        method=told.method,
        announced_on=told.announced_on,
        basis=result.basis,
        quote=result.quote,
        note=result.note,
        seed_code=result.code,
        entered_by=SYSTEM.code,
        entered_at=now,
    )
