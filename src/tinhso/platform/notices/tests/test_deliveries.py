"""A person is told once, on each channel that works, whatever the gateways do."""

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django import app

from tinhso.kernel.packs import NoticeText
from tinhso.platform.notices import actions, adapters, models, queries, rules
from tinhso.platform.notices.tests.conftest import (
    ACCEPTED,
    CASE,
    CLERK,
    FIELDS,
    MAI,
    NOW,
    SILENT,
    Actor,
    delivery,
    go_wrong,
    tell,
    waiting_jobs,
    work,
)
from tinhso.platform.outside import Refused

pytestmark = pytest.mark.usefixtures("words")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_a_notice_goes_to_the_list_and_over_every_channel(words):
    tell()
    work(NOW)

    assert [row.text.vi for row in queries.list_notices(MAI.code).rows] == [
        "Hồ sơ H37.15-261123-0042 đã được tiếp nhận. Hẹn trả: 16:30 23/11/2026."
    ]
    taken = {row.channel: row for row in queries.list_simulated()}
    assert set(taken) == {"email", "sms", "zalo"}
    assert taken["email"].address == "mai@example.org"
    assert taken["email"].subject == "Hồ sơ H37.15-261123-0042: đã tiếp nhận"
    assert taken["sms"].address == "84912345678"
    assert taken["sms"].body.isascii()
    assert {row.state for row in queries.list_deliveries(CASE)} == {"sent"}


def test_a_fact_without_words_tells_nobody():
    assert tell(kind=SILENT) is None
    assert not models.Notice.objects.exists()


def test_a_reaction_that_runs_twice_tells_once():
    assert tell() == tell(now=NOW + MINUTE)
    work(NOW + MINUTE)

    assert models.Notice.objects.count() == 1
    assert models.SimulatedMessage.objects.count() == 3


def test_without_a_key_the_same_moment_is_the_same_notice():
    assert tell(key="") == tell(key="")
    assert tell(key="") != tell(key="", now=NOW + MINUTE)


def test_what_is_rolled_back_is_never_sent():
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)

    assert waiting_jobs(NOW) == []
    assert not models.Notice.objects.exists()


def test_a_gateway_that_times_out_twice_delivers_once():
    go_wrong("sms", "timeout", "timeout")
    tell()
    work(NOW)
    assert (delivery("sms").state, delivery("sms").attempts) == ("queued", 1)
    assert delivery("sms").next_try_at == NOW + MINUTE

    work(NOW + MINUTE)
    assert delivery("sms").next_try_at == NOW + 6 * MINUTE
    work(NOW + 6 * MINUTE)

    assert (delivery("sms").state, delivery("sms").attempts) == ("sent", 3)
    assert models.SimulatedMessage.objects.filter(channel="sms").count() == 1
    assert waiting_jobs(NOW + DAY) == []


class RefusingServer:
    """A mail server that names the address it refuses, as most do."""

    def send(self, letter):
        raise Refused(f"550 5.1.1 <{letter.to.upper()}>: no such user {letter.to}")


def test_why_a_letter_was_refused_does_not_give_the_address_away(monkeypatch):
    monkeypatch.setattr(adapters, "find_gate", lambda channel: RefusingServer())
    tell()
    work(NOW)
    assert {row.state for row in queries.list_deliveries(CASE)} == {"failed"}
    told = " ".join(row.problem for row in queries.list_deliveries(CASE)).lower()
    assert "no such user m***@example.org" in told
    assert not [address for address in ("mai@example.org", "84912345678") if address in told]


def test_nothing_is_tried_before_its_time():
    go_wrong("sms", "timeout")
    tell()
    work(NOW)
    work(NOW + MINUTE / 2)

    assert delivery("sms").attempts == 1


def test_a_lost_answer_leads_to_no_second_message():
    go_wrong("sms", "lost_answer")
    tell()
    work(NOW)
    work(NOW + MINUTE)

    assert delivery("sms").state == "sent"
    assert models.SimulatedMessage.objects.filter(channel="sms").count() == 1


def test_a_job_is_deferred_for_each_letter_under_a_lock_of_its_own():
    tell()
    jobs = waiting_jobs(NOW)

    assert {job.args["delivery_id"] for job in jobs} == {row.pk for row in models.Delivery.objects.all()}
    assert len({job.lock for job in jobs}) == 3

    app.tasks[actions.DELIVER](**jobs[0].args)
    assert models.SimulatedMessage.objects.count() == 1


def test_a_job_that_runs_twice_sends_once():
    tell()
    for _ in range(2):
        assert actions.attempt_delivery(delivery_id=delivery("sms").pk, now=NOW) == "sent"

    assert delivery("sms").attempts == 1
    assert models.SimulatedMessage.objects.filter(channel="sms").count() == 1


def test_a_failing_channel_does_not_stop_the_others():
    go_wrong("sms", "refusal")
    go_wrong("email", *["timeout"] * 10)
    tell()
    work(NOW)

    assert (delivery("sms").state, delivery("sms").next_try_at) == ("failed", None)
    assert delivery("email").state == "queued"
    assert delivery("zalo").state == "sent"
    assert queries.count_unread(MAI.code) == 1


def test_a_refusal_is_final_and_says_why():
    go_wrong("sms", "refusal")
    tell()
    work(NOW)

    assert waiting_jobs(NOW + DAY) == []
    assert "no such address" in delivery("sms").problem


def test_a_job_that_runs_again_does_not_revive_a_letter_that_was_given_up():
    go_wrong("sms", "refusal")
    tell()
    work(NOW)

    assert actions.attempt_delivery(delivery_id=delivery("sms").pk, now=NOW) == "failed"
    assert not models.SimulatedMessage.objects.filter(channel="sms").exists()


def test_after_a_day_in_vain_a_delivery_is_given_up_and_can_be_sent_again():
    go_wrong("email", *["timeout"] * 6)
    tell()
    now = NOW
    while waiting_jobs(now + 2 * DAY):
        work(now)
        now += timedelta(minutes=30)

    assert (delivery("email").state, delivery("email").attempts) == ("failed", 6)
    assert now - NOW < 2 * DAY

    assert actions.resend(case_id=CASE, actor=CLERK, now=now) == 1
    work(now)
    assert delivery("email").state == "sent"


def test_the_full_address_is_forgotten_on_arrival():
    tell()
    assert delivery("sms").address == "84912345678"
    work(NOW)

    assert delivery("sms").address == ""
    assert delivery("sms").address_masked == "84*****5678"
    assert delivery("zalo").fields == {}


@pytest.mark.parametrize(
    ("recipient", "channels"),
    [
        (rules.Recipient("citizen:a", "A"), set()),
        (rules.Recipient("citizen:a", "A", phone="0981 234 567"), {"sms", "zalo"}),
        (rules.Recipient("citizen:a", "A", phone="113", email="a@example.org"), {"email"}),
    ],
)
def test_only_addresses_that_are_held_are_written_to(recipient, channels):
    tell(recipient)

    assert {row.channel for row in queries.list_deliveries(CASE)} == channels
    assert queries.count_unread(recipient.code) == 1


def test_a_message_too_long_for_sms_leaves_the_other_channels_alone():
    tell(fields=FIELDS | {"link": "https://langson.example/" + "x" * 150})
    work(NOW)

    assert (delivery("sms").state, delivery("sms").problem) == ("failed", "too_long")
    assert delivery("zalo").state == "sent"


def test_outside_a_demonstration_a_channel_without_a_gateway_is_silent(settings):
    settings.DEMO = False
    tell()

    assert queries.list_deliveries(CASE) == ()
    assert queries.count_unread(MAI.code) == 1


def test_notices_are_read_by_their_owner_only():
    notice = tell()

    assert not actions.mark_read(public_id=notice, actor=Actor("citizen:other"), now=NOW)
    assert queries.count_unread(MAI.code) == 1
    assert actions.mark_read(public_id=notice, actor=Actor(MAI.code), now=NOW)
    assert queries.count_unread(MAI.code) == 0


def test_a_long_list_is_read_page_by_page_without_gap_or_repetition():
    told = [tell(key=f"fact-{number}") for number in range(7)]
    seen, after = [], ""
    while True:
        page = queries.list_notices(MAI.code, after=after, limit=3)
        seen += [row.public_id for row in page.rows]
        after = page.after
        if not after:
            break

    assert seen == told[::-1]


def test_loading_the_packs_again_drops_words_that_are_gone():
    actions.load_notice_texts(texts={SILENT: NoticeText(SILENT)})

    assert queries.find_wording(ACCEPTED) is None
