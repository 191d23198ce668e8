"""One record of the portal: what it says beside each fault; approving as it is, correcting a field, rejecting."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.catalogue import actions
from tinhso.platform.catalogue.pages.doors import CHANNELS, UNITS, for_controllers, in_words, said, said_in, tabs
from tinhso.platform.catalogue.pages.report import STATUSES, WEIGHTS
from tinhso.platform.catalogue.queries import VersionRow, list_versions
from tinhso.platform.catalogue.rules.corrections import WrongCorrection
from tinhso.platform.catalogue.rules.deciding import CannotDecide
from tinhso.platform.catalogue.rules.faults import Fault
from tinhso.platform.clock import now
from tinhso.platform.people.pages.work import from_day, officer_in, show
from tinhso.platform.people.queries import get_names
from tinhso.platform.people.rules import NotAllowed

FIELDS = {"limit": lazy("Thời hạn"), "unit": lazy("Đơn vị thời gian"), "fee": lazy("Số tiền"), "note": lazy("Ghi chú")}


@for_controllers
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The newest version (or the one asked for) with its faults, what may be decided, and all versions."""
    versions = list_versions(code[:40].replace("\x00", ""))
    number = request.GET.get("version", "")
    row = next((each for each in versions if str(each.number) == number), versions[0])
    names = get_names({each.decided_by for each in versions if each.decided_by})
    badge, words = STATUSES[row.status]
    context = {
        "tabs": tabs(),
        "row": row,
        "badge": {"kind": badge, "text": words},
        "faults": [_fault(each, row) for each in row.faults],
        "fields": list(_fields(row)),
        "today": now().date().isoformat(),
        "versions": [_version(each, names) for each in versions],
        "in_pack": ProcedureVersion.objects.filter(code=row.code).exists(),
        "compare_url": reverse("catalogue:compare", args=[row.code]),
        "approve_url": reverse("catalogue:decide", args=[row.code, row.number, "approve"]),
        "correct_url": reverse("catalogue:decide", args=[row.code, row.number, "correct"]),
        "reject_url": reverse("catalogue:decide", args=[row.code, row.number, "reject"]),
        "first_day": from_day(row.read_at),
    }
    return show(request, "catalogue/record.html", context)


@for_controllers
@require_POST
def decide(request: HttpRequest, code: str, number: int, what: str) -> HttpResponse:
    """Approve, correct or reject; what cannot be is said on the same page."""
    doers: dict[str, Callable[..., str]] = {"approve": _approve, "correct": _correct, "reject": _reject}
    if what not in doers:
        raise LookupError(what)
    try:
        messages.success(request, doers[what](request, code, number))
    except (CannotDecide, WrongCorrection, NotAllowed) as refused:
        messages.error(request, said(refused))
    return HttpResponseRedirect(f"{reverse('catalogue:record', args=[code])}?version={number}")


def _approve(request: HttpRequest, code: str, number: int) -> str:
    entered = request.POST.get("effective_on", "").strip()
    try:
        day = date.fromisoformat(entered) if entered else None
    except ValueError as wrong:
        raise CannotDecide("Hãy nhập ngày có thật.", "Enter a real day.") from wrong
    row = actions.approve_record(code=code, number=number, effective_on=day, reason=request.POST.get("reason", ""), actor=officer_in(request), now=now())  # fmt: skip
    return _("Đã duyệt. Người dân đọc được từ ngày %(day)s.") % {"day": row.effective_on.strftime("%d/%m/%Y") if row.effective_on else ""}  # fmt: skip


def _correct(request: HttpRequest, code: str, number: int) -> str:
    said_there = request.POST
    actions.correct_record(code=code, number=number, path=said_there.get("path", ""), entered=said_there.get("value", ""), reason=said_there.get("reason", ""), actor=officer_in(request), now=now())  # fmt: skip
    return _("Đã sửa. Chữ của cổng quốc gia vẫn giữ bên cạnh. Nhớ duyệt khi đã sửa xong.")


def _reject(request: HttpRequest, code: str, number: int) -> str:
    actions.reject_record(code=code, number=number, reason=request.POST.get("reason", ""), actor=officer_in(request), now=now())  # fmt: skip
    return _("Đã loại. Người dân không thấy bản này.")


def _fault(fault: Fault, row: VersionRow) -> dict[str, Any]:
    kind = fault.kind
    badge, weight = WEIGHTS[kind.weight]
    return {
        "words": said_in(kind.vi, kind.en),
        "said": in_words(fault.said)
        if kind.part == "limit" or fault.code in {"fee_too_small", "fees_differ", "foreign_currency"}
        else fault.said,
        "badge": {"kind": badge, "text": weight},
        "accepted": kind.weight == "grave" and fault in row.accepted,
    }


def _fields(row: VersionRow) -> Iterator[dict[str, Any]]:
    """What may be corrected: the name, and limit, unit, fee and note of each channel, as they hold now."""
    corrected = {each.path: each for each in row.corrections}
    paths = [("name", _("Tên"), row.text.name)]
    for at, channel in enumerate(row.text.channels):
        for field, label in FIELDS.items():
            value = getattr(channel, field)
            shown = "" if value is None else f"{value.normalize():f}" if field in {"limit", "fee"} else str(value)
            paths.append(
                (
                    f"channels.{at}.{field}",
                    f"{CHANNELS.get(channel.channel, channel.channel)} ({at + 1}): {label}",
                    shown,
                )
            )
    for where, named, value in paths:
        made = corrected.get(where)
        yield {
            "path": where,
            "label": named,
            "value": value,
            "shown": in_words(value) if where.endswith(".unit") else value,
            "options": [{"value": unit, "text": text} for unit, text in UNITS.items()]
            if where.endswith(".unit")
            else [],
            "was": "" if made is None else in_words(str(made.was)),
            "reason": made.reason if made else "",
        }


def _version(row: VersionRow, names: Mapping[str, str]) -> dict[str, Any]:
    badge, words = STATUSES[row.status]
    return {
        "number": row.number,
        "read_on": from_day(row.read_at),
        "effective_on": row.effective_on.strftime("%d/%m/%Y") if row.effective_on else "",
        "badge": {"kind": badge, "text": words},
        "by": names.get(row.decided_by, row.decided_by),
        "reason": row.reason,
        "url": f"?version={row.number}",
    }


urlpatterns = [
    path("work/catalogue/records/<str:code>/", record, name="record"),
    path("work/catalogue/records/<str:code>/<int:number>/<slug:what>/", decide, name="decide"),
]
