"""What boards and thresholds see of reports, and the invented months of the demonstration."""

import pytest

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.actions import demonstration
from tinhso.modules.government.reporting.models import Report, Version
from tinhso.modules.government.reporting.pages.panels import draw_coverage
from tinhso.modules.government.reporting.queries.coverage import count_late
from tinhso.modules.government.reporting.tests.conftest import (
    COMMUNE,
    DEPARTMENT,
    OFFICE,
    OTHER,
    PROVINCE,
    THIRD,
    later,
)
from tinhso.platform.capability import PanelAsked, list_readings
from tinhso.platform.ledger.queries import verify_ledger


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked(unit_key: str, now) -> PanelAsked:
    return PanelAsked(unit_key=unit_key, period="2026-11", actor=None, now=now, wall=False, options={})


def test_a_board_shows_how_many_came_of_how_many_and_how_many_are_late(province):
    province.opens()
    province.hands_in()
    before, after = draw_coverage(asked(PROVINCE, later())), draw_coverage(asked("", later(days=6)))

    assert before.context["bars"][0]["value"] == "1/3 đã nộp"
    assert (before.state, after.state) == ("well", "trouble")
    assert after.context["late"] == 2
    assert after.table[1][1:] == ["tháng 11/2026", 1, 3, 2]
    assert draw_coverage(asked(COMMUNE, later())) is None


def test_late_reports_can_be_watched(province):
    province.opens()
    (found,) = list_readings("reporting.late", later(days=6))

    assert (found.unit_key, found.value) == (DEPARTMENT, 3)
    assert list_readings("reporting.nothing", later()) == []


def test_late_reports_stay_late_when_the_next_period_opens(province, django_assert_num_queries):
    province.opens()
    province.hands_in()
    province.opens(later(days=27))  # the next month draws to its end
    with django_assert_num_queries(1):
        counted = count_late(later(days=27))

    assert Report.objects.filter(period="2026-12", is_summed=True).exists()
    assert counted[DEPARTMENT] == 2
    assert counted[OFFICE] == 0


def test_the_invented_months_are_made_once_and_hold_together(province, monkeypatch):
    people = (province.filler, province.leader, province.receiver, province.chief)
    monkeypatch.setattr(demonstration, "list_demonstration_people", lambda _now: people)
    now = later(days=6, hours=4)
    demonstration.load_demonstration(now=now)
    count, versions = Report.objects.count(), Version.objects.count()
    demonstration.load_demonstration(now=now)

    assert (Report.objects.count(), Version.objects.count()) == (count, versions)
    latest = {row.unit_key: row for row in Report.objects.filter(regime="commune_digital", period="2026-11")}
    assert latest[COMMUNE].state == "assigned"
    assert {latest[OTHER].version, latest[THIRD].version} == {1}
    whole = Report.objects.get(unit_key=DEPARTMENT, period="2026-10")
    assert whole.state == "sent_up"
    assert queries.view_of(whole).values["villages.value"] > 20
    due = Report.objects.get(unit_key=COMMUNE, regime="system_incident")
    assert due.due_at > now
    assert verify_ledger() == []


def test_without_officers_at_a_receiver_nothing_is_invented(province, monkeypatch):
    monkeypatch.setattr(demonstration, "list_demonstration_people", lambda _now: (province.filler,))
    actions.load_demonstration(now=later())

    assert Report.objects.count() == 0
