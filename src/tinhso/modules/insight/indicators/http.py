"""The API of indicators: cards, and figures by month as anybody may see them; officers signed in see small cells too."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.rules import (
    Card,
    Figure,
    NoPeriod,
    Period,
    is_hidden_from,
    last_months,
    read_period,
)
from tinhso.platform.clock import now

router = Router(tags=["indicators"])
MONTHS_TOLD = 12
Code = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="Mã chỉ số · Code of the indicator")]
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]


class CardOut(Schema):
    """What an indicator is; texts are {vi, en}."""

    code: str
    title: dict[str, str]
    definition: dict[str, str]
    numerator: dict[str, str]
    denominator: dict[str, str]
    unit: str
    better: str
    level: str
    drill: str
    source: str
    target: float | None


class FigureOut(Schema):
    """
    One figure; `value` is null where nothing was counted, and where `hidden` because fewer than five were.

    `partial`: months with fewer than five are left out of it.
    """

    period: str
    numerator: int | None
    denominator: int | None
    value: float | None
    hidden: bool
    partial: bool


class FiguresOut(Schema):
    """An indicator's figures: of the whole period, and of each month in it."""

    card: CardOut
    unit: str
    as_of: datetime | None
    definition_sha256: str
    source_sha256: str
    whole: FigureOut
    months: list[FigureOut]


class FigureRefusalOut(Schema):
    """Why not, in words."""

    code: str
    vi: str
    en: str


class FiguresIn(Schema):
    """Which unit (its key; empty for everything) and which months, the first and the last; the last twelve when not said."""

    unit: Annotated[str, Field(max_length=64)] = ""
    first: Month | None = Field(None, alias="from")
    last: Month | None = Field(None, alias="to")


@router.get("/", response=list[CardOut], summary="Các chỉ số · All indicators")
def list_indicators(request: HttpRequest) -> Any:  # noqa: ARG001
    """The card of each indicator that was computed."""
    return [_card(card) for card in queries.read_board().cards]


@router.get(
    "/{code}",
    response={200: FiguresOut, 404: FigureRefusalOut, 422: FigureRefusalOut},
    summary="Số liệu của một chỉ số · Figures of one indicator",
)
def show_figures(request: HttpRequest, code: Code, wanted: Query[FiguresIn]) -> Any:
    """Figures by month from the warehouse, with what they were computed from and up to when."""
    board = queries.read_board().within("", wanted.unit)
    if wanted.unit and wanted.unit not in board.units:
        return Status(
            404, _refusal("unknown_unit", "Không có số liệu của đơn vị này.", "There are no figures of this unit.")
        )
    try:
        period = _period(wanted, now())
        actor = getattr(request, "actor", None)
        public = is_hidden_from(board.card(code), officer=actor is not None and actor.kind == "officer")
        whole = board.figure(code, wanted.unit, period, public=public)
        months = board.trend(code, wanted.unit, period, public=public)
    except NoPeriod as wrong:
        return Status(422, _refusal("no_period", wrong.vi, wrong.en))
    except queries.NoIndicator as unknown:
        return Status(404, _refusal("unknown_indicator", unknown.vi, unknown.en))
    return Status(200, _figures(whole, months))


def _period(wanted: FiguresIn, moment: datetime) -> Period:
    usual = last_months(moment, MONTHS_TOLD)
    first = wanted.first or (wanted.last if wanted.last else f"{usual.first:%Y-%m}")
    last = wanted.last or f"{max(usual.last, read_period(first).first):%Y-%m}"
    return read_period(f"{first}..{last}")


def _figures(whole: Figure, months: list[Figure]) -> dict[str, Any]:
    return {
        "card": _card(whole.card),
        "unit": whole.unit_key,
        "as_of": whole.as_of,
        "definition_sha256": whole.definition_sha256,
        "source_sha256": whole.source_sha256,
        "whole": _figure(whole),
        "months": [_figure(each) for each in months],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "period": figure.period.code,
        "numerator": None if figure.hidden else figure.numerator,
        "denominator": None if figure.hidden else figure.denominator,
        "value": None if figure.value is None else float(figure.value),
        "hidden": figure.hidden,
        "partial": figure.partial,
    }


def _card(card: Card) -> dict[str, Any]:
    texts = {name: getattr(card, name) for name in ("title", "definition", "numerator", "denominator")}
    codes = {name: getattr(card, name) for name in ("code", "unit", "better", "level", "drill", "source")}
    target = None if card.target is None else float(card.target)
    return {**codes, **{name: {"vi": text.vi, "en": text.en} for name, text in texts.items()}, "target": target}


def _refusal(code: str, vi: str, en: str) -> dict[str, str]:
    return {"code": code, "vi": vi, "en": en}
