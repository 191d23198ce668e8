"""Units and due dates for other systems."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import BeforeValidator

from tinhso.kernel import worktime
from tinhso.platform.units import queries

router = Router(tags=["units"])


class Refusal(Schema):
    """What is wrong with a question, in both languages."""

    field: str
    vi: str
    en: str


class Explained(Schema):
    """One decision on the way to a due date."""

    kind: str
    vi: str
    en: str


class DueAnswer(Schema):
    """When something is due, and every decision on the way."""

    due_at: str
    steps: list[Explained]


class UnitAnswer(Schema):
    """One unit as it was on the day asked for."""

    key: str
    code: str
    kind: str
    name: str
    parent_key: str
    valid_from: date
    valid_to: date | None


@router.get("/due", response={200: DueAnswer, 400: Refusal}, auth=None, url_name="units_due")
def due(
    request: HttpRequest,  # noqa: ARG001 - the framework passes it
    received: Annotated[str, Query(examples=["2026-02-13T15:30"])],
    limit: Annotated[str, Query(examples=["2 working_day"])],
    cut_off: str = "",
    calendar: str = worktime.DEFAULT_CALENDAR,
) -> Any:
    """When what was received then is due, and why. A moment without an offset is Vietnamese time."""
    try:
        desk = queries.get_calendar_by_code(calendar)
        answer = worktime.read_due_question(received, limit, cut_off).answer(desk)
    except (worktime.WorktimeError, queries.NoSuchUnit) as wrong:
        field = "calendar" if isinstance(wrong, queries.NoSuchUnit) else "received, limit, cut_off"
        return Status(400, Refusal(field=field, vi=wrong.vi, en=wrong.en))
    steps = [Explained(kind=step.kind, vi=step.vi, en=step.en) for step in answer.steps]
    return Status(200, DueAnswer(due_at=answer.due_at.isoformat(), steps=steps))


@router.get("/units", response=list[UnitAnswer], auth=None, url_name="units_list")
def list_units(request: HttpRequest, name: str, on: Annotated[date, BeforeValidator(worktime.parse_day)]) -> Any:  # noqa: ARG001
    """Units of that name on that day, with or without diacritics; 50 at most."""
    return [
        UnitAnswer.model_validate(row, from_attributes=True) for row in queries.find_units_by_name(name, on, limit=50)
    ]
