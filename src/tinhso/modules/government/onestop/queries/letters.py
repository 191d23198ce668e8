"""What stands in the documents of a case: receipt, request, refusal, apology, notice, result; gathered for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.money import format_dong, number_in_words
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.adapters import Sheet, read_filling
from tinhso.modules.government.onestop.adapters.templates import find_result
from tinhso.modules.government.onestop.rules import papers_asked
from tinhso.modules.government.onestop.rules.filling import (
    Answers,
    deadline_in_words,
    fill,
    handed_in,
    local_iso,
)
from tinhso.modules.government.onestop.rules.letters import written_code
from tinhso.platform.cases.queries import CaseView, list_papers
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.adapters import qr_svg
from tinhso.platform.forms.queries import find_form_on
from tinhso.platform.forms.rules import answer_texts
from tinhso.platform.payments.queries import charges_of
from tinhso.platform.people.queries import find_person
from tinhso.platform.units import queries as units

DESK = "Bộ phận một cửa"
FREE = "Không thu"
WAYS = "tại trang trong mã QR, hoặc tại quầy"
ADVICE = "nộp hồ sơ mới khi đã khắc phục các lý do trên; những gì đã khai vẫn còn trên cổng."
LAPSED = "Đã hết thời hạn bổ sung mà chưa nhận được phần còn thiếu."
UNPRINTED = frozenset({"requester", "delivery"})  # pages that say who files and how the result is fetched
COMPLAINT = "Không đồng ý với việc này, ông (bà) có quyền khiếu nại theo quy định của pháp luật."


@dataclass(frozen=True, slots=True)
class Occasion:
    """The act a document is made for: when, by whom (name), what was written with it, until when the applicant has time."""

    at: datetime
    officer: str
    answers: Mapping[str, Any]
    until: datetime | None = None
    due_at: datetime | None = None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """
    Who signs a result, with the lines above the name, when, and under which code it can be checked.

    Without a number the clerk writes number and date after the signature; `replaces` names the result it stands for.
    """

    number: str
    signer_name: str
    signer_lines: tuple[str, ...]
    at: datetime
    code: str = ""
    replaces: str = ""


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
    return (
        common_fields(case, occasion)
        | _rating(case)
        | {
            "papers": [
                *_declaration(case),
                *handed_in(case.procedure, codes, is_online=case.channel in {"online", "national_portal"}),
            ],
            "sets": "01",
            "limit": deadline_in_words(case.deadline),
            "received_at": local_iso(occasion.at),
            "due_at": local_iso(occasion.due_at),
            "delivery": _texts(case).get("delivery", ""),
            "fee": _fee(case),
            "submitter": case.applicant_name,
            "receiver": occasion.officer,
        }
    )


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
    return (
        common_fields(case, occasion)
        | _rating(case)
        | {
            "gaps": gaps or [{"name": reasons}],
            "until": local_iso(occasion.until),
            "ways": WAYS,
            "officer": occasion.officer,
        }
    )


def fields_of_refusal(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """Mẫu 03: why, and what the applicant can do."""
    return (
        common_fields(case, occasion)
        | _rating(case)
        | {
            "reasons": [{"text": str(occasion.answers.get("reasons", ""))}],
            "advice": ADVICE,
            "complaint": COMPLAINT,
            "submitter": case.applicant_name,
            "officer": occasion.officer,
        }
    )


def fields_of_apology(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """Mẫu 04: why it takes longer, that we are sorry, and the new moment."""
    times = case.procedure.extension.times
    return common_fields(case, occasion) | {
        "received_at": local_iso(case.accepted_at),
        "due_first_at": local_iso(occasion.due_before or case.due_first_at),
        "due_at": local_iso(occasion.due_at),
        "reasons": [{"text": str(occasion.answers.get("reasons", ""))}],
        "times": number_in_words(times) if times else "",
        "officer": occasion.officer,
    }


def fields_of_stop_notice(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """Mẫu 05 of TT 03/2025: since when the work has stopped, and why."""
    return common_fields(case, occasion) | {
        "received_at": local_iso(case.accepted_at),
        "stopped_at": local_iso(occasion.at),
        "reasons": [{"text": str(occasion.answers.get("reasons", "")) or LAPSED}],
        "advice": ADVICE,
        "complaint": COMPLAINT,
        "officer": occasion.officer,
    }


def printed(sheet: Sheet, code: str, replaces: str = "") -> dict[str, Any]:
    """What every one-stop form says of itself: number and name, the code and the QR code by which it is checked."""
    return {
        "form": sheet.as_fields(),
        "check_code": written_code(code),
        "qr": qr_svg(check_address_of(code)),
        "replaces": replaces,
    }


def fields_of_result(case: CaseView, signing: Signing) -> dict[str, Any]:
    """
    What the result's own template reads, filled from the form as the pack's table says.

    :raises NoTemplate: the packs have no template of that name
    """
    template = find_result(case.procedure.result.template if case.procedure.result else "")
    filled = fill(read_filling(template), Answers(_texts(case), case.data))
    return filled | {
        "title": case.procedure.result.name.vi if case.procedure.result else "",
        "procedure": case.procedure.name.vi,
        "answers": _rows(case),
        "agency": agency_of(case.unit_key, signing.at),
        "number": signing.number,
        "book": "",
        "place": units.get_unit(case.unit_key).short_name,
        "registered_on": local_iso(signing.at)[:10] if signing.number else "",
        "code": case.code or case.public_id,
        "signer": {"lines": list(signing.signer_lines), "name": signing.signer_name},
        "replaces": signing.replaces,
        "check_address": check_address(),
        "check_code": written_code(signing.code),
        "qr": qr_svg(check_address_of(signing.code) if signing.code else tracking_address(case.public_id)),
    }


def _fee(case: CaseView) -> str:
    """What the receipt says is to be paid."""
    due_dong = sum(charge.amount_dong for charge in charges_of(case, moment="filing"))
    return format_dong(due_dong) if due_dong else FREE


def check_address() -> str:
    """Where anybody checks a document, as printed on it: host and path."""
    return f"{urlsplit(settings.PUBLIC_ADDRESS).netloc}{reverse('ledger:check')}"


def check_address_of(code: str) -> str:
    """The whole address at which the document of that code is checked, for its QR code."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('onestop:verify_code', args=[written_code(code)])}"


def common_fields(case: CaseView, occasion: Occasion) -> dict[str, Any]:
    """What every one-stop form says: agency, dossier, applicant, where it is checked."""
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


def _rating(case: CaseView) -> dict[str, str]:
    """Where the applicant says how it went: printed on the papers that offer it (TT 01/2018 Art 13)."""
    return {"rate_address": urlsplit(settings.PUBLIC_ADDRESS).netloc + reverse("onestop:rate", args=[case.public_id])}


def _declaration(case: CaseView) -> list[dict[str, str]]:
    """The form that was filled in, as the first paper of the dossier."""
    form = _form(case)
    return [{"name": form.name.vi, "note": "lập trên hệ thống"}] if form else []


def _form(case: CaseView) -> Form | None:
    return find_form_on(case.procedure.form, case.filed_at.astimezone(VIETNAM).date()) if case.procedure.form else None


def _rows(case: CaseView) -> list[dict[str, str]]:
    """What was asked and answered, in the form's order: what a result without a table of its own prints."""
    texts, form = _texts(case), _form(case)
    fields = [field for page in form.pages if page.code not in UNPRINTED for field in page.fields] if form else []
    return [{"label": field.label.vi, "text": texts[field.code]} for field in fields if texts.get(field.code)]


def _texts(case: CaseView) -> Mapping[str, str]:
    form = _form(case)
    return answer_texts(form, case.data) if form else {}
