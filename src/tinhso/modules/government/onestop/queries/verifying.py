"""The public check of what was issued here: by the code printed on it, or by the file itself; no names of people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from tinhso.modules.government.onestop.adapters import find_sheet
from tinhso.modules.government.onestop.models import CaseDocument, IssuedResult
from tinhso.modules.government.onestop.queries.letters import agency_of
from tinhso.modules.government.onestop.rules.results import Facts, Standing, standing_of, written_day
from tinhso.modules.government.onestop.rules.verifying import Check, Seen, checks_of
from tinhso.platform.cases.queries import get_cases
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.signing.queries import read_number_and_date, verify_pdf
from tinhso.platform.signing.rules import Verdict


@dataclass(frozen=True, slots=True)
class Issued:
    """One paper as anybody may see it: what it is, of which agency, since when, whether it still stands."""

    code: str
    is_result: bool
    name: str
    number: str
    unit_key: str
    unit_name: str
    issued_at: datetime
    standing: Standing
    sha256: str
    case_public_id: str
    signer: str = ""
    is_sealed: bool = False
    valid_to: date | None = None
    withdrawn_at: datetime | None = None
    replaced_by: str = ""
    replaced_by_code: str = ""


def find_by_code(code: str, today: date) -> Issued | None:
    """The letter or result with that code; None when none was issued under it."""
    if result := IssuedResult.objects.select_related("replaced_by").filter(code=code, count__isnull=False).first():
        return issued_result(result, today)
    document = CaseDocument.objects.filter(code=code).first() if code else None
    return _letter(document) if document else None


def find_by_file(digest: str, today: date) -> Issued | None:
    """The letter or result that is this very file; None when no such file was issued."""
    rows = IssuedResult.objects.select_related("replaced_by").filter(file_sha256=digest, count__isnull=False)
    if result := rows.order_by("-id").first():
        return issued_result(result, today)
    document = CaseDocument.objects.filter(sha256=digest).order_by("-revision").first()
    return _letter(document) if document else None


def check_file(pdf: bytes, today: date) -> tuple[Issued | None, list[Check]]:
    """
    What a file is worth: its signatures, whether the register has it, and whether number and day are those of the register.

    Two signatures alone prove nothing about the number: the register row must name the same file, number and day.
    """
    verdict, written = verify_pdf(pdf), read_number_and_date(pdf)
    found = find_by_file(sha256(pdf).hexdigest(), today)
    row = IssuedResult.objects.filter(code=found.code).first() if found and found.is_result else None
    seen = Seen(
        verdict=verdict,
        is_known=found is not None,
        is_letter=found is not None and not found.is_result,
        written=written,
        registered=_registered(row) if row else {},
        needs_seal=bool(row and row.sealed_at),
        same_number=found is None and _has_same_number(verdict, written),
        standing=found.standing if found else "waiting",
    )
    return found, list(checks_of(seen))


def _registered(row: IssuedResult) -> dict[str, str]:
    return {"number": row.number, "date": written_day(row.issued_on) if row.issued_on else ""}


def _has_same_number(verdict: Verdict, written: dict[str, str]) -> bool:
    """Whether the register gave the number on this unknown file to another file of the same agency."""
    units = {each.unit.key for each in verdict.signatures}
    number = written.get("number", "")
    return bool(number) and IssuedResult.objects.filter(unit_key__in=units, number=number).exists()


def issued_result(row: IssuedResult, today: date, unit_name: str = "") -> Issued:
    """A row of the register as anybody may see it; the agency's name is looked up where it is not given."""
    facts = Facts(row.count is not None, row.withdrawn_at is not None, row.valid_to)
    new = row.replaced_by
    return Issued(
        code=row.code, is_result=True, name=row.name, number=row.number, unit_key=row.unit_key,
        unit_name=unit_name or agency_of(row.unit_key, row.signed_at)["name"], issued_at=row.sealed_at or row.signed_at,
        standing=standing_of(facts, today), sha256=row.file_sha256, case_public_id=row.case_public_id,
        signer=", ".join(part for part in (row.signer_title, row.signer_name) if part), is_sealed=row.sealed_at is not None,
        valid_to=row.valid_to, withdrawn_at=row.withdrawn_at, replaced_by=new.number if new else "",
        replaced_by_code=new.code if new else "",
    )  # fmt: skip


def _letter(row: CaseDocument) -> Issued:
    case = get_cases([row.case_public_id])[row.case_public_id]
    sheet = find_sheet(row.kind, row.made_at.astimezone(VIETNAM).date())
    newer = _newer(row)
    return Issued(
        code=row.code or "", is_result=False, name=sheet.name if sheet else row.kind, number=case.code or case.public_id,
        unit_key=case.unit_key, unit_name=agency_of(case.unit_key, row.made_at)["name"], issued_at=row.made_at,
        standing="withdrawn" if row.replaced_at else "in_force", sha256=row.sha256, case_public_id=row.case_public_id,
        withdrawn_at=row.replaced_at, replaced_by_code=next(newer, ""),
    )  # fmt: skip


def _newer(row: CaseDocument) -> Iterator[str]:
    same = CaseDocument.objects.filter(case_public_id=row.case_public_id, kind=row.kind, fact_id=row.fact_id)
    newer = same.filter(revision__gt=row.revision).order_by("revision")
    yield from (code for code in newer.values_list("code", flat=True) if code)
