"""The control slip of one dossier, gathered for the page and for the printed form."""

from datetime import datetime
from typing import Any

from django.utils import translation

from tinhso.modules.government.onestop.adapters import Sheet
from tinhso.modules.government.onestop.queries import letters
from tinhso.modules.government.onestop.rules.filling import local_iso
from tinhso.modules.government.onestop.rules.slips import Course, Line, outcome_of, tell_slip
from tinhso.platform.cases import queries as cases
from tinhso.platform.files.adapters import qr_svg
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.queries import get_names, get_role_names


def slip_of(case: cases.CaseView, now: datetime) -> list[Line]:
    """Each hand-over of the dossier, in order."""
    facts, held = list_facts(case.public_id), cases.list_held(case.case_id)
    codes = {fact.actor_code for fact in facts} | {each.closed_by for each in held if each.closed_by}
    course = Course(
        case.procedure, facts, held, list(cases.get_remarks(case.case_id).values()), get_names(codes),
        get_role_names(), case.applicant_name, now,
    )  # fmt: skip
    return tell_slip(course)


def fields_of_slip(case: cases.CaseView, sheet: Sheet, now: datetime) -> dict[str, Any]:
    """What the printed slip reads; it is drawn anew each time, so its QR code leads to the dossier."""
    with translation.override("vi"):  # an official paper, whoever prints it
        return letters.common_fields(case, letters.Occasion(now, "", {})) | _own_fields(case, sheet, now)


def _own_fields(case: cases.CaseView, sheet: Sheet, now: datetime) -> dict[str, Any]:
    return {
        "form": sheet.as_fields(),
        "received_at": local_iso(case.accepted_at),
        "due_at": local_iso(case.due_at),
        "resolved_at": local_iso(case.resolved_at),
        "outcome": outcome_of(case.due_at, case.resolved_at),
        "qr": qr_svg(letters.tracking_address(case.public_id)),
        "steps": [
            {
                "giver": line.giver, "taker": line.taker, "what": line.what, "at": local_iso(line.at),
                "due_at": local_iso(line.due_at), "done_at": local_iso(line.done_at), "standing": line.standing, "why": line.why,
            }
            for line in slip_of(case, now)
        ],
    }  # fmt: skip
