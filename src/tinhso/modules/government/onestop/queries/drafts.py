"""What a leader is about to sign: the step that signs, and the document as it would be, not yet signed."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.kernel.flow import NotAllowed, Step
from tinhso.modules.government.onestop.adapters import find_result, find_series, get_sheet
from tinhso.modules.government.onestop.queries import letters
from tinhso.modules.government.onestop.queries.corrections import origin_of
from tinhso.modules.government.onestop.rules import way_of
from tinhso.platform.cases.queries import CaseView, get_remarks, list_steps_open_to
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.adapters import render_document
from tinhso.platform.people.rules import Actor
from tinhso.platform.signing.queries import lines_above_signature

DRAFT = "(dự thảo)"


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells one result from another: number (empty where the clerk writes it later), code, what it replaces."""

    number: str = DRAFT
    code: str = ""
    replaces: str = ""


A_DRAFT = Marks()


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


def authority_lines(actor: Actor, case: CaseView, in_the_name_of: str = "") -> tuple[str, ...]:
    """
    The lines above the actor's signature for the case's unit: as its head, KT., TL., or by a delegation TUQ.

    The title is that of the leader's post; a post without one signs as the head of that kind of unit.
    """
    return lines_above_signature(
        actor, case.unit_key, procedure_code=case.procedure.code, in_the_name_of=in_the_name_of
    )


def draw_result(case: CaseView, actor: Actor, now: datetime, *, marks: Marks = A_DRAFT) -> bytes:
    """
    The result as PDF, as it will be signed; without `marks` it says that it is a draft.

    :raises NoTemplate: the packs have no template of the result
    :raises DocumentError: the template asks for what the case does not have
    """
    case = origin_of(case)
    template = find_result(case.procedure.result.template if case.procedure.result else "")
    lines = authority_lines(actor, case, find_series(template.stem).in_the_name_of)
    signing = letters.Signing(marks.number, actor.name, lines, now, marks.code, marks.replaces)
    return render_document(template, letters.fields_of_result(case, signing), now=now)


def draw_refusal(case: CaseView, actor: Actor, now: datetime, *, code: str = "") -> bytes:
    """The refusal as PDF with the reasons that were proposed last. :raises NoTemplate: there is no such form"""
    remarks = [each for each in get_remarks(case.case_id).values() if each.answers.get("reasons")]
    answers = max(remarks, key=lambda each: each.revision).answers if remarks else {}
    fields = letters.fields_of_refusal(case, letters.Occasion(now, actor.name, answers))
    fields |= {"signer": {"lines": list(authority_lines(actor, case)), "name": actor.name}}
    sheet = get_sheet("refusal", now.astimezone(VIETNAM).date())
    if code:
        fields |= letters.printed(sheet, code)
    return render_document(sheet.path, fields | {"form": sheet.as_fields()}, now=now)
