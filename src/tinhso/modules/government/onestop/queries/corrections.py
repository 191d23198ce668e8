"""What a correction corrects: the dossier whose result was wrong, why, and what stands in it now."""

from dataclasses import replace
from typing import Any, Final

from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.platform.cases import queries as cases

KIND: Final = "correction"
PROCEDURE: Final = "result_correction"
REASON, CHANGED = "correction_reason", "corrected"


def is_correction(case: cases.CaseView) -> bool:
    """Whether the case corrects a result of another one."""
    return case.procedure.kind == KIND


def origin_of(case: cases.CaseView) -> cases.CaseView:
    """The dossier that a result belongs to, with its answers as the correction changes them; of any other case, itself."""
    if not is_correction(case):
        return case
    origin = cases.find_parent(case)
    assert origin is not None
    changed: dict[str, Any] = dict(case.data.get(CHANGED, {}))
    return replace(origin, data={**origin.data, **changed})


def reason_of(case: cases.CaseView) -> str:
    """Why the result is corrected, as the public check tells it; empty for a first result."""
    return str(case.data.get(REASON, "")) if is_correction(case) else ""


def find_in_force(case_public_id: str) -> IssuedResult | None:
    """The result of that dossier that is in force, or None."""
    rows = IssuedResult.objects.filter(case_public_id=case_public_id, withdrawn_at=None, count__isnull=False)
    return rows.order_by("-revision").first()


def replaced_by(case: cases.CaseView) -> str:
    """The result that a correction stands for, in words: "số 1/2026, ngày 23/11/2026"; empty for a first result."""
    if not is_correction(case):
        return ""
    parent = cases.find_parent(case)
    old = find_in_force(parent.public_id) if parent else None
    return f"{old.name} số {old.number}, ngày {old.issued_on:%d/%m/%Y}" if old and old.issued_on else ""
