"""For administrators: add a device, say anew where it stands, pause it, renew its key, which is shown once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.pages.doors import find_device, for_officers, officer_in
from tinhso.modules.insight.telemetry.pages.words import name_units
from tinhso.modules.insight.telemetry.queries import DeviceRow
from tinhso.modules.insight.telemetry.rules.devices import Draft, Refused, Trouble, read_coordinate, refuse
from tinhso.modules.insight.telemetry.rules.judging import ACTIVE, PAUSED, RETIRED
from tinhso.modules.insight.telemetry.rules.powers import check_may_administer, units_of
from tinhso.platform.clock import now
from tinhso.platform.people.rules import ADMINISTRATOR, Actor, NotAllowed, day_of
from tinhso.platform.units.queries import find_unit, find_units_by_name, get_units
from tinhso.platform.wording import language, said

NAMES = ("code", "kind", "name", "unit", "commune", "latitude", "longitude", "place", "owner", "purpose")
UNIT_KINDS = ("province", "commune", "agency", "department", "office")


def errors_of(troubles: list[Trouble]) -> list[dict[str, str]]:
    """Troubles as the error summary takes them."""
    return [{"href": f"#{each.field}", "text": said(each)} for each in troubles]


@for_officers
def add(request: HttpRequest) -> HttpResponse:
    """The form of a new device; its key is on the page that follows, once."""
    actor = officer_in(request)
    if not units_of(actor, frozenset({ADMINISTRATOR})):
        raise NotAllowed("Bạn không quản trị thiết bị nào.")
    sent = _sent(request, {"kind": request.GET.get("kind", "")})
    if request.method == "POST":
        try:
            key = actions.add_device(draft=_draft(sent), actor=actor, now=now())
        except Refused as refused:
            return _form(request, sent, refused.troubles, None)
        return _show_key(request, sent["code"], sent["name"], key)
    return _form(request, sent, [], None)


@for_officers
def move(request: HttpRequest, code: str) -> HttpResponse:
    """The form in which it is said anew where a device stands, whose it is, who answers for it."""
    device, actor = find_device(request, code), officer_in(request)
    check_may_administer(actor, device.line)
    place = device.placement
    now_so = {
        "code": code,
        "kind": device.kind.code,
        "name": device.names[0],
        "unit": device.unit_key,
        "commune": place.commune_key,
        "latitude": str(place.latitude) if place.latitude is not None else "",
        "longitude": str(place.longitude) if place.longitude is not None else "",
        "place": place.place,
        "owner": place.owner,
        "purpose": place.purpose,
    }
    sent = _sent(request, now_so) | {"code": code, "kind": device.kind.code}
    if request.method == "POST":
        try:
            actions.move_device(code=code, draft=_draft(sent), actor=actor, now=now())
        except Refused as refused:
            return _form(request, sent, refused.troubles, device)
        messages.success(request, _("Đã ghi. Nơi đặt, đơn vị trước đây vẫn giữ trong lịch sử."))
        return HttpResponseRedirect(reverse("telemetry:device", args=[code]))
    return _form(request, sent, [], device)


@for_officers
@require_POST
def set_state(request: HttpRequest, code: str) -> HttpResponse:
    """Pause a device, take it up again, or retire it."""
    find_device(request, code)
    state = request.POST.get("state", "")
    done = {ACTIVE: _("Thiết bị đã chạy lại."), PAUSED: _("Đã tạm dừng; những gì thiết bị gửi sẽ bị từ chối và đếm lại."), RETIRED: _("Đã bỏ thiết bị; số đo cũ vẫn giữ.")}  # fmt: skip
    if state in done:
        try:
            reason = request.POST.get("reason", "")
            actions.set_state(code=code, state=state, reason=reason, actor=officer_in(request), now=now())
            messages.success(request, done[state])
        except Refused as refused:
            messages.error(request, said(refused))
    return HttpResponseRedirect(reverse("telemetry:device", args=[code]))


@for_officers
@require_POST
def renew_key(request: HttpRequest, code: str) -> HttpResponse:
    """Give a device a new key and show it, once."""
    device = find_device(request, code)
    try:
        key = actions.renew_key(code=code, actor=officer_in(request), now=now())
    except Refused as refused:
        messages.error(request, said(refused))
        return HttpResponseRedirect(reverse("telemetry:device", args=[code]))
    return _show_key(request, code, device.name_in(language()), key)


def _show_key(request: HttpRequest, code: str, name: str, key: str) -> HttpResponse:
    context = {
        "title": name,
        "key": key,
        "user": code,
        "password": key.partition(".")[2],
        "device_url": reverse("telemetry:device", args=[code]),
        "api": request.build_absolute_uri("/api/v1/telemetry/measures"),
        "crumbs": [{"url": reverse("telemetry:devices"), "text": _("Quan trắc")}, {"text": _("Khóa của thiết bị")}],
    }
    return render(request, "telemetry/key.html", context)


def _sent(request: HttpRequest, otherwise: dict[str, str]) -> dict[str, str]:
    if request.method == "POST":
        return {name: request.POST.get(name, "").replace("\0", "").strip() for name in NAMES}
    return {name: otherwise.get(name, "") for name in NAMES}


def _draft(sent: dict[str, str]) -> Draft:
    if sent["kind"] not in queries.get_definitions().kinds:
        raise refuse("kind", "Hãy chọn loại thiết bị.", "Choose the kind of device.")
    return Draft(
        code=sent["code"],
        kind=sent["kind"],
        name=sent["name"],
        unit_key=_unit(sent["unit"], "unit", UNIT_KINDS),
        commune_key=_unit(sent["commune"], "commune", ("commune",)) if sent["commune"] else "",
        latitude=read_coordinate(sent["latitude"], "latitude", 90),
        longitude=read_coordinate(sent["longitude"], "longitude", 180),
        place=sent["place"],
        owner=sent["owner"],
        purpose=sent["purpose"],
    )


def _unit(text: str, field: str, kinds: tuple[str, ...]) -> str:
    """The unit that somebody means: by its key, its code today or its whole name."""
    on = day_of(now())
    if "@" in text and (known := get_units([text]).get(text)):
        return known.key
    by_code = [found for kind in kinds if text and "@" not in text and (found := find_unit(text, kind, on))]
    named = [each for each in find_units_by_name(text, on, kinds=kinds, limit=5) if text.casefold() in {each.name.casefold(), each.short_name.casefold()}] if text else []  # fmt: skip
    units = by_code or named
    if len(units) != 1:
        raise refuse(field, "Không rõ đơn vị nào: ghi mã hoặc tên đầy đủ, ví dụ Xã Đồng Đăng.", "Which unit is not clear: give its code or its whole name, such as Xã Đồng Đăng.")  # fmt: skip
    return str(units[0].key)


def _form(
    request: HttpRequest, sent: dict[str, str], troubles: list[Trouble], device: DeviceRow | None
) -> HttpResponse:
    errors = {each.field: said(each) for each in troubles}
    context = {
        "title": _("Sửa nơi đặt, đơn vị phụ trách") if device else _("Thêm thiết bị"),
        "fields": [{**each, "value": sent[each["name"]], "error": errors.get(each["name"], "")} for each in _fields(officer_in(request), sent, is_new=device is None)],
        "errors": errors_of(troubles),
        "crumbs": [{"url": reverse("telemetry:devices"), "text": _("Quan trắc")}, {"text": _("Sửa thiết bị") if device else _("Thêm thiết bị")}],
        "is_new": device is None,
    }  # fmt: skip
    return render(request, "telemetry/form.html", context, status=422 if troubles else 200)


def _fields(actor: Actor, sent: dict[str, str], *, is_new: bool) -> list[dict[str, Any]]:
    own = ", ".join(f"{key} ({name})" for key, name in name_units(units_of(actor, frozenset({ADMINISTRATOR}))).items())
    kinds = [{"value": each.code, "text": said(each.title)} for each in queries.list_kinds()]
    new: list[dict[str, Any]] = [
        {"name": "code", "label": _("Mã thiết bị"), "hint": _("Không đổi được về sau. Chữ không dấu, số, gạch ngang, ví dụ LS-SONG-01."), "width": "20", "max_length": 40, "spellcheck": False},
        {"name": "kind", "kind": "select", "label": _("Loại thiết bị"), "hint": _("Loại quyết định đo gì, khoảng giá trị nào, giữ bao lâu."), "options": kinds},
    ]  # fmt: skip
    shown = name_units([sent["unit"], sent["commune"]]) if not is_new else {}
    return [
        *(new if is_new else []),
        {"name": "name", "label": _("Tên"), "max_length": 200},
        {"name": "unit", "label": _("Đơn vị phụ trách"), "hint": _("Mã hoặc tên đầy đủ. Bạn quản trị: %(own)s") % {"own": own} + (f". {_('Hiện nay')}: {shown.get(sent['unit'], '')}" if shown else "")},
        {"name": "commune", "label": _("Xã, phường nơi đặt"), "optional": True},
        {"name": "latitude", "label": _("Vĩ độ"), "hint": _("Độ thập phân, ví dụ 21,8521"), "inputmode": "decimal", "width": "10", "optional": True},
        {"name": "longitude", "label": _("Kinh độ"), "hint": _("Ví dụ 106,7573"), "inputmode": "decimal", "width": "10", "optional": True},
        {"name": "place", "label": _("Nơi đặt"), "hint": _("Ví dụ Cầu Kỳ Lừa"), "optional": True, "max_length": 200},
        {"name": "owner", "label": _("Chủ sở hữu"), "max_length": 200},
        {"name": "purpose", "kind": "textarea", "label": _("Mục đích"), "hint": _("Thu gì, để làm gì. Camera: chỉ đếm và báo sự kiện, không gửi hình người."), "rows": 2, "max_length": 300},
    ]  # fmt: skip
