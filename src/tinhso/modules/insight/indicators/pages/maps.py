"""The province as a picture: each commune a cell coloured by its figure, with the same numbers in a table beneath."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tinhso.kernel.cells import Point
from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.asking import Asked
from tinhso.modules.insight.indicators.pages.dressing import basis, kept, told
from tinhso.modules.insight.indicators.pages.tables import table_of
from tinhso.modules.insight.indicators.rules import VIETNAM, Card, Figure, level_of, levels, most_urgent
from tinhso.platform.units.rules import UnitRow
from tinhso.platform.wording import number

GROUND_KEPT_SECONDS = 600
ROOM_FOR_A_SIGN = 17.0  # of the thousand that a picture is wide


def map_of(asked: Asked, card: Card) -> dict[str, Any] | None:
    """What the template draws, for shares only; None where there is no province to draw."""
    province = queries.province_of(asked.board, asked.unit_key)
    if not card.measure.is_share or not province:
        return None
    on = asked.now.astimezone(VIETNAM).date()
    ground: queries.Ground = kept(
        f"indicators:ground:{province}:{on}", lambda: queries.read_ground(province, on), GROUND_KEPT_SECONDS
    )
    if len(ground.units) < 2:
        return None
    found = {figure.unit_key: figure for figure in asked.by_unit(card, below=province)}
    return {
        "title": _("%(title)s theo xã, phường") % {"title": card.title.in_language(asked.language)},
        "box": f"-6 -6 1012 {ground.cells.height + 12:.0f}",
        "cells": [_cell(asked, card, unit, ground, found) for unit in ground.units],
        "legend": _legend(card),
        "table": _table(asked, card, found),
        "without": _("%(count)s xã, phường chưa có số liệu trong kỳ này") % {"count": sum(unit.key not in found for unit in ground.units)},
        "downloads": [
            {"url": asked.url("indicators:csv", card.code, unit=province), "text": _("Tải bảng (CSV)")},
            {"url": asked.url("indicators:xlsx", card.code, unit=province), "text": _("Tải bảng (Excel)")},
        ],
    }  # fmt: skip


def _cell(
    asked: Asked, card: Card, unit: UnitRow, ground: queries.Ground, found: Mapping[str, Figure]
) -> dict[str, Any]:
    figure = found.get(unit.key)
    outline = ground.cells.outlines[unit.key]
    x, y = (sum(side) / len(outline) for side in zip(*outline, strict=True))
    said = f"{told(figure)}, {basis(figure, asked.language)}" if figure else _("chưa có hồ sơ trong kỳ này")
    text = number(figure.shown) if figure and figure.shown is not None else ""
    return {
        "path": "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in outline) + "Z",
        "level": level_of(figure) if figure else 0,
        "title": f"{unit.name_in(asked.language)}: {said}",
        "url": asked.url("indicators:indicator", card.code, unit=unit.key) if figure and not asked.wall else "",
        "number": text if _has_room(outline, len(text)) else "",
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "chosen": unit.key == asked.unit_key,
    }


def _has_room(outline: tuple[Point, ...], signs: int) -> bool:
    across, down = [x for x, _ in outline], [y for _, y in outline]
    return min(max(across) - min(across), max(down) - min(down)) >= signs * ROOM_FOR_A_SIGN


def _legend(card: Card) -> list[dict[str, Any]]:
    rows = [
        {"level": level, "text": _("từ %(low)s%%") % {"low": low} if high == 100 else _("%(low)s đến dưới %(high)s%%") % {"low": low, "high": high}}
        for level, low, high in levels(higher_is_better=card.better == "higher")
    ]  # fmt: skip
    return [*rows, {"level": 0, "text": _("chưa có số liệu hoặc ẩn")}]


def _table(asked: Asked, card: Card, found: Mapping[str, Figure]) -> dict[str, Any] | None:
    """The same numbers, where a look is needed first; each leads where its cell leads."""
    ordered = most_urgent(list(found.values())) + [figure for figure in found.values() if figure.value is None]
    if not ordered:
        return None
    named = [(asked.board.name_of(figure.unit_key, asked.language), figure) for figure in ordered]
    table = table_of(card, named, _("Xã, phường"))
    for row, figure in zip(table["rows"], ordered, strict=True):
        row["cells"][0]["url"] = asked.url("indicators:indicator", card.code, unit=figure.unit_key)
    return table
