"""The cases behind a figure, from the same text and the same files as the figure itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinhso.modules.insight.indicators.adapters import duck, postgres
from tinhso.modules.insight.indicators.queries.board import NoIndicator
from tinhso.modules.insight.indicators.queries.warehouse import definition_of, read_steadily
from tinhso.modules.insight.indicators.rules import VIETNAM, Manifest, Period, Which
from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.cases.queries import get_procedure

PAGE = 50


@dataclass(frozen=True, slots=True)
class DrilledCase:
    """One case behind a figure, without anything that tells whose it is; `value` as the indicator counted it."""

    public_id: str
    code: str
    value: int
    unit_key: str
    procedure_name: Any
    filed_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class DrillPage:
    """Some of the cases; `after` continues the list, None at its end."""

    rows: tuple[DrilledCase, ...]
    after: tuple[int, int, str] | None


class Closed(LookupError):
    """The indicator's cases stay unknown: those who answered were promised so."""


def list_drilled(
    code: str,
    units: Collection[str],
    period: Period,
    which: Which,
    after: tuple[int, int, str] | None = None,
) -> DrillPage:
    """
    A page of the cases that an indicator counted for those units: all, those in its numerator, or those that failed it.

    The latest against their day stand first (of durations the longest), then the oldest.

    :param units: keys of the very units, without those below
    :raises NoIndicator: there is no such indicator
    :raises Closed: its card says `drill: none`
    """

    def read(manifest: Manifest) -> list[duck.Listed]:
        run = manifest.run_of(code)
        if run is None:
            raise NoIndicator(code)
        definition = definition_of(run)
        if definition.card.drill == "none":
            raise Closed(code)
        asked = duck.Asked(period, sorted(units), which, after, PAGE + 1)
        with duck.opened(manifest) as warehouse:
            return duck.list_counted(warehouse, definition, asked)

    rows = read_steadily(read)
    shown = rows[:PAGE]
    codes = postgres.dossier_codes([row.public_id for row in shown])
    last = (shown[-1].rank, shown[-1].since, shown[-1].public_id) if len(rows) > PAGE else None
    return DrillPage(tuple(_case(row, codes.get(row.public_id, "")) for row in shown), last)


def _case(row: duck.Listed, code: str) -> DrilledCase:
    return DrilledCase(
        public_id=row.public_id,
        code=code,
        value=row.value,
        unit_key=row.unit,
        procedure_name=_procedure_name(row),
        filed_at=_aware(row.filed_at),
        accepted_at=_aware(row.accepted_at),
        due_at=_aware(row.due_at),
        resolved_at=_aware(row.resolved_at),
    )


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=VIETNAM) if moment else None


def _procedure_name(row: duck.Listed) -> Any:
    if row.procedure_code is None or row.procedure_version is None:
        return ""
    try:
        return get_procedure(row.procedure_code, row.procedure_version).name
    except ProcedureVersion.DoesNotExist:
        return row.procedure_code
