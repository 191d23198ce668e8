"""Correcting a result that was issued with a mistake: a case of its own, which a leader signs and the clerk seals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.modules.government.onestop.queries import corrections
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.actions import Filing, open_case
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.forms import rules as forms
from tinhso.platform.people.rules import HANDLER, LEADER, Actor

LONGEST_REASON = 500


class CannotCorrect(Exception):
    """A result cannot be corrected so; `vi` and `en` say why, `problems` name fields of the form."""

    def __init__(self, vi: str, en: str, problems: tuple[forms.Problem, ...] = ()) -> None:
        self.vi, self.en, self.problems = vi, en, problems
        super().__init__(vi)


@transaction.atomic
def open_correction(*, public_id: str, reason: str, answers: Mapping[str, Any], actor: Actor, now: datetime) -> str:
    """
    Propose the correction of the result in force of a dossier, and return the id of the case that carries it.

    The result stays in force until the corrected one is signed, numbered and sealed; then it is withdrawn.

    :param answers: the answers of the dossier's form that are to stand in the result, as they are kept
    :raises CannotCorrect: no reason, nothing changed, wrong answers, no result in force, one is under way, or the actor
        neither handles nor leads at the dossier's unit
    """
    Case.objects.select_for_update().get(public_id=public_id)  # two windows open one correction, not two
    case = cases.get_case(public_id)
    if not {HANDLER, LEADER} & actor.roles_in(case.unit_key, case.procedure.code):
        raise CannotCorrect(
            "Chỉ công chức giải quyết hoặc lãnh đạo của đơn vị đề nghị sửa được.",
            "Only an officer who handles or leads at the unit can propose a correction.",
        )
    if corrections.find_in_force(public_id) is None:
        raise CannotCorrect("Hồ sơ không có kết quả nào đang có hiệu lực.", "The dossier has no result in force.")
    if corrections.find_open(case) is not None:
        raise CannotCorrect("Đã có một bản sửa đang chờ ký.", "A correction is under way already.")
    if not reason.strip():
        raise CannotCorrect("Hãy ghi lý do sửa.", "Say why it is corrected.")
    changed = _changed(case, answers)
    filing = Filing(
        procedure=cases.procedure_on(corrections.PROCEDURE, now.astimezone(VIETNAM).date()),
        unit_key=case.unit_key,
        applicant_name=case.applicant_name,
        title=case.title,
        data={corrections.CHANGED: changed, corrections.REASON: reason.strip()[:LONGEST_REASON]},
        channel="internal",
        parent_id=case.case_id,
    )
    return open_case(filing=filing, actor=actor, now=now).public_id


def _changed(case: cases.CaseView, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What stands differently in the result from what was filed, earlier corrections included. :raises CannotCorrect: …"""
    form, stands = corrections.form_of(case), corrections.answers_in_force(case)
    if form is None:
        raise CannotCorrect("Thủ tục này không có tờ khai để sửa.", "This procedure has no form to correct.")
    outcome = forms.validate(form, {**stands, **answers}, on=case.filed_at.astimezone(VIETNAM).date())
    if wrong := tuple(each for each in outcome.problems if each.field in answers):
        raise CannotCorrect("Hãy sửa những chỗ ghi sai.", "Mend what is wrong.", wrong)
    if all(outcome.answers.get(name) == stands.get(name) for name in answers):
        raise CannotCorrect("Chưa có gì được sửa.", "Nothing was changed.")
    new = {name: outcome.answers.get(name) for name in answers if outcome.answers.get(name) != case.data.get(name)}
    return {**corrections.changes_in_force(case), **new}
