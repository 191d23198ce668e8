"""Letters: confirmed from the address, one for each period, what changed marked, nothing to those who may not see it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as some

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts import actions
from tinhso.modules.insight.alerts.models import Sent, Subscription
from tinhso.modules.insight.alerts.queries import letters, sign
from tinhso.modules.insight.alerts.rules.drafts import Refused
from tinhso.modules.insight.alerts.rules.letters import RHYTHMS, mark_changes, next_moment, period_of
from tinhso.modules.insight.alerts.tests.conftest import COMMUNE, NOW, actor
from tinhso.platform.capability import Panel, PanelAsked, Topic
from tinhso.platform.notices.actions import attempt_delivery, plan_faults
from tinhso.platform.notices.models import Delivery, SimulatedMessage
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM

ASKED = {"subject": "trial.figures", "unit": COMMUNE, "rhythm": "daily", "hour": "7", "email": "kien@example.org"}
MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)  # 07:05 in Vietnam
DAY = timedelta(days=1)
LONG = f"kien@{'x' * 250}.vn"


def weekdays(on: date) -> date:
    return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() > 4 else 0)


@pytest.fixture
def figures(province, settings, monkeypatch) -> dict[str, str]:
    """A topic that officers alone may see, with the figures the test sets."""
    settings.DEMO = True
    told = {"Đúng hạn": "96%", "Quá hạn": "3"}

    def tell(asked: PanelAsked) -> Panel | None:
        if asked.actor is None:
            return None
        lines = [f"{head}: {rest}" for head, rest in told.items()]
        return Panel("Số liệu thử", "", {}, lines=lines, address=f"/trial/?unit={asked.unit_key}")

    topics = {"trial.figures": Topic(Text("Số liệu thử", "Trial figures"), tell)}
    monkeypatch.setattr(type(apps.get_app_config("files")), "topics", lambda _app: topics)
    return told


def subscribed(**changes: str) -> Subscription:
    row = actions.subscribe(sent=ASKED | changes, actor=actor("leader", COMMUNE), now=NOW)
    confirmed = actions.confirm(token=sign(row.public_id, letters.CONFIRM), now=NOW)
    assert confirmed
    return confirmed


def deliver(now: datetime = MONDAY) -> list[str]:
    """Every letter that waits is handed to the gateway; the bodies it took, in order."""
    for delivery in Delivery.objects.filter(state="queued").order_by("pk"):
        attempt_delivery(delivery_id=delivery.pk, now=now)
    return list(SimulatedMessage.objects.order_by("pk").values_list("body", flat=True))


def test_nothing_is_sent_before_the_address_is_confirmed(figures):
    actions.subscribe(sent=ASKED, actor=actor("leader", COMMUNE), now=NOW)

    assert actions.send_due(now=NOW + 30 * DAY) == 0
    (asked,) = deliver()
    assert re.search(r"/alerts/letters/confirm/\S+/", asked)


def test_a_letter_goes_out_on_the_next_working_day_with_figures_and_a_way_out(figures):
    row = subscribed()

    assert actions.send_due(now=MONDAY - timedelta(minutes=10)) == 0
    assert actions.send_due(now=MONDAY) == 1

    letter = deliver()[-1]
    assert "Đúng hạn: 96%" in letter
    assert "/trial/?unit=" in letter
    stop = re.search(r"/alerts/letters/stop/(\S+)/", letter)
    assert stop
    assert letters.read_token(stop[1], letters.STOP) == row


def test_a_period_has_one_letter_however_often_it_runs(figures):
    row = subscribed()
    actions.send_due(now=MONDAY)
    Subscription.objects.update(next_at=MONDAY - timedelta(minutes=5))

    assert actions.send_due(now=MONDAY) == 0
    assert Sent.objects.filter(subscription=row).count() == 1


def test_the_second_letter_says_what_was_before(figures):
    subscribed()
    actions.send_due(now=MONDAY)
    figures["Quá hạn"] = "7"
    actions.send_due(now=MONDAY + 2 * DAY)

    letter = deliver(MONDAY + 2 * DAY)[-1]
    assert "Quá hạn: 7 ← 3" in letter
    assert "Đúng hạn: 96%\n" in letter


@pytest.mark.parametrize(("fault", "taken_at_first"), [("timeout", 0), ("lost_answer", 1)])
def test_a_gateway_that_fails_gets_the_same_letter_again_and_takes_it_once(figures, fault, taken_at_first):
    subscribed()
    deliver()
    plan_faults(channel="email", fault=fault, count=1, actor=SYSTEM, now=MONDAY)
    actions.send_due(now=MONDAY)
    before = SimulatedMessage.objects.count()

    deliver()
    assert SimulatedMessage.objects.count() == before + taken_at_first
    deliver(MONDAY + timedelta(minutes=2))
    deliver(MONDAY + timedelta(minutes=3))

    assert SimulatedMessage.objects.count() == before + 1


def test_open_alerts_that_the_reader_may_see_stand_in_the_letter(figures, flooded):
    row = actions.subscribe(sent=ASKED | {"unit": ""}, actor=actor("operator"), now=NOW)
    actions.confirm(token=sign(row.public_id, letters.CONFIRM), now=NOW)
    subscribed(unit="")

    actions.send_due(now=MONDAY)

    of_the_shift, of_the_commune = sorted(deliver()[-2:], key=lambda body: "Nước sông cao" not in body)
    assert "Nước sông cao, Trạm Kỳ Cùng (Mới)" in of_the_shift
    assert "Nước sông cao" not in of_the_commune


def test_who_lost_the_post_gets_no_more_letters(figures):
    row = subscribed()
    Account.objects.filter(code=row.person_code).update(is_active=False)

    assert actions.send_due(now=MONDAY) == 0
    row.refresh_from_db()
    assert row.ended_at == MONDAY


def test_a_topic_that_is_broken_stops_nobody_elses_letter_and_is_tried_again(figures, monkeypatch):
    def broken(_asked: PanelAsked) -> Panel:
        raise OSError("kho không mở được")

    app = apps.get_app_config("files")
    well = app.topics()
    monkeypatch.setattr(
        type(app),
        "topics",
        lambda _app: well | {"trial.broken": Topic(Text("Hỏng", "Broken"), well["trial.figures"].tell)},
    )
    first, second = subscribed(subject="trial.broken"), subscribed()
    monkeypatch.setattr(
        type(app), "topics", lambda _app: well | {"trial.broken": Topic(Text("Hỏng", "Broken"), broken)}
    )

    assert actions.send_due(now=MONDAY) == 1

    assert Sent.objects.get().subscription == second
    first.refresh_from_db()
    assert (first.ended_at, first.next_at) == (None, MONDAY + timedelta(hours=1))
    monkeypatch.setattr(type(app), "topics", lambda _app: {})
    assert actions.send_due(now=MONDAY + timedelta(hours=1)) == 0
    monkeypatch.setattr(type(app), "topics", lambda _app: well | {"trial.broken": well["trial.figures"]})
    assert actions.send_due(now=MONDAY + timedelta(hours=2)) == 1, "a topic that was away for a while ends nothing"


def test_asking_and_ending_in_turn_mails_no_more_than_so_many_confirmations_a_day(figures):
    for _time in range(20):
        actions.unsubscribe(row=actions.subscribe(sent=ASKED, actor=actor("leader", COMMUNE), now=NOW), now=NOW)

    with pytest.raises(Refused) as refused:
        actions.subscribe(sent=ASKED, actor=actor("leader", COMMUNE), now=NOW)
    assert refused.value.troubles[0].field == "subject"
    assert actions.subscribe(sent=ASKED, actor=actor("leader", COMMUNE), now=NOW + DAY)


def test_a_contact_with_an_address_that_is_too_long_is_told_at_its_field(province):
    with pytest.raises(Refused) as refused:
        actions.set_contact(email=LONG, phone="", actor=actor("leader", COMMUNE), now=NOW)
    assert [each.field for each in refused.value.troubles] == ["contact_email"]


def test_what_one_may_not_see_cannot_be_subscribed_to(figures):
    from tinhso.platform.people.rules import Actor

    with pytest.raises(Refused) as refused:
        actions.subscribe(sent=ASKED, actor=Actor("citizen:mai", "citizen", "Mai"), now=NOW)
    assert refused.value.troubles[0].field == "subject"


@pytest.mark.parametrize(("field", "value"), [("email", "kien"), ("email", LONG), ("rhythm", "hourly"), ("hour", "3"), ("unit", "x@2025-07-01"), ("subject", "")])  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(figures, field, value):
    with pytest.raises(Refused) as refused:
        actions.subscribe(sent=ASKED | {field: value}, actor=actor("leader", COMMUNE), now=NOW)
    assert [each.field for each in refused.value.troubles] == [field]


def test_one_button_ends_it_without_signing_in_and_a_false_link_is_none(figures, client):
    row = subscribed()
    address = f"/alerts/letters/stop/{sign(row.public_id, letters.STOP)}/"

    assert "Thôi nhận thư này" in client.get(address).content.decode()
    assert Subscription.objects.get().ended_at is None
    client.post(address)
    assert Subscription.objects.get().ended_at
    assert client.get(f"/alerts/letters/stop/{sign(row.public_id, letters.CONFIRM)}/").status_code == 404


def test_the_page_lists_asks_and_keeps_contacts(figures, signed_in):
    client = signed_in("leader", COMMUNE)
    client.post("/alerts/letters/", ASKED)
    assert "chờ xác nhận" in client.get("/alerts/letters/").content.decode()
    wrong = client.post("/alerts/letters/", ASKED | {"email": "?"})
    assert wrong.status_code == 422
    client.post("/alerts/letters/contact/", {"contact_email": "kien@example.org", "contact_phone": "0912 345 678"})
    assert "0912345678" in client.get("/alerts/letters/").content.decode()


@given(some.sampled_from(RHYTHMS), some.integers(6, 20), some.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))
def test_the_next_moment_is_later_at_its_hour_and_of_a_later_period_each_time(rhythm, hour, start):
    first = next_moment(rhythm, hour, start.replace(tzinfo=UTC), weekdays)
    second = next_moment(rhythm, hour, first, weekdays)

    assert start.replace(tzinfo=UTC) < first < second
    assert first.hour == second.hour == hour
    assert first.weekday() < 5
    assert period_of(rhythm, first) != period_of(rhythm, second)


def test_figures_without_an_earlier_one_are_not_marked():
    assert mark_changes(["A: 1", "B: 2"], ["A: 1", "B: 3", "C: 4", "words"]) == ["A: 1", "B: 3 ← 2", "C: 4", "words"]


def test_two_lines_that_begin_alike_are_held_against_their_own():
    before = ["Đèn: Hùng Vương: 6 đèn", "Đèn: Trần Phú: 5 đèn"]

    assert mark_changes(before, ["Đèn: Hùng Vương: 6 đèn", "Đèn: Trần Phú: 7 đèn"])[1] == "Đèn: Trần Phú: 7 đèn ← 5 đèn"
