"""Cases that went from one unit to another: where to, when, why, and where they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from tinhso.kernel.flow import Procedure, State
from tinhso.platform.cases.queries.procedures import get_procedure

SHOWN = 50
TRANSFERS = """
select c.public_id, c.code, c.procedure_code, c.procedure_version, c.state, t.from_unit, t.to_unit, t.moved_at, t.moved_by,
    coalesce(r.answers ->> 'reasons', ''), c.closed_at
from (
    select * from (select * from cases_transfer where from_unit = any(%(units)s) order by id desc limit %(limit)s) gone
    union
    select * from (select * from cases_transfer where to_unit = any(%(units)s) order by id desc limit %(limit)s) come
) t join cases_case c on c.id = t.case_id
left join cases_remark r on r.case_id = t.case_id and r.written_at = t.moved_at and r.answers ? 'unit'
order by t.id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One hand-over of a case between units, and where the case stands now; no name of its applicant."""

    public_id: str
    code: str | None
    procedure: Procedure
    state: State
    from_unit: str
    to_unit: str
    moved_at: datetime
    moved_by: str
    reasons: str
    closed_at: datetime | None


def list_transfers(unit_keys: Sequence[str], *, limit: int = SHOWN) -> list[Transfer]:
    """The last cases that left or came to these units, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(TRANSFERS, {"units": list(unit_keys), "limit": limit})
        rows = cursor.fetchall()
    return [_transfer(row) for row in rows]


def _transfer(row: tuple[Any, ...]) -> Transfer:
    public_id, code, procedure_code, version, state, *rest = row
    procedure = get_procedure(procedure_code, version)
    return Transfer(public_id, code, procedure, procedure.state(state), *rest)
