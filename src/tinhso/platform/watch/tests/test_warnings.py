"""A warning is raised once, told once to who can still do something, and ends when its cause is gone."""

from datetime import timedelta

import pytest

from tinhso.platform.cases import actions as cases
from tinhso.platform.cases.tests.conftest import (
    CITIZEN,
    COMMUNE,
    DESK,
    FRIDAY,
    HANDLER,
    LEADER,
    file_dossier,
    later,
    officer,
)
from tinhso.platform.notices.models import Notice
from tinhso.platform.watch import actions, queries
from tinhso.platform.watch.models import EarlyWarning
from tinhso.platform.watch.tests.conftest import table

pytestmark = pytest.mark.django_db
LITTLE_TIME = table("left", "time_left", working_hours=4, states=["accepted"])
TUESDAY_NIGHT = later(days=4, hours=8)  # the day before the dossier is due at 17:00, after Tuesday's holiday


def act(case, act, actor, now=FRIDAY, **answers):
    return cases.act_on_case(public_id=case.public_id, act=act, actor=actor, now=now, answers=answers)


def accepted():
    case = file_dossier()
    act(case, "accept", DESK)  # due Wednesday 25 at 17:00
    return case


def standing(now):
    return [(each.rule.code, each.subject) for each in queries.list_warnings_of([COMMUNE], now)]


def test_little_time_is_counted_in_the_working_hours_of_the_unit(watched):
    watched(LITTLE_TIME)
    case = accepted()
    assert actions.evaluate_rules(now=TUESDAY_NIGHT) == 0  # the whole of Wednesday is left, seven and a half hours
    wednesday_two = later(days=5, hours=5)
    assert actions.evaluate_rules(now=wednesday_two) == 1
    assert standing(wednesday_two) == [("left", case.public_id)]


def test_it_is_told_once_to_holder_and_leader_however_often_the_rules_look(watched):
    watched(LITTLE_TIME)
    case = accepted()
    for minute in range(3):
        actions.evaluate_rules(now=later(days=5, hours=5, minutes=minute))
    told = Notice.objects.filter(case_id=case.public_id)
    assert told.count() == 2
    assert EarlyWarning.objects.count() == 1
    assert "Cảnh báo" in told[0].text_vi
    assert "17:00 25/11/2026" in told[0].text_vi


def test_it_ends_when_its_cause_ends_and_is_not_told_again_when_it_comes_back(watched):
    watched(LITTLE_TIME)
    case, wednesday = accepted(), later(days=5, hours=5)
    actions.evaluate_rules(now=wednesday)
    act(case, "ask_payment", HANDLER, wednesday)
    actions.evaluate_rules(now=wednesday + timedelta(minutes=5))
    assert standing(wednesday) == []
    assert EarlyWarning.objects.get().ended_at == wednesday + timedelta(minutes=5)
    act(case, "pay", CITIZEN, wednesday + timedelta(minutes=10))
    actions.evaluate_rules(now=wednesday + timedelta(minutes=15))
    assert standing(wednesday) == [("left", case.public_id)]
    assert Notice.objects.filter(case_id=case.public_id).count() == 2


def test_an_opinion_that_is_not_given_is_warned_of_where_it_is_owed(watched):
    watched(table("opinion", "share_of_limit", percent_of_limit=70, kinds=["opinion"]))
    case = file_dossier(data={"asked_units": ["90002@2025-07-01"]})
    act(case, "accept", DESK)
    act(case, "consult", HANDLER)  # one working day, until Monday 17:00
    monday_nine, monday_four = later(days=3), later(days=3, hours=7)
    assert actions.evaluate_rules(now=monday_nine) == 0
    assert actions.evaluate_rules(now=monday_four) == 1
    (warning,) = queries.list_warnings_of(["90002@2025-07-01"], monday_four)
    assert warning.measure.endswith("%")
    opinion = queries.list_warned([warning.subject], monday_four)[warning.subject][0].subject
    cases.act_on_case(
        public_id=opinion, act="answer", actor=officer("o", "handler", unit_key="90002@2025-07-01"), now=monday_four,
        answers={"note": "đồng ý"},
    )  # fmt: skip
    actions.evaluate_rules(now=monday_four)
    assert queries.list_warnings_of(["90002@2025-07-01"], monday_four) == []


def test_a_unit_with_many_late_dossiers_is_a_warning_to_its_leader(watched):
    watched(table("late", "late_at_unit", more_than=2, told=["leader"]))
    for _ in range(2):
        accepted()
    next_month = later(days=30)
    assert actions.evaluate_rules(now=next_month) == 0
    accepted()
    assert actions.evaluate_rules(now=next_month) == 1
    assert standing(next_month) == [("late", COMMUNE)]
    assert [rule.code for rule, count in queries.count_warnings([COMMUNE], next_month) if count == 1] == ["late"]
    assert Notice.objects.count() == 1
    assert "Xã 90001" in Notice.objects.get().text_vi


def test_who_is_asked_for_papers_again_is_shown_to_the_leader(watched):
    watched(table("again", "asked_again", times=2))
    case = accepted()
    asked = {"reasons": "Mờ.", "papers": [{"code": "proof", "why": "mờ"}]}
    for round_ in range(2):
        moment = later(hours=round_ * 2)
        act(case, "ask_supplement", HANDLER, moment, reasons="Mờ.")
        act(case, "supplement", CITIZEN, moment + timedelta(hours=1), data={})
        rewrite(case, asked)
        assert actions.evaluate_rules(now=moment) == round_


def rewrite(case, asked):
    """The trial's step asks for reasons alone; the request names papers as the packs' does."""
    from tinhso.platform.cases.models import Remark

    Remark.objects.filter(case__public_id=case.public_id, act="ask_supplement").update(answers=asked)


def test_what_stands_longer_than_usual_is_known_from_the_pace_of_others(watched):
    watched(table("slow", "longer_than_usual", at_least=5))
    for hours in range(1, 7):
        case = accepted()
        act(case, "propose", HANDLER, later(hours=hours))
    slow = accepted()
    assert actions.evaluate_rules(now=later(days=3)) == 0  # nothing was counted yet
    actions.count_paces(now=later(days=2))
    actions.evaluate_rules(now=later(hours=20))
    assert standing(FRIDAY) == []  # longer than all others, but not for a day
    actions.evaluate_rules(now=later(days=3))
    assert ("slow", slow.public_id) in standing(FRIDAY)


def test_the_pace_is_counted_by_unit_and_over_all(watched):
    for hours in (10, 20, 30):
        act(accepted(), "propose", HANDLER, later(hours=hours))
    actions.count_paces(now=later(days=3))
    own = {row.state: row for row in queries.list_paces([COMMUNE])}
    assert (own["accepted"].count, own["accepted"].role) == (3, "handler")
    assert own["accepted"].median_days == pytest.approx(20 / 24)
    assert own["accepted"].p90_days == pytest.approx(28 / 24)
    assert {row.count for row in queries.list_paces([""]) if row.state == "accepted"} == {3}
    actions.count_paces(now=later(days=200))
    assert queries.list_paces([COMMUNE]) == []


def test_a_rule_of_tomorrow_says_nothing_today(watched):
    watched(LITTLE_TIME | {"working_hours": 40, "valid_from": "2026-11-25"})
    accepted()
    assert actions.evaluate_rules(now=TUESDAY_NIGHT) == 0
    assert actions.evaluate_rules(now=later(days=5)) == 1


def test_what_is_late_already_is_no_longer_a_matter_of_little_time(watched):
    watched(LITTLE_TIME)
    accepted()
    actions.evaluate_rules(now=later(days=5, hours=5))
    actions.evaluate_rules(now=later(days=6))
    assert standing(FRIDAY) == []


def test_a_rule_that_the_packs_no_longer_have_ends_its_warnings(watched):
    watched(LITTLE_TIME)
    accepted()
    actions.evaluate_rules(now=later(days=5, hours=5))
    watched(table("again", "asked_again", times=2))
    actions.evaluate_rules(now=later(days=5, hours=6))
    assert standing(FRIDAY) == []
    assert EarlyWarning.objects.get().ended_at is not None


def test_a_signed_dossier_is_no_longer_a_worry(watched):
    watched(LITTLE_TIME, table("slow", "longer_than_usual", at_least=1))
    case = accepted()
    act(case, "propose", HANDLER, later(hours=1))
    act(case, "sign", LEADER, later(hours=2))
    actions.count_paces(now=later(days=1))
    assert actions.evaluate_rules(now=later(days=40)) == 0
