"""Figures in words: numbers as people write them, what they rest on, up to when; nothing is shown naked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators.pages.asking import Asked
from tinhso.modules.insight.indicators.pages.happenings import marks_of
from tinhso.modules.insight.indicators.rules import (
    FEW,
    VIETNAM,
    Card,
    Chart,
    Figure,
    Measure,
    draw_chart,
    from_the_first,
)
from tinhso.platform.wording import moment, number

Found = TypeVar("Found")
FAR = Decimal("0.05")  # of the target


def told(figure: Figure) -> str:
    """The figure with its unit, or why there is none."""
    if figure.hidden:
        return _("ẩn")
    if figure.shown is None:
        return "–"
    return in_unit(figure.shown, figure.card.measure)


def in_unit(value: Decimal, measure: Measure) -> str:
    """A number with its unit."""
    return f"{number(value)}%" if measure.is_share else f"{number(value)} {measure.text}"


def basis(figure: Figure, language: str) -> str:
    """What the figure rests on."""
    counted = figure.card.denominator.in_language(language)
    if figure.hidden:
        return _("ẩn vì dưới %(few)s %(counted)s") % {"few": FEW, "counted": counted}
    if not figure.denominator:
        return _("kỳ này chưa có %(counted)s") % {"counted": counted}
    told = {"numerator": number(figure.numerator), "denominator": number(figure.denominator), "counted": counted}
    if figure.card.measure.is_share:
        said = _("%(numerator)s trên %(denominator)s %(counted)s") % told
    else:
        said = _("trung bình của %(denominator)s %(counted)s") % told
    return said + (_(", chưa kể tháng bị ẩn vì dưới %(few)s") % {"few": FEW} if figure.partial else "")


def seconds(when: datetime | None) -> str:
    """The same to the second, for a wall that people watch."""
    return f"{when.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}" if when else ""


def kind_of(figure: Figure) -> str:
    """How the component colours it: by its target, where it has one; red where it lies far from it."""
    kind = {True: "ok", False: "soon", None: ""}[figure.meets_target]
    if kind == "soon" and figure.shown is not None and figure.card.target is not None:
        return "late" if abs(figure.shown - figure.card.target) > FAR * figure.card.target else "soon"
    return kind


def dress(asked: Asked, figure: Figure, course: Sequence[Figure], aim: str = "") -> dict[str, Any]:
    """
    A figure as the component takes it, with its course, its way down to dossiers and the way to its definition.

    :param aim: what the target is called, with `%(target)s`, where it is not the indicator's own
    """
    card = figure.card
    said = basis(figure, asked.language)
    if card.target is not None:
        said += " · " + (aim or _("mục tiêu %(target)s")) % {"target": in_unit(card.target, card.measure)}
    shown = figure.shown
    return {
        "title": card.title.in_language(asked.language),
        "value": told(figure) if shown is None else number(shown),
        "unit": "" if shown is None else card.measure.text,
        "kind": kind_of(figure),
        "line": [float(each.value) for each in course if each.value is not None],
        "basis": said,
        "url": asked.url("indicators:cases", card.code, which=_behind(figure)) if opens_down(asked, figure) else "",
        "period": figure.period.name,
        "as_of": moment(figure.as_of),
        "stale": figure.is_stale(asked.now),
        "definition_url": "" if asked.wall else asked.url("indicators:indicator", card.code),
    }


def _behind(figure: Figure) -> str:
    """Which dossiers a figure opens to: those that failed, where it misses its target."""
    return "failed" if kind_of(figure) and kind_of(figure) != "ok" and figure.card.measure.is_share else ""


def opens_down(asked: Asked, figure: Figure) -> bool:
    """Whether this reader may open the dossiers behind the figure, or some of them."""
    return bool(not asked.wall and figure.denominator and figure.card.drill != "none" and asked.open_units)


def chart_of(figures: Sequence[Figure]) -> dict[str, Any] | None:
    """A chart as its template takes it: every place as text, so that no language puts a comma in it."""
    figures = from_the_first(figures)
    chart: Chart | None = draw_chart(figures)
    if chart is None:
        return None
    measure = figures[0].card.measure
    return {
        "rules": [
            {"y": f"{y:.2f}%", "text": number(value) + ("%" if measure.is_share else "")} for y, value in chart.rules
        ],
        "unit": "" if measure.is_share else measure.text,
        "pieces": [
            dict(zip(("x1", "y1", "x2", "y2"), (f"{at:.2f}%" for at in piece), strict=True)) for piece in chart.pieces
        ],
        "points": [
            {"x": f"{x:.2f}%", "y": f"{y:.2f}%", "text": f"{figure.period.name}: {told(figure)}"}
            for x, y, figure in chart.points
        ],
        "months": [
            {"x": f"{x:.2f}%", "text": _month(each.period.first, place == 0)}
            for place, (x, each) in enumerate(chart.months)
        ],
        "events": marks_of(chart.months),
        "target": f"{chart.target:.2f}%" if chart.target is not None else "",
        "target_text": _("mục tiêu %(target)s") % {"target": in_unit(figures[0].card.target, measure)}
        if figures[0].card.target is not None
        else "",
    }


def _month(first: date, is_first: bool) -> str:  # noqa: FBT001 - said in one place
    """A month under a chart: the year stands at the first and at each January."""
    return f"{first:%m/%Y}" if is_first or first.month == 1 else f"{first:%m}"


def card_rows(card: Card, asked: Asked, figure: Figure) -> list[dict[str, Any]]:
    """The definition of an indicator as a summary list."""
    language = asked.language
    levels = {"commune": _("từ cấp xã trở lên"), "province": _("cấp tỉnh")}
    better = {"higher": _("càng cao càng tốt"), "lower": _("càng thấp càng tốt")}
    rows = [
        (_("Cách tính"), card.definition.in_language(language)),
        (_("Tử số"), card.numerator.in_language(language)),
        (_("Mẫu số"), card.denominator.in_language(language)),
        (_("Đơn vị tính"), f"{card.measure.text}, {better[card.better]}"),
        (_("Mục tiêu"), in_unit(card.target, card.measure) if card.target is not None else ""),
        (_("Cấp"), levels.get(card.level, card.level)),
        (_("Nguồn"), card.source),
        (_("Lưu ý"), card.note.in_language(language)),
        (_("Số liệu đến"), seconds(figure.as_of)),
        (_("Dấu vết"), f"{figure.definition_sha256[:12]} · {figure.source_sha256[:12]}"),
    ]
    note = _("Mã băm của câu lệnh tính và của dữ liệu đã dùng: cùng mã thì ra cùng con số.")
    shown = [{"key": key, "value": value} for key, value in rows if value]
    return [*shown[:-1], {**shown[-1], "note": note}]


def kept(key: str, find: Callable[[], Found], longest: int) -> Found:
    """What `find` gives, found anew at most every so many seconds in this process; nothing found is not kept."""
    found: Found | None = cache.get(key)
    if found is None:
        found = find()
        if found:
            cache.set(key, found, longest)
    return found
