"""Panels drawn: each app's panel in a tile with its age and its downloads; drawn once for all who are told the same."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.insight.boards import queries
from tinhso.modules.insight.boards.pages.asking import Asked
from tinhso.modules.insight.boards.rules import Place, seen_as
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.wording import language, moment

logger = logging.getLogger(__name__)
KEPT_SECONDS = 2  # with the page's rhythm of four seconds a tile is well below ten seconds behind the act
LINK = re.compile(r"</?a\b[^>]*>")  # on a wall nothing can be pressed, whoever drew it
A_MINUTE = timedelta(minutes=1)
LOCKS = tuple(Lock() for _number in range(64))


@dataclass(frozen=True, slots=True)
class Tile:
    """One panel as it is shown: its HTML, and a mark that changes when the HTML does."""

    code: str
    html: str
    version: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All tiles of a board by their codes, and one mark over all of them."""

    tiles: Mapping[str, Tile]
    version: str


def draw(asked: Asked) -> Drawing:
    """The board's tiles; whoever asks within two seconds and is told the same gets the same drawing."""
    key = _key(asked)
    found: Drawing | None = cache.get(key)
    if found is None:
        with LOCKS[int(key[-8:], 16) % len(LOCKS)]:  # of those who come at once, one draws
            found = cache.get(key)
            if found is None:
                found = _draw(asked)
                cache.set(key, found, KEPT_SECONDS)
    return found


def panel_of(asked: Asked, place: Place) -> Panel | None:
    """What the place's panel shows now; None where its app is absent or has nothing to show."""
    ask = queries.find_panels().get(place.panel)
    if ask is None:
        return None
    return ask(
        PanelAsked(
            unit_key=asked.unit_key,
            period=asked.period.code,
            actor=asked.actor,
            now=asked.now,
            wall=asked.is_wall,
            options=place.options,
        )
    )


def _key(asked: Asked) -> str:
    """What a drawing depends on. The board itself is a part of it, since its file may change."""
    told = (asked.board, asked.unit_key, asked.period.code, seen_as(asked.actor), asked.is_wall, language())
    return f"boards:drawing:{sha256(repr(told).encode()).hexdigest()}"


def _draw(asked: Asked) -> Drawing:
    tiles = [
        tile
        for section in asked.board.sections
        for place in section.places
        if (tile := _tile(asked, place, under_a_title=bool(section.title.vi)))
    ]
    marks = "|".join(f"{tile.code}:{tile.version}" for tile in tiles)
    return Drawing({tile.code: tile for tile in tiles}, sha256(marks.encode()).hexdigest()[:32])


def _tile(asked: Asked, place: Place, *, under_a_title: bool) -> Tile | None:
    try:
        panel = panel_of(asked, place)
        if panel is None:
            return None
        html = _html(asked, place, panel, under_a_title=under_a_title)
    except Exception:
        logger.exception("panel %s of board %s was not drawn", place.panel, asked.board.code)
        broken = Panel(_("Chưa xem được phần này"), "boards/broken.html", {})
        html = _html(asked, place, broken, under_a_title=under_a_title)
    return Tile(place.code, html, sha256(html.encode()).hexdigest()[:16])


def _html(asked: Asked, place: Place, panel: Panel, *, under_a_title: bool) -> str:
    context: dict[str, Any] = {
        **panel.context,
        "level": "h4" if under_a_title else "h3",
        "title_level": "h3" if under_a_title else "h2",
        "panel": panel,
        "place": place,
        "as_of": _said_age(panel),
        "is_stale": _is_stale(panel, asked.now),
        "stale_seconds": int(panel.stale_after.total_seconds()) if panel.stale_after else "",
        "as_of_mark": panel.as_of.isoformat(timespec="seconds") if panel.as_of else "",
        "wall": asked.is_wall,
        "downloads": [] if asked.is_wall or not panel.table else _downloads(asked, place),
    }
    html = render_to_string("boards/tile.html", context)
    return mark_safe(LINK.sub("", html)) if asked.is_wall else html  # noqa: S308 - a safe text with less in it


def _said_age(panel: Panel) -> str:
    """Up to when it is; to the second where that matters, and then without the day."""
    if panel.as_of is None or panel.stale_after is None or panel.stale_after > A_MINUTE:
        return moment(panel.as_of)
    return f"{panel.as_of.astimezone(VIETNAM):%H:%M:%S}"


def _is_stale(panel: Panel, at: datetime) -> bool:
    return bool(panel.stale_after and panel.as_of and at - panel.as_of > panel.stale_after)


def _downloads(asked: Asked, place: Place) -> list[dict[str, str]]:
    return [
        {"url": asked.url("boards:csv", place.code, period=asked.period.code), "text": "CSV"},
        {"url": asked.url("boards:xlsx", place.code, period=asked.period.code), "text": "Excel"},
    ]
