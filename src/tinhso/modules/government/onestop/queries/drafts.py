"""What a leader is about to sign: the step that signs, and the document as it would be, not yet signed."""

from datetime import datetime

from tinhso.kernel.flow import NotAllowed, Step
from tinhso.modules.government.onestop.adapters import find_form, find_result
from tinhso.modules.government.onestop.queries import letters
from tinhso.modules.government.onestop.rules import way_of
from tinhso.platform.cases.queries import CaseView, get_remarks, list_steps_open_to
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.adapters import render_document
from tinhso.platform.people.rules import LEADER, Actor, acts_for

DRAFT = "(dự thảo)"
HEAD, BY_DELEGATION = "Chủ tịch", "TUQ. Chủ tịch"


def signing_step(case: CaseView, actor: Actor) -> Step:
    """
    The step by which this actor signs what the case awaits.

    :raises NotAllowed: nothing awaits this actor's signature; carries the acts that are open
    """
    steps = [each.step for each in list_steps_open_to(case, actor)]
    for step in steps:
        if way_of(step) in {"result", "refusal"}:
            return step
    raise NotAllowed(case.procedure, case.state.code, "sign", tuple(steps))


def title_of(actor: Actor, case: CaseView) -> str:
    """In what capacity the actor signs for the unit: as its head, or by a delegation."""
    return BY_DELEGATION if acts_for(actor, LEADER, case.unit_key, case.procedure.code) else HEAD


def draw_result(case: CaseView, actor: Actor, now: datetime, *, number: str = DRAFT) -> bytes:
    """
    The result as PDF, as it will be signed; without a number it says that it is a draft.

    :raises NoTemplate: the packs have no template of the result
    :raises DocumentError: the template asks for what the case does not have
    """
    fields = letters.fields_of_result(case, letters.Signing(number, actor.name, title_of(actor, case), now))
    template = find_result(case.procedure.result.template if case.procedure.result else "")
    return render_document(template, fields, now=now)


def draw_refusal(case: CaseView, actor: Actor, now: datetime) -> bytes:
    """The refusal as PDF with the reasons that were proposed last. :raises NoTemplate: there is no such form"""
    remarks = [each for each in get_remarks(case.case_id).values() if each.answers.get("reasons")]
    answers = max(remarks, key=lambda each: each.revision).answers if remarks else {}
    fields = letters.fields_of_refusal(case, letters.Occasion(now, actor.name, answers))
    return render_document(find_form("refusal", now.astimezone(VIETNAM).date()), fields, now=now)
