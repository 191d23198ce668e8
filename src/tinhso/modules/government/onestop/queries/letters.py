"""What stands in the documents of a case: receipt, request for papers, refusal, result; gathered for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.fees import Occasion as Charged
from tinhso.kernel.fees import assess
from tinhso.kernel.money import format_dong
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.adapters import read_filling
from tinhso.modules.government.onestop.adapters.templates import find_result
from tinhso.modules.government.onestop.rules import papers_asked
from tinhso.modules.government.onestop.rules.filling import (
    Answers,
    deadline_in_words,
    fill,
    handed_in,
    local_iso,
)
from tinhso.platform.cases.queries import CaseView, list_papers
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.adapters import qr_svg
from tinhso.platform.forms.queries import find_form_on
from tinhso.platform.forms.rules import answer_texts
from tinhso.platform.people.queries import find_person
from tinhso.platform.units import queries as units

DESK = "Bộ phận một cửa"
FREE = "Không thu"
WAYS = "tại trang trong mã QR, hoặc tại quầy"
ADVICE = "nộp hồ sơ mới khi đã khắc phục các lý do trên; những gì đã khai vẫn còn trên cổng."
COMPLAINT = "Không đồng ý với việc này, ông (bà) có quyền khiếu nại theo quy định của pháp luật."


@dataclass(frozen=True, slots=True)
class Occasion:
    """The act a document is made for: when, by whom (name), what was written with it, until when the applicant has time."""

    at: datetime
    officer: str
    answers: Mapping[str, Any]
    until: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs a result and under which number; an empty number marks a draft."""

    number: str
    signer_name: str
    signer_title: str
    at: datetime


def tracking_address(public_id: str) -> str:
    """The address, whole and short, where the case is followed: for QR codes, letters, text messages."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('onestop:short', args=[public_id])}"


def agency_of(unit_key: str, at: datetime) -> dict[str, str]:
    """The agency in whose name a unit's documents are issued, and the unit above."""
    unit, on = units.get_unit(unit_key), at.astimezone(VIETNAM).date()
    agency = next(iter(units.list_children(unit_key, on, kinds=("agency",))), unit)
    above = units.get_unit(unit.parent_key).name if unit.parent_key else ""
    return {"parent": above, "name": agency.name}


def fields_of_receipt(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """Mẫu 01: what was taken in, and the promised moment."""
    codes = [paper.code for paper in list_papers(case.case_id)]
    return _common(case, occasion) | {
        "papers": [*_declaration(case), *handed_in(case.procedure, codes, is_online=case.channel == "online")],
        "sets": "01",
        "limit": deadline_in_words(case.deadline),
        "received_at": local_iso(occasion.at),
        "due_at": local_iso(occasion.due_at),
        "delivery": _texts(case).get("delivery", ""),
        "fee": _fee(case),
        "submitter": case.applicant_name,
        "receiver": occasion.officer,
    }


def fields_of_supplement(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """Mẫu 02: everything that is missing, each with why and what to bring."""
    reasons = str(occasion.answers.get("reasons", ""))
    gaps = [
        {
            "name": each.paper.name.vi if each.paper else each.code,
            "why": each.why or reasons,
            "bring": each.paper.note.vi if each.paper else "",
        }
        for each in papers_asked(occasion.answers, case.procedure)
    ]
    return _common(case, occasion) | {
        "gaps": gaps or [{"name": reasons}],
        "until": local_iso(occasion.until),
        "ways": WAYS,
        "officer": occasion.officer,
    }


def fields_of_refusal(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """Mẫu 03: why, and what the applicant can do."""
    return _common(case, occasion) | {
        "reasons": [{"text": str(occasion.answers.get("reasons", ""))}],
        "advice": ADVICE,
        "complaint": COMPLAINT,
        "submitter": case.applicant_name,
        "officer": occasion.officer,
    }


def fields_of_result(case: CaseView, signing: Signing) -> dict[str, Any]:
    """
    What the result's own template reads, filled from the form as the pack's table says.

    :raises NoTemplate: the packs have no template of that name
    """
    template = find_result(case.procedure.result.template if case.procedure.result else "")
    filled = fill(read_filling(template), Answers(_texts(case), case.data))
    return filled | {
        "agency": agency_of(case.unit_key, signing.at),
        "number": signing.number,
        "book": "",
        "place": units.get_unit(case.unit_key).short_name,
        "registered_on": local_iso(signing.at)[:10],
        "code": case.code or case.public_id,
        "signer": {"title": signing.signer_title, "name": signing.signer_name},
        "check_address": check_address(),
        "qr": qr_svg(tracking_address(case.public_id)),
    }


def _fee(case: CaseView) -> str:
    """What the receipt says is to be paid."""
    charges = assess(case.procedure.fees, Charged(case.data, case.channel, case.filed_at.astimezone(VIETNAM).date()))
    due_dong = sum(charge.amount_dong for charge in charges)
    return format_dong(due_dong) if due_dong else FREE


def check_address() -> str:
    """Where anybody looks up the dossier that a document belongs to, as printed on it: host and path."""
    return f"{urlsplit(settings.PUBLIC_ADDRESS).netloc}{reverse('onestop:track')}"


def _common(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    person = find_person(case.applicant_code) if case.applicant_code else None
    residence = units.get_units([person.residence_key]) if person and person.residence_key else {}
    return {
        "agency": agency_of(case.unit_key, occasion.at) | {"desk": DESK},
        "place": units.get_unit(case.unit_key).short_name,
        "issued_at": local_iso(occasion.at),
        "code": case.code or case.public_id,
        "procedure": case.procedure.name.vi,
        "applicant": {
            "name": case.applicant_name,
            "address": next((unit.name for unit in residence.values()), ""),
            "phone": person.phone if person else "",
            "email": person.email if person else "",
        },
        "check_address": check_address(),
        "hotline": "",
        "qr": qr_svg(tracking_address(case.public_id)),
    }


def _declaration(case: CaseView) -> list[dict[str, str]]:
    """The form that was filled in, as the first paper of the dossier."""
    form = _form(case)
    return [{"name": form.name.vi, "note": "lập trên hệ thống"}] if form else []


def _form(case: CaseView) -> Form | None:
    return find_form_on(case.procedure.form, case.filed_at.astimezone(VIETNAM).date()) if case.procedure.form else None


def _texts(case: CaseView) -> Mapping[str, str]:
    form = _form(case)
    return answer_texts(form, case.data) if form else {}
