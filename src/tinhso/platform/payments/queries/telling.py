"""What people are told about their money: the values a notice may name."""

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.money import format_dong
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.notices.rules import Fields
from tinhso.platform.units.queries import get_unit


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
