"""What happened that explains a course: marks on its chart, the same in words below it and in its table."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tinhso.modules.insight.indicators.rules import Figure
from tinhso.platform.capability import Event, list_events
from tinhso.platform.periods import Period, next_month
from tinhso.platform.wording import day, said


def events_of(figures: Sequence[Figure]) -> list[Event]:
    """What happened at the figures' unit, above it or everywhere, in the time they cover."""
    if not figures:
        return []
    return list_events(figures[0].unit_key, figures[0].period.first, _last_day_of(figures[-1].period))


def marks_of(months: Sequence[tuple[float, Figure]]) -> list[dict[str, Any]]:
    """A mark for each month in which something began, numbered, as the chart takes them; what began before is at the start."""
    figures = [each for _x, each in months]
    found: dict[float, list[Event]] = {}
    for event in events_of(figures):
        started = [x for x, each in months if each.period.first <= event.first_on]
        found.setdefault(started[-1] if started else months[0][0], []).append(event)
    return [
        {"x": f"{x:.2f}%", "number": number, "texts": [in_words(each) for each in events]}
        for number, (x, events) in enumerate(sorted(found.items()), start=1)
    ]


def in_words(event: Event) -> str:
    """An event as one line: its days, what it was."""
    days = day(event.first_on)
    if event.last_on and event.last_on != event.first_on:
        days += f"–{day(event.last_on)}"
    return f"{days}: {said(event.title)}"


def note_events(table: dict[str, Any], figures: Sequence[Figure]) -> dict[str, Any]:
    """The table of months with what happened below the month in which it began; `figures` in the order of its rows."""
    events = events_of(sorted(figures, key=lambda each: each.period.first))
    for row, figure in zip(table["rows"], figures, strict=True):
        told = [
            said(each.title) for each in events if figure.period.first <= each.first_on <= _last_day_of(figure.period)
        ]
        if told:
            row["cells"][0]["note"] = "; ".join(told)
    return table


def _last_day_of(period: Period) -> date:
    return next_month(period.last) - timedelta(days=1)
