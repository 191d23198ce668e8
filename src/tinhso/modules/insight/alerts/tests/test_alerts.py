"""An alert is a case: raised once, acknowledged, dealt with, reviewed; handed on where nobody answers; back where its cause is."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.models import Alert, Sample, Silence
from tinhso.modules.insight.alerts.tests.conftest import COMMUNE, MINUTE, NOW, PROVINCE, actor, evaluate
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.queries import get_case
from tinhso.platform.notices.models import Notice

LATER = NOW + 20 * MINUTE


def act(alert: Alert, name: str, by: str = "operator", words: str = "đã báo xã", minute: int = 20) -> str:
    told = actions.Told(note=words, reasons=words)
    moved = actions.act_on_alert(
        public_id=alert.public_id, act=name, told=told, actor=actor(by), now=NOW + minute * MINUTE
    )
    return moved.state


def test_a_river_that_stays_high_raises_one_alert_at_the_unit_that_answers(flooded):
    evaluate(11, 12, 30)

    case = get_case(flooded.public_id)
    assert Alert.objects.count() == 1
    assert (case.unit_key, case.state.code, case.state.holder) == (PROVINCE, "new", "operator")
    assert case.due_at == NOW + 10 * MINUTE + 8 * 60 * MINUTE
    assert flooded.value == Decimal("5.6")


def test_a_short_wave_raises_nothing(province):
    for minute, level in ((0, "5.6"), (5, "5.9"), (9, "4.9"), (10, "5.6"), (15, "5.6")):
        province.levels["KY-CUNG"] = Decimal(level)
        evaluate(minute)

    assert not Alert.objects.exists()


def test_who_answers_is_told_once_with_value_and_threshold(flooded):
    evaluate(10, 11)

    notice = Notice.objects.get(kind="alerts.alert.raised")
    assert notice.recipient_code == actor("operator").code
    assert "5,6 m, vượt ngưỡng 5 m" in notice.text_vi
    assert "5.6 m, above 5 m" in notice.text_en


def test_the_whole_way_from_new_to_reviewed(flooded):
    states = [
        act(flooded, "acknowledge"),
        act(flooded, "dispatch"),
        act(flooded, "arrive"),
        act(flooded, "resolve", minute=50),
    ]
    states.append(act(flooded, "review", by="leader", minute=60))

    flooded.refresh_from_db()
    assert states == ["acknowledged", "dispatched", "on_site", "resolved", "reviewed"]
    assert flooded.acknowledged_at == NOW + 20 * MINUTE
    assert flooded.resolved_at == NOW + 50 * MINUTE
    assert flooded.closed_at == NOW + 60 * MINUTE
    quick = queries.get_quickness(None, NOW, NOW + 90 * MINUTE)
    assert (quick.raised, quick.open, quick.to_acknowledge, quick.to_resolve) == (1, 0, 10 * MINUTE, 40 * MINUTE)


def test_resolving_asks_what_was_done(flooded):
    act(flooded, "acknowledge")

    with pytest.raises(Incomplete):
        act(flooded, "resolve", words=" ")
    assert get_case(flooded.public_id).state.code == "acknowledged"


def test_a_commune_that_does_not_answer_for_it_may_not_act(flooded):
    with pytest.raises(NotAllowed):
        actions.act_on_alert(
            public_id=flooded.public_id,
            act="acknowledge",
            told=actions.Told(),
            actor=actor("leader", COMMUNE),
            now=LATER,
        )


def test_a_cause_that_is_gone_is_noted_and_a_person_closes(flooded, province):
    province.levels["KY-CUNG"] = Decimal("3.9")
    evaluate(12)

    flooded.refresh_from_db()
    assert flooded.cleared_at == NOW + 12 * MINUTE
    assert get_case(flooded.public_id).closed_at is None
    assert "3,9 m (ngưỡng 5 m)" in Notice.objects.get(kind="alerts.alert.cause_cleared").text_vi


def test_what_comes_back_before_it_is_reviewed_is_the_same_alert_again(flooded, province):
    act(flooded, "acknowledge")
    province.levels["KY-CUNG"] = Decimal(3)
    evaluate(25)
    act(flooded, "resolve", minute=26)
    province.levels["KY-CUNG"] = Decimal(6)
    evaluate(30, 41)

    assert Alert.objects.count() == 1
    case = get_case(flooded.public_id)
    assert (case.state.code, case.resolved_at) == ("new", None)
    flooded.refresh_from_db()
    assert (flooded.cleared_at, flooded.resolved_at, flooded.value) == (None, None, Decimal(6))


def test_what_comes_back_after_it_was_over_is_a_new_alert_that_names_the_earlier_one(flooded, province):
    act(flooded, "dismiss")
    province.levels["KY-CUNG"] = Decimal(3)
    evaluate(25)
    province.levels["KY-CUNG"] = Decimal(6)
    evaluate(30, 41)

    again = Alert.objects.get(closed_at=None)
    assert again.pk != flooded.pk
    assert again.earlier_id == flooded.public_id


def test_an_alert_that_nobody_takes_goes_to_the_leaders(flooded):
    assert actions.escalate_unanswered(now=NOW + 24 * MINUTE) == 0
    assert actions.escalate_unanswered(now=NOW + 25 * MINUTE) == 1
    assert actions.escalate_unanswered(now=NOW + 26 * MINUTE) == 0

    case = get_case(flooded.public_id)
    assert (case.state.code, case.state.holder) == ("escalated", "leader")


def test_an_alert_that_was_taken_is_not_handed_on(flooded):
    act(flooded, "acknowledge")

    assert actions.escalate_unanswered(now=NOW + 60 * MINUTE) == 0
    assert get_case(flooded.public_id).state.code == "acknowledged"


def test_a_source_that_fails_silences_no_other_and_becomes_an_alert_itself(province):
    province.trouble = OSError("no answer from the gauge")
    evaluate(0, 10, 15)
    assert not Alert.objects.exists()

    evaluate(16)

    alert = Alert.objects.get()
    assert (alert.rule, alert.subject, alert.unit_key) == ("source_unreadable", "trial.river", PROVINCE)
    assert "no answer from the gauge" in Silence.objects.get().problem
    province.trouble = None
    evaluate(17)
    alert.refresh_from_db()
    assert alert.cleared_at == NOW + 17 * MINUTE


def test_each_source_is_asked_once_a_look(province, small_pack):
    from tinhso.modules.insight.alerts.tests.conftest import RULE

    small_pack(RULE + RULE.split("[[alert]]")[1].join(["\n[[alert]]", ""]).replace("river_high", "river_very_high"))
    evaluate(0)

    assert province.asked == 1


def test_the_latest_urgent_alert_is_seen_however_many_others_of_whatever_unit_are_open(flooded, province, monkeypatch):
    province.levels = {f"TRAM-{number}": Decimal(6) for number in range(5)} | {"KY-CUNG": Decimal(6)}
    evaluate(20, 30)
    Alert.objects.exclude(pk=flooded.pk).update(level="watch", raised_at=NOW - 60 * MINUTE)
    Alert.objects.filter(subject="TRAM-0").update(unit_key=COMMUNE, raised_at=NOW - 90 * MINUTE)
    Alert.objects.filter(subject="TRAM-1").update(raised_at=NOW + 40 * MINUTE)
    cache.clear()

    assert [row.alert.subject for row in queries.list_alerts({PROVINCE}, limit=2)] == ["KY-CUNG", "TRAM-1"]
    assert [row.alert.subject for row in queries.list_alerts({COMMUNE}, limit=1)] == ["TRAM-0"]
    monkeypatch.setattr(queries.alerts, "MOST", 2)
    assert (queries.count_open(None), queries.count_open({COMMUNE})) == (6, 1)
    found = queries.sum_up_open({PROVINCE}, NOW + 24 * 60 * MINUTE)
    assert (found.all, found.urgent, found.waiting, found.late) == (6, 1, 6, 6)


def test_what_was_told_late_or_twice_does_not_undo_that_it_came_back(flooded, province):
    act(flooded, "acknowledge")
    province.levels["KY-CUNG"] = Decimal(3)
    evaluate(25)
    act(flooded, "resolve", minute=42)
    province.levels["KY-CUNG"] = Decimal(6)
    evaluate(30, 41)  # the look was late: its moment lies before that of resolving

    for verb, minute in (("acknowledged", 20), ("resolved", 42), ("sent_back", 43)):
        actions.follow_case(public_id=flooded.public_id, verb=verb, now=NOW + minute * MINUTE)

    flooded.refresh_from_db()
    assert (flooded.resolved_at, flooded.escalate_at) == (None, NOW + 56 * MINUTE)
    assert actions.escalate_unanswered(now=NOW + 56 * MINUTE) == 1


def test_one_alert_that_cannot_be_handed_on_holds_up_no_other(flooded, province):
    province.levels["TRAM-2"] = Decimal(6)
    evaluate(20, 30)
    second = Alert.objects.exclude(pk=flooded.pk).get()
    Case.objects.filter(public_id=flooded.public_id).update(procedure_version="1999-01-01")

    assert actions.escalate_unanswered(now=NOW + 60 * MINUTE) == 1
    assert get_case(second.public_id).state.code == "escalated"


def test_a_reading_that_nobody_can_answer_for_or_that_is_no_number_holds_up_no_other(province):
    province.levels = {
        "INFINITE": Decimal("Infinity"), "HUGE": Decimal("1e30"), "NAN": Decimal("NaN"), "X" * 81: Decimal(6),
        "KY-CUNG": Decimal(6),
    }  # fmt: skip
    province.units = {"LOST": "no-such-unit@2025-07-01"}
    province.levels["LOST"] = Decimal(6)
    evaluate(0, 10)

    assert Alert.objects.get().subject == "KY-CUNG"
    assert set(Sample.objects.values_list("subject", flat=True)) == {"KY-CUNG", "LOST"}


@pytest.mark.parametrize("away", [OperationalError, InterfaceError])
def test_while_the_database_is_away_nothing_is_taken_for_a_fault_of_the_source(province, away):
    province.trouble = away("the connection is lost")
    with pytest.raises(away):
        evaluate(0)
    assert not Silence.objects.exists()
