"""The register of results: a result enters it when its leader has signed, gets its number once, and is withdrawn when corrected."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from tinhso.modules.government.onestop.adapters import Series
from tinhso.modules.government.onestop.facts import RESULT_WITHDRAWN
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.rules.letters import ALPHABET, SIGNS
from tinhso.modules.government.onestop.rules.results import months_after
from tinhso.platform.cases.actions import attach_result
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

NEXT_NUMBER: Final = """
insert into onestop_resultcounter as c (unit_key, series, year, last) values (%s, %s, %s, 1)
on conflict (unit_key, series, year) do update set last = c.last + 1 returning last
"""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a register as it was given: in which series, the how-manieth of which year, as written."""

    series: Series
    year: int
    count: int

    @property
    def text(self) -> str:
        """As it stands on the paper."""
        return self.series.number(self.count, self.year)


@dataclass(frozen=True, slots=True)
class Signed:
    """A file that a leader signed: whose case it is for, in which case it was signed, under which code it is checked."""

    origin: CaseView
    signed_in: CaseView
    code: str
    sha256: str
    title: str


def new_code() -> str:
    """A code for the public check of a result; cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))


def next_number(unit_key: str, series: Series, now: datetime) -> Number:
    """The next number of the year; its row stays locked until the transaction ends, so none is lost or given twice."""
    year = now.astimezone(VIETNAM).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [unit_key, series.code, year])
        return Number(series, year, cursor.fetchone()[0])


def enter_signed(*, signed: Signed, series: Series, actor: Actor, now: datetime) -> IssuedResult:
    """Enter a result that its leader has just signed, without a number; one that came back from the clerk is replaced."""
    case, result = signed.origin, signed.origin.procedure.result
    assert result is not None
    rows = IssuedResult.objects.filter(case_public_id=case.public_id).order_by("-revision")
    last = rows.select_for_update().first()
    waiting = last if last and last.count is None else None
    values = {
        "code": signed.code, "signed_in": signed.signed_in.public_id, "holder_code": case.applicant_code,
        "result_code": result.code, "name": result.name.vi, "unit_key": case.unit_key, "series": series.code,
        "file_sha256": signed.sha256, "signed_by": actor.code, "signer_name": actor.name, "signer_title": signed.title[:160],
        "signed_at": now,
    }  # fmt: skip
    if waiting:
        IssuedResult.objects.filter(pk=waiting.pk).update(**values)
        return IssuedResult.objects.get(pk=waiting.pk)
    revision = last.revision + 1 if last else 1
    return IssuedResult.objects.create(case_public_id=case.public_id, revision=revision, **values)


def put_in_force(
    *, row: IssuedResult, number: Number, reason: str = "", actor: Actor, now: datetime
) -> IssuedResult:  # fmt: skip
    """
    Give a signed result its number and day, attach it to its case, and withdraw what it replaces, with the reason.

    :param row: with the file and, where it was sealed, who sealed it; unsaved changes of it are saved
    """
    day = now.astimezone(VIETNAM).date()
    row.year, row.count, row.number, row.issued_on = number.year, number.count, number.text, day
    row.valid_to = valid_to(number.series, day)
    row.save()
    attach(row, actor, now)
    for old in IssuedResult.objects.filter(case_public_id=row.case_public_id, withdrawn_at=None).exclude(pk=row.pk):
        _withdraw(old, row, reason, actor, now)
    return row


def valid_to(series: Series, issued_on: date) -> date | None:
    """The last day on which the result holds; None when it always does."""
    return months_after(issued_on, series.valid_months) if series.valid_months else None


def attach(row: IssuedResult, actor: Actor, now: datetime) -> None:
    """Attach the result to its case as it stands now, signed by whoever signed it."""
    told = {
        "code": row.result_code, "name": row.name, "number": row.number, "file_sha256": row.file_sha256,
        "signer_name": row.signer_name, "signed_by": row.signed_by, "signed_at": row.signed_at,
    }  # fmt: skip
    attach_result(public_id=row.case_public_id, result=told, actor=actor, now=now)


def _withdraw(old: IssuedResult, new: IssuedResult, reason: str, actor: Actor, now: datetime) -> None:
    old.withdrawn_at, old.withdrawn_reason, old.replaced_by = now, reason[:500], new
    old.save(update_fields=["withdrawn_at", "withdrawn_reason", "replaced_by"])
    body = {
        "number": old.number, "revision": old.revision, "sha256": old.file_sha256,
        "replaced_by": new.number, "new_revision": new.revision,
    }  # fmt: skip
    record_fact(
        kind=RESULT_WITHDRAWN, subject=old.case_public_id, unit_key=old.unit_key, body=body, actor=actor, now=now
    )
