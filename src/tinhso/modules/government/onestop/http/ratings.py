"""The API of rating: how a unit did by the nine indices in a quarter or a year, as the page tells it, without names or words."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from tinhso.kernel.flow import Text
from tinhso.modules.government.onestop.http.shapes import RefusalOut, TextOut
from tinhso.modules.government.onestop.http.work import refusal
from tinhso.modules.government.onestop.queries.evaluating import Mark, evaluate, may_read_ratings
from tinhso.modules.government.onestop.rules.quarters import read_period
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import Actor

router = Router(tags=["onestop"])


class RatingsIn(Schema):
    """Which unit (its key) with all below it, and which quarter (2026-Q4) or year (2026)."""

    unit: Annotated[str, Field(max_length=64, pattern=r"^[\w.@-]+$")]
    period: Annotated[str, Field(max_length=7, pattern=r"^20[0-9]{2}(-Q[1-4])?$")]


class RatedIndexOut(Schema):
    """One of the nine: mean points of at most 2, over how many; `score` is null where there is nothing to tell."""

    number: int
    name: TextOut
    origin: str
    score: float | None
    count: int


class MarkOut(Schema):
    """
    How a unit did. `rated` of `offered` finished dossiers were rated, `satisfied` of `ratings` were content.

    What fewer than five said in a unit and quarter is in none of the sums. `total` and `band` are null while an index has
    nothing to tell.
    """

    unit: str
    finished: int
    offered: int
    rated: int
    ratings: int
    satisfied: int
    indices: list[RatedIndexOut]
    total: float | None
    band: TextOut | None


class RatingsOut(Schema):
    """The unit, and for those who watch over it the units right below; `rules` names the set of rules in force."""

    period: str
    as_of: datetime
    rules: str
    whole: MarkOut
    below: list[MarkOut]


@router.get(
    "/ratings",
    auth=signed_in,
    response={200: RatingsOut, 403: RefusalOut, 404: RefusalOut},
    summary="Chín chỉ số đánh giá · The nine indices of a unit",
)
def read_ratings(request: HttpRequest, asked: Query[RatingsIn]) -> Any:
    """Figures only: officers' sums and people's words are read on the page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != "officer" or not may_read_ratings(actor, asked.unit):
        return Status(
            403, refusal("not_yours", "unit", "Bạn không xem được đơn vị này.", "That unit is not yours to read.")
        )
    at = now()
    try:
        found = evaluate(asked.unit, read_period(asked.period, at.astimezone(VIETNAM).date()), actor=actor, now=at)
    except LookupError:
        return Status(404, refusal("no_rules", "period", "Kỳ này chưa có quy tắc.", "No rules were in force then."))
    below = [_mark(unit.key, mark) for unit, mark in found.below]
    whole = _mark(found.unit.key, found.whole)
    return Status(
        200, {"period": asked.period, "as_of": found.as_of, "rules": found.rules.code, "whole": whole, "below": below}
    )


def _mark(unit_key: str, mark: Mark) -> dict[str, Any]:
    cell = mark.cell
    indices = [
        {
            "number": each.index.number,
            "name": _text(each.index.name),
            "origin": each.index.origin,
            "score": _number(each.score),
            "count": each.count,
        }
        for each in mark.scored
    ]
    return {
        "unit": unit_key, "finished": cell.finished, "offered": cell.offered, "rated": cell.rated, "ratings": cell.ratings,
        "satisfied": cell.satisfied, "indices": indices, "total": _number(mark.total),
        "band": _text(mark.band.name) if mark.band else None,
    }  # fmt: skip


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
