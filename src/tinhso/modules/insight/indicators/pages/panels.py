"""What boards may show of indicators: tiles of now, figures of the period, the course of one, its units, its map."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.asking import Asked
from tinhso.modules.insight.indicators.pages.dressing import basis, chart_of, dress, in_unit, kind_of, told
from tinhso.modules.insight.indicators.pages.maps import map_of
from tinhso.modules.insight.indicators.rules import FEW, STALE_AFTER, Card, Figure, last_months, most_urgent
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.periods import NoPeriod, read_period
from tinhso.platform.wording import language, number

LOWEST_SHOWN, LOWEST_ON_A_WALL = 10, 8
LIVE_STALE_AFTER = timedelta(seconds=30)


def draw_live(asked: PanelAsked) -> Panel:
    """How many dossiers are being handled, due today, late, hanging; a handful at one unit is told to officers only."""
    read = _read(asked)
    live = queries.count_live(read.unit_key, asked.now)
    counts = [
        (_("Đang giải quyết"), live.handled, ""),
        (_("Đến hạn từ nay đến cuối ngày"), live.due_today, ""),
        (_("Đang quá hạn"), live.late, "late" if live.late else "ok"),
        (_("Không rõ ai đang giữ, hoặc chờ đã quá hạn"), live.hanging, "late" if live.hanging else "ok"),
    ]
    rows = [(title, _few(read, count), kind) for title, count, kind in counts]
    tiles = [{"title": title, "value": value, "kind": kind, "period": _("trực tiếp")} for title, value, kind in rows]
    return Panel(
        title=_("Ngay lúc này"),
        template="indicators/figures.html",
        context={"figures": tiles},
        table=[[_("Hồ sơ"), _("Số lượng")], *([title, value] for title, value, _kind in rows)],
        as_of=asked.now,
        stale_after=LIVE_STALE_AFTER,
        state="trouble" if live.late or live.hanging else "well",
        lines=[f"{title}: {value}" for title, value, _kind in rows],
    )


def _few(asked: Asked, count: int) -> str:
    """The count as this reader may see it: of one unit the public sees fives, so that no difference tells of a handful."""
    if asked.is_officer or not asked.unit_key:
        return number(count)
    fives = (count + FEW // 2) // FEW * FEW
    return _("khoảng %(count)s") % {"count": number(fives)} if fives else _("dưới %(few)s") % {"few": FEW}


def draw_figures(asked: PanelAsked) -> Panel:
    """
    Figures of the period with their courses; option `codes` names them, else those of the main group.

    Option `thresholds` ({ on_time_rate = 95 }) colours those that have no target of their own.
    """
    read = _read(asked)
    cards = _cards(read, asked.options.get("codes", ())) or read.board.main_cards
    held = _thresholds(asked)
    figures = [_held(read.figure(card), held) for card in cards]
    tiles = [_tile(read, each, held) for each in figures]
    kinds = {kind_of(each) for each in figures if each.shown is not None}
    return Panel(
        title=_("Trong kỳ: %(period)s") % {"period": read.period.name},
        template="indicators/figures.html",
        context={"figures": tiles},
        table=_table([(each.card.title.in_language(read.language), each) for each in figures], _("Chỉ số")),
        state="trouble"
        if "late" in kinds
        else "warning"
        if "soon" in kinds
        else "well"
        if "ok" in kinds
        else "unknown",
        lines=[_line(read, each) for each in figures],
        address=read.url("indicators:catalogue"),
        **_age(read),
    )


def _thresholds(asked: PanelAsked) -> dict[str, Decimal]:
    """What the board's file holds figures against."""
    found = asked.options.get("thresholds", {})
    return {code: Decimal(str(value)) for code, value in found.items()} if isinstance(found, dict) else {}


def _held(figure: Figure, held: Mapping[str, Decimal]) -> Figure:
    """The figure against its own target, else against the board's threshold."""
    threshold = held.get(figure.card.code)
    if figure.card.target is not None or threshold is None:
        return figure
    return replace(figure, card=replace(figure.card, target=threshold))


def _tile(read: Asked, figure: Figure, held: Mapping[str, Decimal]) -> dict[str, Any]:
    """The figure with its course; its age is told by the panel."""
    card = read.board.card(figure.card.code)
    aim = _("ngưỡng của bảng %(target)s") if card.target is None and card.code in held else ""
    return {**dress(read, figure, read.trend(card), aim=aim), "as_of": "", "stale": False}


def draw_course(asked: PanelAsked) -> Panel | None:
    """One indicator by month; option `code` names it, else the first."""
    read = _read(asked)
    card = _one(read, asked)
    course = read.trend(card) if card else []
    drawn = chart_of(course)
    if card is None or drawn is None:
        return None
    title = _("%(title)s theo tháng") % {"title": card.title.in_language(read.language)}
    return Panel(
        title=title,
        template="indicators/course.html",
        context={"chart": drawn, "chart_title": title},
        table=_table([(each.period.code, each) for each in course], _("Tháng")),
        state=_state(read.figure(card)),
        lines=[f"{each.period.name}: {told(each)}" for each in course if each.denominator],
        address=f"{read.url('indicators:indicator', card.code)}#months",
        **_age(read),
    )


def draw_lowest(asked: PanelAsked) -> Panel | None:
    """One indicator by unit, those that need a look first; option `code` names it, else the first, `thresholds` as above."""
    read, held = _read(asked), _thresholds(asked)
    card = _one(read, asked)
    found = [_held(each, held) for each in most_urgent(read.by_unit(card))] if card else []
    if card is None or not found:
        return None
    shown = found[: LOWEST_ON_A_WALL if asked.wall else LOWEST_SHOWN]
    named = [(read.board.name_of(each.unit_key, read.language), each) for each in found]
    bars = [
        {
            "text": name,
            "value": told(each),
            "percent": float(each.shown or 0) if card.measure.is_share else 0,
            "kind": kind_of(each),
            "url": "" if asked.wall else read.url("indicators:indicator", card.code, unit=each.unit_key),
        }
        for name, each in named[: len(shown)]
    ]
    return Panel(
        title=card.title.in_language(read.language),
        template="indicators/lowest.html",
        context={"bars": bars, "period_name": read.period.name},
        table=_table(named, _("Đơn vị")),
        state=_state(found[0]),
        lines=[f"{name}: {told(each)}" for name, each in named[: len(shown)]],
        address=read.url("indicators:indicator", card.code),
        **_age(read),
    )


def draw_map(asked: PanelAsked) -> Panel | None:
    """One share by commune as a map; option `code` names it, else the first of the main group that is a share."""
    read = _read(asked)
    cards = _cards(read, [asked.options.get("code", "")]) or read.board.main_cards
    card, drawn = next(((card, found) for card in cards if (found := map_of(read, card))), (None, None))
    if card is None or drawn is None:
        return None
    named = [(read.board.name_of(each.unit_key, read.language), each) for each in read.by_unit(card)]
    return Panel(
        title=drawn["title"],
        template="indicators/map.html",
        context={"map": drawn, "period_name": read.period.name, "wall": asked.wall},
        table=_table(named, _("Xã, phường")),
        state=_state(read.figure(card)),
        lines=[_line(read, read.figure(card))],
        address=read.url("indicators:indicator", card.code),
        **_age(read),
    )


PANELS = {
    "indicators.live": draw_live,
    "indicators.figures": draw_figures,
    "indicators.course": draw_course,
    "indicators.lowest": draw_lowest,
    "indicators.map": draw_map,
}


@lru_cache(maxsize=2)
def _board_at(now: datetime) -> queries.Board:  # noqa: ARG001 - the panels drawn at one moment share one reading
    return queries.read_board()


def _read(asked: PanelAsked) -> Asked:
    try:
        period = read_period(asked.period)
    except NoPeriod:
        period = last_months(asked.now, 1)
    return Asked(
        board=_board_at(asked.now).within("", asked.unit_key),
        actor=asked.actor,
        unit_key=asked.unit_key,
        period=period,
        theme="",
        wall=asked.wall,
        language=language(),
        now=asked.now,
    )


def _cards(read: Asked, codes: Sequence[str]) -> list[Card]:
    """The cards of these codes, in this order; codes that no indicator has are left out."""
    known = {card.code: card for card in read.board.cards}
    return [known[code] for code in codes if code in known]


def _one(read: Asked, asked: PanelAsked) -> Card | None:
    return next(iter([*_cards(read, [asked.options.get("code", "")]), *read.board.cards]), None)


def _age(read: Asked) -> dict[str, Any]:
    return {"as_of": read.board.as_of, "stale_after": STALE_AFTER}


def _state(figure: Figure) -> Any:
    if figure.shown is None:
        return "unknown"
    return {"late": "trouble", "soon": "warning", "ok": "well"}.get(kind_of(figure), "unknown")


def _line(read: Asked, figure: Figure) -> str:
    return f"{figure.card.title.in_language(read.language)}: {told(figure)} ({basis(figure, read.language)})"


def _table(named: Sequence[tuple[str, Figure]], head: str) -> list[list[Any]]:
    """The figures to take away, as bare numbers."""
    rows: list[list[Any]] = [
        [head, _("Giá trị"), _("Đơn vị tính"), _("Tử số"), _("Mẫu số"), _("Mục tiêu"), _("Kỳ"), _("Mã đơn vị")]
    ]
    for name, each in named:
        counts: list[Any] = [_("ẩn"), _("ẩn")] if each.hidden else [each.numerator, each.denominator]
        target = "" if each.card.target is None else in_unit(each.card.target, each.card.measure)
        value = "" if each.shown is None else each.shown
        rows.append([name, value, str(each.card.measure.text), *counts, target, each.period.code, each.unit_key])
    return rows
