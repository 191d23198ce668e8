"""The report on the portal's data: where the records stand, how many have which fault, and the list behind each figure."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.platform.catalogue.pages.doors import for_controllers, said_in, tabs
from tinhso.platform.catalogue.queries.records import list_readings
from tinhso.platform.catalogue.queries.report import Filter, Reported, count_faults, count_statuses, list_reported
from tinhso.platform.catalogue.rules.faults import KINDS
from tinhso.platform.people.pages.work import from_day, show, table

STATUSES = {
    "held": ("late", lazy("Chờ xem lại")),
    "clear": ("ok", lazy("Không có lỗi nặng")),
    "approved": ("ok", lazy("Đã duyệt")),
    "rejected": ("", lazy("Đã loại")),
    "vanished": ("", lazy("Không còn trên cổng")),
}
WEIGHTS = {"grave": ("late", lazy("Nặng")), "notable": ("soon", lazy("Đáng chú ý")), "slight": ("", lazy("Nhẹ"))}


@for_controllers
def report(request: HttpRequest) -> HttpResponse:
    """The figures, and the records behind the one that was chosen: those that wait when none was."""
    said = {name: request.GET.get(name, "")[:60] for name in ("fault", "status", "q", "after")}
    chosen = said["status"] or ("" if said["fault"] or said["q"] else "held")
    asked = Filter(said["fault"], chosen, said["q"].replace("\x00", ""), said["after"].replace("\x00", ""))
    rows, after = list_reported(asked)
    kept = {name: value for name, value in said.items() if value and name != "after"}
    context = {
        "tabs": tabs(),
        "counts": _counts(count_statuses(), chosen),
        "faults": _faults(count_faults(), said["fault"]),
        "list_title": _list_title(asked),
        "rows": bool(rows),
        "table": table(_("Thủ tục"), [_("Tên"), _("Mã"), _("Tình trạng"), _("Lỗi")], [_cells(row) for row in rows]),
        "query": said["q"],
        "next_url": f"?{urlencode({**kept, 'after': after})}" if after else "",
        "first_url": f"?{urlencode(kept)}" if said["after"] else "",
        "readings": [
            {"day": from_day(each.read_at), "file": each.file_name, "new": each.counts["new"], "changed": each.counts["changed"], "vanished": each.counts["vanished"]}
            for each in list_readings()
        ],
    }  # fmt: skip
    return show(request, "catalogue/report.html", context)


def _counts(counted: Mapping[str, int], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": counted.get(code, 0), "text": text, "url": f"?status={code}", "kind": kind if code == "held" else "", "current": code == chosen}
        for code, (kind, text) in STATUSES.items()
    ]  # fmt: skip


def _faults(counted: list[tuple[str, int]], chosen: str) -> dict[str, Any]:
    rows: list[list[dict[str, Any]]] = []
    for code, count in counted:
        kind = KINDS[code]
        badge, weight = WEIGHTS[kind.weight]
        words = said_in(kind.vi, kind.en)
        name: dict[str, Any] = {"text": words, "url": "" if code == chosen else f"?{urlencode({'fault': code})}"}
        rows.append([name, {"badge": {"kind": badge, "text": weight}}, {"text": str(count), "kind": "num"}])
    return table(_("Lỗi dữ liệu"), [_("Lỗi"), _("Mức"), _("Số thủ tục")], rows)


def _list_title(asked: Filter) -> str:
    if asked.fault in KINDS:
        return said_in(KINDS[asked.fault].vi, KINDS[asked.fault].en)
    if asked.status in STATUSES:
        return str(STATUSES[asked.status][1])
    return _("Thủ tục trên cổng quốc gia")


def _cells(row: Reported) -> list[dict[str, Any]]:
    badge, words = STATUSES[row.status]
    told = [KINDS[code] for code in row.faults if KINDS[code].weight != "slight"][:3]
    faults = " ".join(said_in(kind.vi, kind.en) for kind in told)
    more = len(row.faults) - len(told)
    return [
        {"text": row.name or _("(không tên)"), "url": reverse("catalogue:record", args=[row.code])},
        {"text": row.code, "kind": "code"},
        {"badge": {"kind": badge, "text": words}},
        {"text": faults, "note": _("và %(count)s lỗi nhẹ") % {"count": more} if more else ""},
    ]


urlpatterns = [path("work/catalogue/", report, name="report")]
