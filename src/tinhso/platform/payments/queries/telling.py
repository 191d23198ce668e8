"""What people are told about their money: whom, and the values a notice may name."""

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.money import format_dong
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.notices.rules import Fields, Recipient
from tinhso.platform.people.queries import find_organisation, find_person
from tinhso.platform.units.queries import get_unit


def recipient_of(case: CaseView) -> Recipient | None:
    """The applicant with the addresses held; None when the case has none."""
    code = case.applicant_code
    found = (find_person(code) or find_organisation(code)) if code else None
    return Recipient(found.code, found.name, found.phone, found.email, case.language) if found else None


def fields_of_notice(case: CaseView, amount_dong: int) -> Fields:
    """The values: the case, the amount, and the page of payment."""
    return {
        "code": case.code or case.public_id,
        "tracking": case.public_id,
        "procedure": case.procedure.name,
        "name": case.applicant_name,
        "unit": get_unit(case.unit_key).name,
        "amount": format_dong(amount_dong),
        "link": f"{settings.PUBLIC_ADDRESS}{reverse('payments:pay', args=[case.public_id])}",
    }
