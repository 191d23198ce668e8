"""What happened stands on the chart of a figure, below it in words, and in its table."""

from datetime import date

import pytest
from django.apps import apps

from tinhso.kernel.flow import Text
from tinhso.modules.insight.indicators.pages.happenings import in_words, marks_of, note_events
from tinhso.modules.insight.indicators.rules import Card, Figure
from tinhso.platform.capability import Event
from tinhso.platform.periods import Period

UNIT = "90001@2025-07-01"
CARD = Card.__new__(Card)
OUTAGE = Event("", date(2026, 3, 8), date(2026, 3, 10), Text("Hệ thống ngừng", "Outage"), "thử", "")
REFORM = Event("", date(2025, 7, 1), None, Text("Hai cấp", "Two levels"), "thử", "")


def figures() -> list[Figure]:
    months = [date(2026, month, 1) for month in (1, 2, 3, 4)]
    return [Figure(CARD, UNIT, Period(month, month), 1, 1, None, "", "") for month in months]


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, date, date]]:
    """An app tells of an outage and of a reform that goes on; what it was asked."""
    asked = list[tuple[str, date, date]]()

    def events(_app: object, unit_key: str, first: date, last: date) -> list[Event]:
        asked.append((unit_key, first, last))
        return [OUTAGE, REFORM]

    monkeypatch.setattr(type(apps.get_app_config("files")), "events", events)
    for label in ("alerts",):
        if apps.is_installed(f"tinhso.modules.insight.{label}"):
            monkeypatch.setattr(type(apps.get_app_config(label)), "events", lambda *_asked: ())
    return asked


def test_an_event_marks_the_month_it_began_in_and_what_began_before_the_first(told):
    marks = marks_of([(10.0 * place, each) for place, each in enumerate(figures(), start=1)])

    assert told == [(UNIT, date(2026, 1, 1), date(2026, 4, 30))]
    assert marks == [
        {"x": "10.00%", "number": 1, "texts": ["01/07/2025: Hai cấp"]},
        {"x": "30.00%", "number": 2, "texts": ["08/03/2026–10/03/2026: Hệ thống ngừng"]},
    ]


def test_the_table_says_it_below_its_month_whatever_the_order_of_rows(told):
    latest_first = figures()[::-1]
    table = {"rows": [{"cells": [{"text": each.period.name}]} for each in latest_first]}

    rows = note_events(table, latest_first)["rows"]

    assert [row["cells"][0].get("note", "") for row in rows] == ["", "Hệ thống ngừng", "", ""]


def test_an_event_of_one_day_is_said_by_that_day():
    assert in_words(Event("", date(2026, 3, 8), date(2026, 3, 8), Text("Bão", "Storm"), "", "")) == "08/03/2026: Bão"
