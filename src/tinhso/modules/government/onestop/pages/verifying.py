"""The public check of papers: by the code or QR printed on them, or by the file. Nothing that is sent is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.government.onestop.queries.verifying import Issued, check_file, find_by_code
from tinhso.modules.government.onestop.rules.letters import read_code, written_code
from tinhso.modules.government.onestop.rules.words import moment
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now

LARGEST = 20 * 1024 * 1024


@never_cache
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under a code, and whether it still stands."""
    found = find_by_code(read_code(code), now().astimezone(VIETNAM).date())
    if found is None:
        return _ask(
            request,
            code_error=_("Không có giấy nào mang mã này. Hãy xem lại mã in ở chân giấy."),
            code=code,
            status=404,
        )
    return render(
        request, "onestop/verified.html", _shown(found) | {"checks": [], "holds": found.standing == "in_force"}
    )


@never_cache
def verify_paper(request: HttpRequest) -> HttpResponse:
    """Type a code, or choose a PDF to have its signatures, number and day compared with the register."""
    if request.method == "POST":
        return _check_chosen(request)
    typed = request.GET.get("code", "").strip()[:40]
    if not typed:
        return _ask(request)
    if code := read_code(typed):
        return HttpResponseRedirect(reverse("onestop:verify_code", args=[written_code(code)]))
    return _ask(request, code_error=_("Mã có 12 chữ và số, như 7k3m-9qxd-42ab."), code=typed, status=422)


def _check_chosen(request: HttpRequest) -> HttpResponse:
    chosen = request.FILES.get("paper")
    if chosen is None or not chosen.size:
        return _ask(request, file_error=_("Hãy chọn tệp PDF cần kiểm tra."), status=422)
    if chosen.size > LARGEST:
        return _ask(request, file_error=_("Tệp quá 20 MB. Hãy chọn đúng tệp đã tải về."), status=422)
    found, checks = check_file(chosen.read(), now().astimezone(VIETNAM).date())
    steps = [
        {"state": "done" if each.holds else "wrong", "title": each.title, "trouble": "" if each.holds else each.trouble}
        for each in checks
    ]
    context = {"checks": steps, "holds": bool(checks) and all(each.holds for each in checks), "was_file": True}
    return render(request, "onestop/verified.html", (_shown(found) if found else {}) | context)


def _shown(found: Issued) -> dict[str, Any]:
    at = now()
    rows = [
        {"key": _("Giấy"), "value": found.name},
        {"key": _("Số") if found.is_result else _("Mã hồ sơ"), "value": found.number},
        {"key": _("Cơ quan"), "value": found.unit_name},
        {"key": _("Lập lúc"), "value": moment(found.issued_at, at)},
        {"key": _("Người ký"), "value": found.signer},
        {"key": _("Dấu số của cơ quan"), "value": _("có") if found.is_sealed else ""},
        {"key": _("Có giá trị đến hết"), "value": f"{found.valid_to:%d/%m/%Y}" if found.valid_to else ""},
        {"key": _("Mã kiểm tra"), "value": written_code(found.code)},
        {"key": _("Dấu vân tay của tệp (SHA-256)"), "value": found.sha256},
    ]
    if found.withdrawn_at:
        rows.append({"key": _("Thu hồi lúc"), "value": moment(found.withdrawn_at, at)})
    if found.replaced_by_code:
        url = reverse("onestop:verify_code", args=[written_code(found.replaced_by_code)])
        said = _("Số %(number)s") % {"number": found.replaced_by} if found.replaced_by else _("giấy cấp lại")
        rows.append({"key": _("Thay bằng"), "value": said, "url": url})
    tracking = reverse("onestop:tracked", args=[found.case_public_id])
    return {"rows": [row for row in rows if row["value"]], "standing": found.standing, "tracking_url": tracking}


def _ask(
    request: HttpRequest, *, code: str = "", code_error: str = "", file_error: str = "", status: int = 200
) -> HttpResponse:
    errors = [
        {"text": text, "href": href} for text, href in ((code_error, "#id_code"), (file_error, "#id_paper")) if text
    ]
    context = {
        "errors": errors,
        "code": {
            "id": "id_code", "name": "code", "kind": "text", "label": _("Mã in ở chân giấy"), "value": code,
            "hint": _("12 chữ và số, ví dụ 7k3m-9qxd-42ab; mã QR trên giấy cũng mở đúng trang này."), "error": code_error,
        },
        "paper": {
            "id": "id_paper", "name": "paper", "kind": "file", "accept": ".pdf,application/pdf", "label": _("Tệp PDF có ký số"),
            "hint": _("Tệp chỉ được kiểm tra, không lưu lại."), "error": file_error,
        },
    }  # fmt: skip
    return render(request, "onestop/verify.html", context, status=status)


urlpatterns = [
    path("verify/papers/", verify_paper, name="verify_paper"),
    path("verify/<slug:code>/", verify_code, name="verify_code"),
]
