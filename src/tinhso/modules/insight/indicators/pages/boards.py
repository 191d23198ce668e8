"""The board: what is so now, the figures of the period, the units that need a look; and the figures of the first page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.asking import Asked, read_request
from tinhso.modules.insight.indicators.pages.dressing import (
    chart_of,
    dress,
    kept,
    kind_of,
    moment,
    number,
    seconds,
    told,
)
from tinhso.modules.insight.indicators.pages.maps import map_of
from tinhso.modules.insight.indicators.rules import FEW, VIETNAM, last_months, most_urgent

LOWEST_SHOWN = 10
KEPT_SECONDS = 60
LIVE_KEPT_SECONDS = 2
WALL_SECONDS = "30"


def show_board(request: HttpRequest) -> HttpResponse:
    """The board of a unit and a period, for everybody; officers see small cells too."""
    asked = read_request(request)
    figures = [dress(asked, asked.figure(card), asked.trend(card)) for card in asked.board.main_cards]
    context = {
        "theme": asked.theme,
        "as_of": seconds(asked.board.as_of),
        "unit_title": asked.unit_name(),
        "live": list_live(asked),
        "figures": figures,
        "all_url": asked.url("indicators:catalogue"),
        "all_count": len(asked.board.cards),
        "fields": asked.fields(),
        "period_name": asked.period.name,
        "kept": {"theme": "" if asked.wall else asked.theme, "wall": "1" if asked.wall else ""},
        "map": next((drawn for card in asked.board.main_cards if (drawn := map_of(asked, card))), None),
        **_lowest(asked),
        **_course(asked),
    }
    response = render(request, "indicators/board.html", context)
    if asked.wall:
        response["Refresh"] = WALL_SECONDS
    return response


def list_live(asked: Asked) -> list[dict[str, Any]]:
    """The tiles of this moment; a handful of dossiers at one unit is told to officers only."""
    key = f"indicators:live:{asked.unit_key}"
    live: queries.Live = kept(key, lambda: queries.count_live(asked.unit_key, asked.now), LIVE_KEPT_SECONDS)
    rows = [
        (_("Đang giải quyết"), live.handled, ""),
        (_("Đến hạn từ nay đến cuối ngày"), live.due_today, ""),
        (_("Đang quá hạn"), live.late, "late" if live.late else "ok"),
        (_("Không rõ ai đang giữ, hoặc chờ đã quá hạn"), live.hanging, "late" if live.hanging else "ok"),
    ]
    shared = {"period": _("trực tiếp"), "as_of": f"{asked.now.astimezone(VIETNAM):%H:%M:%S}"}
    return [{"title": title, "value": _few(asked, count), "kind": kind, **shared} for title, count, kind in rows]


def _few(asked: Asked, count: int) -> str:
    if asked.is_officer or not asked.unit_key or not 0 < count < FEW:
        return number(count)
    return _("dưới %(few)s") % {"few": FEW}


def _course(asked: Asked) -> dict[str, Any]:
    """The first indicator's course as a picture; its page has the table behind it and the downloads."""
    card = next(iter(asked.board.cards), None)
    course = asked.trend(card) if card else []
    if card is None or (drawn := chart_of(course)) is None:
        return {}
    title = _("%(title)s theo tháng") % {"title": card.title.in_language(asked.language)}
    return {"chart": drawn, "chart_title": title, "chart_url": asked.url("indicators:indicator", card.code)}


def _lowest(asked: Asked) -> dict[str, Any]:
    """The first indicator by unit, those that need a look first."""
    cards = asked.board.cards
    if not cards:
        return {}
    card = cards[0]

    found = most_urgent(asked.by_unit(card))
    bars = [
        {
            "text": asked.board.name_of(figure.unit_key, asked.language),
            "value": told(figure),
            "percent": float(figure.shown or 0) if card.measure.is_share else 0,
            "kind": kind_of(figure),
        }
        for figure in found[:LOWEST_SHOWN]
    ]
    return {
        "bars": bars,
        "bars_title": card.title.in_language(asked.language),
        "bars_url": asked.url("indicators:indicator", card.code),
    }


def list_headline(now: datetime) -> Sequence[Mapping[str, Any]]:
    """The whole installation's figures of the last three months as the component takes them; kept for a minute."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return kept(f"indicators:headline:{language}", lambda: _headline(now, language), KEPT_SECONDS)


def _headline(now: datetime, language: str) -> list[dict[str, Any]]:
    board, period = queries.read_board(), last_months(now, 3)
    asked = Asked(board, None, "", period, theme="", wall=False, language=language, now=now)
    figures = [(asked.figure(card), asked.trend(card)) for card in board.main_cards]
    return [
        {**dress(asked, figure, course), "period": _("3 tháng gần đây"), "as_of": moment(figure.as_of)}
        for figure, course in figures
        if figure.value is not None
    ]
