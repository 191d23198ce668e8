"""What a correction corrects: the dossier whose result was wrong, why, and what stands in it now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tinhso.kernel.flow import REOPEN
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.adapters import find_result, read_filling
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.rules.filling import fields_taken
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.forms.queries import find_form_on

KIND: Final = "correction"
PROCEDURE: Final = "result_correction"
DONE: Final = "corrected"
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


def find_parent(case: cases.CaseView) -> cases.CaseView | None:
    """The dossier that a correction belongs to, as it was filed; None for any other case."""
    return cases.find_parent(case) if is_correction(case) else None


def reason_of(case: cases.CaseView) -> str:
    """Why the result is corrected, or was issued anew after a reopening, as its holder reads it; empty for a first one."""
    if is_correction(case):
        return str(case.data.get(REASON, ""))
    reopening = {step.act for step in case.procedure.steps if REOPEN in step.effects}
    said = [each for each in cases.get_remarks(case.case_id).values() if each.act in reopening]
    return str(max(said, key=lambda each: each.revision).answers.get("reasons", "")) if said else ""


def find_in_force(case_public_id: str) -> IssuedResult | None:
    """The result of that dossier that is in force, or None."""
    rows = IssuedResult.objects.filter(case_public_id=case_public_id, withdrawn_at=None, count__isnull=False)
    return rows.order_by("-revision").first()


def list_corrections(case: cases.CaseView) -> list[cases.CaseView]:
    """The corrections of that dossier's results, in the order they were proposed."""
    return [each for each in cases.list_sub_cases(case.case_id) if is_correction(each)]


def find_open(case: cases.CaseView) -> cases.CaseView | None:
    """The correction of that dossier that is under way, or None."""
    return next((each for each in list_corrections(case) if each.closed_at is None), None)


def changes_in_force(case: cases.CaseView) -> dict[str, Any]:
    """What the last finished correction changed, against what was filed."""
    done = [each for each in list_corrections(case) if each.state.code == DONE]
    return dict(done[-1].data.get(CHANGED, {})) if done else {}


def answers_in_force(case: cases.CaseView) -> Mapping[str, Any]:
    """The answers that stand in the result in force."""
    return {**case.data, **changes_in_force(case)}


def form_of(case: cases.CaseView) -> Form | None:
    """The form the dossier was filed with, or None."""
    return find_form_on(case.procedure.form, case.filed_at.astimezone(VIETNAM).date()) if case.procedure.form else None


def fields_in_result(case: cases.CaseView) -> frozenset[str]:
    """The answers of the form that the dossier's result prints; only these can be corrected."""
    return fields_taken(read_filling(find_result(case.procedure.result.template if case.procedure.result else "")))


def replaced_by(case: cases.CaseView) -> str:
    """The result that a new one stands for, in words: "số 1/2026, ngày 23/11/2026"; empty for a first result."""
    holder = cases.find_parent(case) if is_correction(case) else case
    old = find_in_force(holder.public_id) if holder else None
    return f"{old.name} số {old.number}, ngày {old.issued_on:%d/%m/%Y}" if old and old.issued_on else ""
