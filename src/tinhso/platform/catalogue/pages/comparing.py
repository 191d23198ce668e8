"""Comparing two texts of a procedure, and the review list for cutting procedures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.platform.catalogue.pages.doors import for_controllers, in_words, tabs
from tinhso.platform.catalogue.queries.comparing import get_comparison, list_comparable, list_texts
from tinhso.platform.catalogue.queries.cutting import list_held_papers, list_unused
from tinhso.platform.catalogue.rules.comparing import Part, Side
from tinhso.platform.clock import now
from tinhso.platform.people.pages.work import show, table
from tinhso.platform.people.rules import day_of

PARTS = {
    "name": lazy("Tên"),
    "papers": lazy("Giấy tờ"),
    "fees": lazy("Phí, lệ phí"),
    "limits": lazy("Thời hạn"),
    "steps": lazy("Các bước"),
    "result": lazy("Kết quả"),
    "base": lazy("Căn cứ"),
}
CHANGES = {
    "same": ("", lazy("Như nhau")),
    "changed": ("soon", lazy("Khác")),
    "left": ("late", lazy("Chỉ bên trái")),
    "right": ("ok", lazy("Chỉ bên phải")),
}
MONTHS = (3, 6, 12, 24)
SHOWN = 200


@for_controllers
def compare_list(request: HttpRequest) -> HttpResponse:
    """The procedures of which there is more than one text."""
    rows = [
        [{"text": name, "url": reverse("catalogue:compare", args=[code])}, {"text": code, "kind": "code"}, {"text": str(count), "kind": "num"}]
        for code, name, count in list_comparable(day_of(now()))
    ]  # fmt: skip
    context = {"tabs": tabs(), "rows": bool(rows), "table": table(_("Thủ tục"), [_("Tên"), _("Mã"), _("Số bản")], rows)}
    return show(request, "catalogue/compare_list.html", context)


@for_controllers
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two texts side by side: the two that were chosen, else the newest of the pack and what the portal says."""
    language = get_language() or "vi"
    texts = list_texts(code[:64].replace("\x00", ""))
    if not texts:
        raise LookupError(code)
    keys = [key for key, _on in texts]
    left, right = request.GET.get("left") or keys[0], request.GET.get("right") or keys[min(1, len(keys) - 1)]
    one, other, parts = get_comparison(code, left, right, language)
    context = {
        "tabs": tabs(),
        "code": code,
        "left": _side(one, left),
        "right": _side(other, right),
        "texts": [{"value": key, "text": _text_name(key)} for key in keys],
        "parts": [_part(part) for part in parts],
        "changes": sum(part.changes for part in parts),
    }
    return show(request, "catalogue/compare.html", context)


@for_controllers
def cutting(request: HttpRequest) -> HttpResponse:
    """Procedures that nobody filed for months, and papers asked for although the province issued them."""
    moment = now()
    asked = request.GET.get("months", "")
    months = int(asked) if asked in {str(each) for each in MONTHS} else 6
    held = list_held_papers(day_of(moment))
    context = {
        "tabs": tabs(),
        "months": months,
        "choices": [{"text": str(each), "url": f"?months={each}", "current": each == months} for each in MONTHS],
        "unused": [{"code": each.code, "name": each.name, "since": each.since.strftime("%d/%m/%Y")} for each in list_unused(moment, months=months)],
        "held": held[:SHOWN],
        "held_count": len(held),
        "held_procedures": len({each.asked.code for each in held}),
    }  # fmt: skip
    return show(request, "catalogue/cutting.html", context)


def _side(side: Side, key: str) -> dict[str, Any]:
    day = side.effective_on.strftime("%d/%m/%Y") if side.effective_on else ""
    return {"key": key, "name": _text_name(key), "title": side.title, "effective_on": day}


def _text_name(key: str) -> str:
    kind, _sign, number = key.partition(":")
    return (_("Gói dữ liệu, bản %(number)s") if kind == "pack" else _("Cổng quốc gia, bản %(number)s")) % {
        "number": number
    }


def _part(part: Part) -> dict[str, Any]:
    say = in_words if part.code in {"limits", "fees"} else str
    rows = [
        {
            "left": say(row.left),
            "right": say(row.right),
            "badge": {"kind": CHANGES[row.change][0], "text": CHANGES[row.change][1]},
        }
        for row in part.rows
    ]
    return {"title": PARTS[part.code], "rows": rows, "changes": part.changes, "silent": part.silent}


urlpatterns = [
    path("work/catalogue/compare/", compare_list, name="compare_list"),
    path("work/catalogue/compare/<str:code>/", compare, name="compare"),
    path("work/catalogue/cutting/", cutting, name="cutting"),
]
