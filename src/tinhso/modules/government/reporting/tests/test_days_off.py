"""The days by which reports are due: never a day off, never so far away that no calendar reaches them."""

from datetime import date

import pytest

from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.pages import asking
from tinhso.modules.government.reporting.rules.periods import NoPeriod
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, MORNING, Province, later
from tinhso.modules.government.reporting.tests.test_pages import client_of, text_of
from tinhso.platform.people.rules import VIETNAM


def test_a_sum_is_due_on_a_working_day_when_its_days_end_on_a_day_off(province):
    province.opens(later(days=27))
    rows = Report.objects.filter(regime="commune_digital", period="2026-12")
    due = {row.is_summed: row.due_at.astimezone(VIETNAM) for row in rows}

    assert due[False].date() == date(2026, 12, 21)
    assert due[True].date() == date(2026, 12, 28)  # five days later is a Saturday
    assert due[True].time() == due[False].time()


def ask(province: Province, first: date, last: date, due_on: date | None) -> list[Report]:
    asked = actions.Asked("system_incident", first, last, due_on, units=[COMMUNE])
    return actions.ask_for_reports(asked=asked, actor=province.receiver, now=later())


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((date(2026, 11, 10), date(2026, 11, 15), date(9999, 12, 31)), "due_on"),
        ((date(2026, 11, 10), date(9999, 12, 31), None), "last"),
        ((date(1, 1, 1), date(2026, 11, 15), None), "first"),
        ((date(2026, 11, 10), date(2026, 11, 15), date(2026, 11, 2)), "due_on"),
    ],
)
def test_days_out_of_reach_are_refused_and_named(province, days, field):
    with pytest.raises(NoPeriod) as refused:
        ask(province, *days)

    assert refused.value.field == field
    assert not Report.objects.exists()


def test_a_day_within_reach_is_taken(province):
    assert ask(province, date(2026, 11, 10), date(2026, 11, 15), date(2031, 11, 10))


def test_the_page_says_it_at_the_field(province, monkeypatch):
    monkeypatch.setattr(asking, "now", lambda: MORNING)
    sent = {"regime": "system_incident", "first": "2026-11-10", "last": "2026-11-15", "due_on": "9999-12-31"}
    answer = client_of(province.receiver).post("/reports/ask/", {**sent, "units": [COMMUNE]})

    assert answer.status_code == 200
    assert "Chọn một ngày từ năm 2021 đến năm 2031" in text_of(answer)
    assert 'href="#due_on"' in answer.content.decode()
