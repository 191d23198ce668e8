"""The province changes a threshold within a range, pauses a rule, tries before; packs that are wrong are told where."""

from decimal import Decimal

import pytest

from tinhso.modules.insight.alerts import actions, facts, queries
from tinhso.modules.insight.alerts.models import Alert
from tinhso.modules.insight.alerts.queries.trying import try_rule
from tinhso.modules.insight.alerts.rules.drafts import Refused
from tinhso.modules.insight.alerts.tests.conftest import COMMUNE, MINUTE, NOW, RULE, actor, evaluate
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.rules import NotAllowed


def change(threshold: str, by: str = "administrator", reason: str = "mùa mưa bão") -> None:
    actions.change_threshold(code="river_high", threshold=threshold, reason=reason, actor=actor(by), now=NOW)


def rule():
    row = queries.find_rule("river_high", NOW)
    assert row
    return row


def test_another_threshold_counts_from_the_next_look_and_clears_at_the_same_distance(province):
    change("6,5")

    assert (rule().rule.bounds.threshold, rule().rule.bounds.clear_at, rule().written) == (
        Decimal("6.5"),
        Decimal("5.5"),
        5,
    )
    province.levels["KY-CUNG"] = Decimal(6)
    evaluate(0, 10)
    assert not Alert.objects.exists()
    (fact,) = list_facts("alert-rule:river_high")
    assert (fact.kind, fact.body["from"], fact.body["to"]) == ("alerts.rule.changed", "5", "6.5")


@pytest.mark.parametrize("threshold", ["3.9", "8,1", "cao", "", "5,555", "1e1"])
def test_a_threshold_outside_the_range_or_no_number_is_refused_at_its_field(province, threshold):
    with pytest.raises(Refused) as refused:
        change(threshold)
    assert refused.value.troubles[0].field == "threshold"


def test_a_change_without_a_reason_is_refused(province):
    with pytest.raises(Refused) as refused:
        change("6", reason=" ")
    assert refused.value.troubles[0].field == "reason"


@pytest.mark.parametrize("by", ["leader", "operator"])
def test_only_administrators_of_the_province_change_rules(province, by):
    with pytest.raises(NotAllowed):
        change("6", by)


def test_a_paused_rule_raises_nothing_until_its_pause_is_over(province):
    actions.pause_rule(code="river_high", days="1", reason="bảo trì trạm đo", actor=actor("administrator"), now=NOW)
    province.levels["KY-CUNG"] = Decimal(7)
    evaluate(0, 10, 20)
    assert not Alert.objects.exists()

    day = 24 * 60
    evaluate(day, day + 10)

    assert Alert.objects.count() == 1


def test_what_lasted_over_a_pause_is_no_news_and_what_went_in_it_is_noted(flooded, province):
    actions.pause_rule(code="river_high", days="1", reason="bảo trì trạm đo", actor=actor("administrator"), now=NOW)
    evaluate(20, 30)
    day = 24 * 60
    evaluate(day, day + 10)
    assert not [fact for fact in list_facts(flooded.public_id) if fact.kind == facts.RELAPSED]

    actions.pause_rule(
        code="river_high", days="1", reason="bảo trì trạm đo", actor=actor("administrator"), now=NOW + day * MINUTE
    )
    province.levels["KY-CUNG"] = Decimal(3)
    evaluate(day + 20, 2 * day)
    flooded.refresh_from_db()
    assert flooded.cleared_at == NOW + 2 * day * MINUTE


def test_a_trial_tells_what_would_have_fired(province):
    for hour, level in enumerate(("2", "6", "3", "6", "6", "2")):
        province.levels["KY-CUNG"] = Decimal(level)
        evaluate(hour * 60)

    trial = try_rule(rule().rule, Decimal(4), NOW + 330 * MINUTE)

    assert trial.fired == (("KY-CUNG", 1),)
    assert trial.since == NOW
    assert not trial.beyond


def test_faults_of_a_pack_are_told_with_their_line(small_pack, tmp_path):
    wrong = RULE.replace("clear_at = 4", "clear_at = 6").replace(
        'comparator = "above"\nthreshold = 15', 'comparator = "over"\nthreshold = 15'
    )
    small_pack(wrong)

    found = {(each.code, each.line) for each in queries.find_problems([tmp_path / "small"])}

    lines = wrong.splitlines()
    assert ("clears_beyond", lines.index("clear_at = 6") + 1) in found
    assert ("unknown_value", lines.index('comparator = "over"') + 1) in found


LATE_RATE = """
[[alert]]
code = "on_time"
source = "trial.rate"
comparator = "below"
threshold = 90
clear_at = 93
measure = { vi = "%", en = "%" }
owner = { role = "operator", at = "province" }
range = { least = 70, most = 99 }
name = { vi = "Đúng hạn thấp", en = "Few on time" }
advice = { vi = "Xem hồ sơ sắp đến hạn.", en = "Look at what is due soon." }
valid_from = 2025-07-01
basis = "thử"
"""


def test_a_threshold_moved_towards_what_can_be_reached_still_leaves_a_level_at_which_it_is_over(province, small_pack):
    small_pack(RULE + LATE_RATE)
    share = queries.find_rule("on_time", NOW)
    assert share
    river = rule().rule

    for least_or_most in (share.rule.least, share.rule.most, Decimal(95)):
        bounds = share.rule.with_threshold(least_or_most).bounds
        assert bounds.threshold < bounds.clear_at <= 100
    assert share.rule.with_threshold(Decimal(70)).bounds.clear_at == 73
    for height in ("0.5", "1", "4", "8"):
        assert 0 <= river.with_threshold(Decimal(height)).bounds.clear_at < Decimal(height)
    assert river.with_threshold(Decimal(8)).bounds.clear_at == 7


@pytest.mark.parametrize(("old", "new"), [("most = 99", "most = 101"), ("clear_at = 93", "clear_at = 101")])
def test_a_pack_whose_alert_could_never_be_over_is_told_so(small_pack, tmp_path, old, new):
    small_pack(LATE_RATE.replace(old, new))

    (fault,) = queries.find_problems([tmp_path / "small"])
    assert (fault.code, fault.line is not None) == ("never_over", True)


def test_the_page_tries_before_it_changes(signed_in):
    client = signed_in("administrator")

    tried = client.post("/alerts/rules/river_high/", {"do": "try", "threshold": "4,5", "reason": ""})
    assert "Với ngưỡng 4,5: bây giờ 0 trên 1 nơi đang vượt." in tried.content.decode()
    assert rule().changed is None
    refused = client.post("/alerts/rules/river_high/", {"do": "change", "threshold": "99", "reason": "thử thôi"})
    assert refused.status_code == 422
    assert "Ngưỡng phải từ 4 đến 8." in refused.content.decode()
    client.post("/alerts/rules/river_high/", {"do": "change", "threshold": "4,5", "reason": "mùa mưa bão"})
    assert rule().rule.bounds.threshold == Decimal("4.5")
    assert "mùa mưa bão" in client.get("/alerts/rules/river_high/").content.decode()


def test_a_commune_leader_sees_rules_and_may_not_change_them(signed_in):
    client = signed_in("leader", COMMUNE)

    assert "Đổi quy tắc" not in client.get("/alerts/rules/river_high/").content.decode()
    sent = {"do": "change", "threshold": "6", "reason": "mùa mưa bão"}
    assert client.post("/alerts/rules/river_high/", sent).status_code == 403
