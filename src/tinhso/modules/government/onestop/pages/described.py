"""The page of a procedure that is only described: what, papers, money, time by way of handing in, where to go, the source."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.money import format_dong
from tinhso.kernel.worktime import Duration
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.catalogue.queries import Told, find_told
from tinhso.platform.catalogue.rules.gates import NOTE_CUT, PAPER_CUT, RESULT_CUT
from tinhso.platform.catalogue.rules.reading import Channel, Description, Paper

WAYS = {"online": lazy("Trực tuyến"), "counter": lazy("Trực tiếp"), "post": lazy("Qua bưu chính")}
UNITS = {"calendar_day": "day"}
PLACES = {
    "commune": lazy("Trung tâm Phục vụ hành chính công của xã, phường"),
    "province": lazy(
        "Trung tâm Phục vụ hành chính công của tỉnh, hoặc bộ phận một cửa của cơ quan chuyên ngành ở tỉnh"
    ),
    "ministry": lazy("Bộ phận một cửa của bộ, ngành ở trung ương"),
    "other": lazy("Cơ quan, tổ chức nêu trong quyết định công bố"),
}


def described(request: HttpRequest, code: str, today: date, language: str) -> HttpResponse | None:
    """The page, or None when the portal's catalogue has no such procedure either."""
    told = find_told(code, today) if len(code) <= 40 and "\x00" not in code else None
    if told is None:
        return None
    text = told.text
    context = {
        "name": text.name,
        "facts": [row for row in _facts(text) if row["value"]],
        "held": told.held,
        "ways": [_way(row, told, language) for row in _different(text.channels)],
        "groups": _groups(text.papers),
        "places": [str(PLACES[level]) for level in text.levels],
        "online": any(row.channel == "online" for row in text.channels),
        "by_post": any(row.channel == "post" for row in text.channels),
        "source_url": text.source_url,
        "decision": text.decision,
        "read_on": told.read_at.astimezone(VIETNAM).strftime("%d/%m/%Y"),
        "corrections": told.corrections,
    }
    return render(request, "onestop/described.html", context)


def _facts(text: Description) -> list[dict[str, Any]]:
    return [
        {"key": _("Dành cho"), "lines": list(text.who), "value": ", ".join(text.who)},
        {"key": _("Kết quả"), "lines": [_ended(each.name, RESULT_CUT) for each in text.results], "value": text.results},
        {"key": _("Lĩnh vực"), "value": text.sector},
        {"key": _("Quyết định công bố"), "value": text.decision},
        {"key": _("Mã thủ tục"), "value": text.code},
    ]


def _different(rows: Iterable[Channel]) -> list[Channel]:
    """The ways of handing in, each different line once."""
    return list(dict.fromkeys(rows))


def _way(row: Channel, told: Told, language: str) -> dict[str, str]:
    return {
        "way": str(WAYS.get(row.channel, row.channel)),
        "limit": "" if "limit" in told.held else _limit(row, language),
        "fee": "" if "fee" in told.held else _fee(row),
        "note": _ended(row.note, NOTE_CUT),
    }


def _limit(row: Channel, language: str) -> str:
    if row.limit is None or row.unit is None:
        return _("Cổng quốc gia không ghi")
    words = Duration(row.limit, UNITS.get(row.unit, row.unit)).text
    return words.en if language.startswith("en") else words.vi


def _fee(row: Channel) -> str:
    if row.fee is None:
        return _("Xem ghi chú") if row.note else _("Cổng quốc gia không ghi")
    if row.fee == 0:
        return _("Không mất tiền")
    if row.currency == "VND" and row.fee == int(row.fee):
        return format_dong(int(row.fee))
    return f"{_plain(row.fee)} {row.currency}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _groups(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """Papers under the headings of the portal, in its order."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for paper in papers:
        counts = [
            _("%(count)s bản chính") % {"count": paper.originals} if paper.originals else "",
            _("%(count)s bản sao") % {"count": paper.copies} if paper.copies else "",
        ]
        shown = {"name": _ended(paper.name, PAPER_CUT), "counts": ", ".join(count for count in counts if count)}
        groups.setdefault(paper.group, []).append(shown)
    return [{"title": title, "papers": rows} for title, rows in groups.items()]


def _ended(text: str, cut: int) -> str:
    """A text that the portal cut off shows that it goes on."""
    return f"{text.rstrip(' .,;:')} …" if len(text) >= cut else text
