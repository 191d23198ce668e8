"""What devices send is there once, whatever the order and however often it comes; what is wrong is counted by its reason."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.modules.insight.telemetry import actions
from tinhso.modules.insight.telemetry.models import Count, Event, Newest, Presence, Waiting
from tinhso.modules.insight.telemetry.tests.conftest import NOW, add, newest, send

MINUTE = timedelta(minutes=1)


def reasons() -> dict[str, int]:
    return dict(Count.objects.values_list("reason", "count"))


def sent(content, what="senml", device="SONG-01"):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return actions.keep_messages(messages=[actions.Message(device, what, body)], now=NOW)[0]


def test_the_newest_value_is_the_one_the_device_measured_last_not_the_one_that_came_last(river):
    send(("water_level", 251.2, NOW - MINUTE))
    send(("water_level", 250.9, NOW - 10 * MINUTE))

    assert newest() == 251.2
    assert Waiting.objects.count() == 2


def test_a_message_that_comes_twice_is_there_once(river):
    for _ in range(3):
        assert send(("water_level", 251.2, NOW - MINUTE)).taken == 1

    assert Waiting.objects.count() == 1
    assert Newest.objects.count() == 1


messages = st.lists(
    st.lists(st.tuples(st.integers(0, 200), st.integers(2000, 2600)), min_size=1, max_size=4), min_size=1, max_size=8
)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=messages, order=st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(river, batches, order):
    # a device has one value for one moment
    values: dict[int, int] = {}
    packs = [[(minute, values.setdefault(minute, level)) for minute, level in batch] for batch in batches]
    left = []
    for again in (packs, order.sample(packs + packs, 2 * len(packs))):
        Waiting.objects.all().delete()
        Newest.objects.all().delete()
        Presence.objects.all().delete()
        for batch in again:
            send(*(("water_level", level / 10, NOW - minute * MINUTE) for minute, level in batch))
        tables = [Waiting.objects.order_by("at"), Presence.objects.order_by("hour_at")]
        left.append(
            (newest(), list(tables[0].values_list("at", "value")), list(tables[1].values_list("hour_at", "minutes")))
        )

    assert left[0] == left[1]
    assert left[0][0] == values[min(values)] / 10


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"n": "water_level", "v": 99999}, "out_of_range"),
        ({"n": "water_level", "v": -3}, "out_of_range"),
        ({"n": "water_level", "v": 251, "u": "cm"}, "wrong_unit"),
        ({"n": "depth", "v": 251}, "unknown_measure"),
        ({"n": "KHAC-01/water_level", "v": 251}, "not_its_own"),
        ({"n": "water_level", "v": 251, "t": 7200}, "from_the_future"),
        ({"n": "water_level", "v": 251, "t": -8 * 86400}, "too_old"),
        ({"n": "water_level", "v": 251, "t": 1e300}, "wrong_time"),
        ({"n": "water_level", "vs": "cao"}, "not_a_number"),
        ({"n": "water_level", "v": 10**400}, "not_a_number"),
        ({"n": "water_level", "v": "251"}, "malformed"),
        ({"n": "water_level", "v": True}, "malformed"),
        ({"n": "water_level", "v": 251, "fly_": 1}, "malformed"),
        ({"n": "water_level"}, "no_value"),
        ("water_level", "malformed"),
    ],
)
def test_what_is_wrong_is_refused_by_its_reason_and_the_rest_is_kept(river, record, reason):
    outcome = sent([record, {"n": "rain_hour", "v": 4.5, "u": "mm"}])

    assert (outcome.taken, [each.reason for each in outcome.refused]) == (1, [reason])
    assert reasons() == {"taken": 1, reason: 1}
    assert newest(measure="rain_hour") == 4.5


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b"[NaN]", b"[" * 100_000, b"7", b'[{"bver":11}]']
)
def test_a_message_that_cannot_be_read_is_counted(river, content):
    sent(content)

    assert reasons() == {"malformed": 1}


@pytest.mark.parametrize("what", ["senml", "events", "acks"])
@pytest.mark.parametrize("half", [r"\ud800", r"\uDC00x"])
def test_half_a_sign_is_no_text(river, what, half):
    row = f'{{"n":"{half}","v":1,"id":"{half}","type":"{half}","answer":"done"}}'
    outcome = sent((row if what == "acks" else f"[{row}]").encode(), what)

    assert [each.reason for each in outcome.refused] == ["malformed"]
    assert [each.name for each in outcome.refused] == [""]
    whole = json.dumps([{"n": "water_level", "v": 251, "vs": "\U0001f30a"}]).encode()
    assert sent(whole).taken == 1


def test_a_message_that_is_too_large_is_counted(river):
    sent([{"n": "water_level", "v": 251}] * 2001)
    sent(b" " * 300_000)

    assert reasons() == {"too_large": 2}


def test_base_fields_and_relative_times_are_resolved(river):
    start = (NOW - 10 * MINUTE).timestamp()
    sent([{"bn": "urn:dev:tinhso:SONG-01:", "bt": start, "bu": "m", "n": "water_level", "v": 250}, {"n": "water_level", "t": 300, "v": 251}])  # fmt: skip

    assert list(Waiting.objects.order_by("at").values_list("at", "value")) == [
        (NOW - 10 * MINUTE, 250),
        (NOW - 5 * MINUTE, 251),
    ]


def test_strangers_are_counted_together(units):
    for name in ("LA-01", "LA-02"):
        sent([{"n": "water_level", "v": 251}], device=name)

    assert list(Count.objects.values_list("device", "reason", "count")) == [("", "unknown_device", 2)]


def test_an_event_is_kept_once_with_its_plate_masked(units):
    add("CAM-01", "traffic_camera")
    told = {
        "id": "e1",
        "type": "red_light",
        "plate": "12A-123.45",
        "confidence": 0.93,
        "text": "xe 29MĐ1 234.56 vượt đèn đỏ",
    }
    for _ in range(2):
        assert sent(told, "events", "CAM-01").taken == 1

    event = Event.objects.get()
    assert (event.plate_masked, event.text, event.review) == ("12A-•••45", "xe 29MĐ1-•••56 vượt đèn đỏ", "waiting")
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(e)::text from telemetry_event e")
        assert "123" not in cursor.fetchone()[0].replace(event.public_id, "")


def test_one_batch_is_a_handful_of_statements(river, django_assert_max_num_queries):
    add("SONG-02")
    content = json.dumps([{"n": "water_level", "v": 251, "t": -n} for n in range(500)]).encode()
    with django_assert_max_num_queries(7):
        actions.keep_messages(
            messages=[actions.Message(code, "senml", content) for code in ("SONG-01", "SONG-02")], now=NOW
        )

    assert Waiting.objects.count() == 1000
