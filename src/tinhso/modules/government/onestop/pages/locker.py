"""A person's own papers in one list: results issued by the province, with what each is worth today."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.serving import serve
from tinhso.modules.government.onestop.pages.visit import the_actor, today
from tinhso.modules.government.onestop.queries.locker import PAGE, Held, find_held, list_held
from tinhso.modules.government.onestop.rules.letters import read_code, written_code
from tinhso.platform.people.pages.doors import needs_level
from tinhso.platform.people.rules import SEE_LEVEL


@needs_level(SEE_LEVEL)
def locker(request: HttpRequest) -> HttpResponse:
    """Each paper: number, agency, until when it holds, to be downloaded, checked, or shown to somebody."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = list_held(the_actor(request), today(), before=before, limit=PAGE + 1)
    context = {
        "papers": [_paper(held) for held in found[:PAGE]],
        "next_url": f"{request.path}?before={found[PAGE - 1].row_id}" if len(found) > PAGE else "",
        "first_url": request.path if before else "",
    }
    return render(request, "onestop/locker.html", context)


def _paper(held: Held) -> dict[str, Any]:
    issued = held.issued
    badges = {
        "in_force": ("ok", _("còn hiệu lực")),
        "expired": ("soon", _("hết thời hạn giá trị")),
        "withdrawn": ("late", _("đã thu hồi")),
        "waiting": ("", _("chưa phát hành")),
    }
    kind, text = badges[issued.standing]
    valid = _("từ %(from)s") % {"from": f"{held.issued_on:%d/%m/%Y}"}
    if issued.valid_to:
        valid = _("từ %(from)s đến hết %(to)s") % {
            "from": f"{held.issued_on:%d/%m/%Y}",
            "to": f"{issued.valid_to:%d/%m/%Y}",
        }
    rows = [
        {"key": _("Số"), "value": issued.number},
        {"key": _("Nơi cấp"), "value": issued.unit_name},
        {"key": _("Có giá trị"), "value": valid},
        {"key": _("Mã loại kết quả"), "value": held.result_code},
        {"key": _("Mã kiểm tra"), "value": written_code(issued.code), "url": reverse("onestop:verify_code", args=[written_code(issued.code)])},
        {"key": _("Lý do thu hồi"), "value": held.withdrawn_reason},
        {"key": _("Thay bằng"), "value": issued.replaced_by},
    ]  # fmt: skip
    return {
        "name": issued.name,
        "badge": {"kind": kind, "text": text},
        "rows": [row for row in rows if row["value"]],
        "file_url": reverse("onestop:locker_file", args=[issued.code]) if issued.standing != "withdrawn" else "",
        "dossier_url": reverse("onestop:dossier", args=[issued.case_public_id]),
    }


@needs_level(SEE_LEVEL)
def locker_file(request: HttpRequest, code: str) -> HttpResponse:
    """The signed file of one's own paper; a withdrawn one is not given out again."""
    held = find_held(read_code(code), the_actor(request), today())
    if held is None or held.issued.standing == "withdrawn":
        raise Http404
    name = f"{held.issued.name} {held.issued.number}".replace("/", "-")
    return cast("HttpResponse", serve(held.issued.sha256, name=f"{name}.pdf", media_type="application/pdf"))


urlpatterns = [
    path("my/papers/", locker, name="locker"),
    path("my/papers/<slug:code>/file/", locker_file, name="locker_file"),
]
