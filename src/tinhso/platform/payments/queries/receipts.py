"""What stands on a receipt, its layout, and the series its number is taken from."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.money import amount_in_words, format_dong
from tinhso.platform.cases.queries import get_case
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.adapters import qr_svg, render_document
from tinhso.platform.payments import models
from tinhso.platform.people.queries import get_names
from tinhso.platform.units import queries as units

TAX = "tax"
OF_FEES = "Biên lai thu phí, lệ phí"
OF_TAX = "Xác nhận nộp tiền theo thông báo thuế"
BOTH = f"{OF_FEES} và {OF_TAX[0].lower()}{OF_TAX[1:]}"
TAX_NOTE = "Khoản thuế nộp vào ngân sách nhà nước theo thông báo của cơ quan thuế; chứng từ nộp thuế do ngân hàng hoặc Kho bạc Nhà nước cấp."
TEMPLATE = "national/documents/payments/receipt.typ"


def series_of(unit_key: str, on: date) -> str:
    """How the numbers of an agency's receipts of that year begin: "BL-H37.44-2026"."""
    return f"BL-{units.get_agency_code(unit_key, on)}-{on.year}"


def check_address(public_id: str) -> str:
    """Where anybody sees whether a receipt is genuine."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('payments:check_receipt', args=[public_id])}"


def fields_of_receipt(receipt: models.Receipt) -> dict[str, Any]:
    """The fields that the template reads."""
    bill, payment = receipt.bill, receipt.payment
    case, at = get_case(bill.case_id), receipt.issued_at.astimezone(VIETNAM)
    unit = units.get_unit(bill.unit_key)
    agency = next(iter(units.list_children(bill.unit_key, at.date(), kinds=("agency",))), unit)
    above = units.get_unit(unit.parent_key).name if unit.parent_key else ""
    address = check_address(receipt.public_id)
    kinds = {line["kind"] for line in receipt.lines}
    return {
        "title": OF_FEES if TAX not in kinds else OF_TAX if kinds == {TAX} else BOTH,
        "note": TAX_NOTE if TAX in kinds else "",
        "agency": {"parent": above, "name": agency.name},
        "place": unit.short_name,
        "number": receipt.number,
        "issued_at": at.isoformat(timespec="seconds"),
        "payer": bill.payer_name,
        "code": case.code or case.public_id,
        "procedure": case.procedure.name.vi,
        "lines": [
            {"name": line["name"], "basis": line.get("basis", ""), "amount": format_dong(line["amount_dong"])}
            for line in receipt.lines
        ],
        "amount": format_dong(receipt.amount_dong),
        "words": amount_in_words(receipt.amount_dong),
        "method": "tiền mặt" if payment.method == "cash" else "chuyển khoản",
        "payment": payment.public_id if payment.method == "cash" else payment.provider_id,
        "paid_at": payment.paid_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "collector": _cashier(receipt),
        "check_address": f"{urlsplit(address).netloc}{urlsplit(address).path}",
        "qr": qr_svg(address),
    }


def _cashier(receipt: models.Receipt) -> str:
    """Who took the money over the counter; nobody did where a bank brought it."""
    if receipt.payment.method != "cash":
        return ""
    laid = receipt.payment.allocations.filter(made_at=receipt.laid_at)
    code = laid.values_list("made_by", flat=True).first() or ""
    return get_names([code]).get(code, "")


def lay_out_receipt(fields: dict[str, Any], now: datetime) -> bytes:
    """The receipt as PDF. :raises DocumentError: the template is missing or wrong"""
    return render_document(settings.PACKS_ROOT / TEMPLATE, fields, now=now)
