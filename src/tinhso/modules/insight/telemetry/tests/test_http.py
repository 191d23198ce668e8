"""Over HTTP: a key opens for its own device alone, what was sent twice is there once, nothing that is sent breaks anything."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.models import Event, Order, Waiting
from tinhso.modules.insight.telemetry.rules.orders import Wish
from tinhso.modules.insight.telemetry.tests.conftest import COMMUNE, add, newest, officer
from tinhso.platform.clock import now

PACK = [{"n": "water_level", "v": 251.3, "u": "m", "t": -60}, {"n": "depth", "v": 1}]


def post(client, key, body, what="measures", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(
        f"/api/v1/telemetry/{what}",
        content,
        "application/senml+json",
        headers={"Authorization": f"Bearer {key}", **headers},
    )


def test_a_device_sends_with_its_key_and_reads_what_was_refused(client, river):
    answer = post(client, river, PACK)

    assert answer.status_code == 200
    assert answer.json() == {"taken": 1, "refused": [{"reason": "unknown_measure", "name": "depth"}]}
    assert newest() == 251.3


@pytest.mark.parametrize("key", ["", "SONG-01", "SONG-01.", "SONG-01.0000", "SONG-02.x", "x" * 500, "SONG-01.\u00e9"])
def test_without_the_right_key_nothing_is_kept(client, river, key):
    assert post(client, key.encode().decode("latin-1"), PACK).status_code == 401
    assert not Waiting.objects.exists()


def test_a_key_speaks_for_its_own_device_alone(client, river):
    add("SONG-02")

    answer = post(client, river, [{"n": "SONG-02/water_level", "v": 251}])

    assert answer.json()["refused"] == [{"reason": "not_its_own", "name": "SONG-02/water_level"}]
    assert newest("SONG-02") is None


def test_the_same_request_again_gives_the_same_answer(client, river):
    body = [{"n": "water_level", "v": 251, "t": now().timestamp()}]
    first, again = (post(client, river, body, **{"Idempotency-Key": "k1"}) for _ in range(2))
    other = post(client, river, PACK, **{"Idempotency-Key": "k1"})

    assert first.json() == again.json() == {"taken": 1, "refused": []}
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert Waiting.objects.count() == 1
    assert post(client, river, PACK, **{"Idempotency-Key": "hai từ"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "malformed"),
        (b"[]", "malformed"),
        (rb'[{"n":"\ud800","v":1}]', "malformed"),
        (b" " * 300_000, "too_large"),
    ],
)
def test_what_cannot_be_read_is_told(client, river, content, code):
    answer = post(client, river, content)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
rows = st.dictionaries(
    st.sampled_from(["bn", "bt", "bu", "bv", "bver", "bs", "n", "u", "v", "vs", "vb", "vd", "s", "t", "ut", "x_", "id", "type", "plate", "text", "confidence", "answer"]),
    scalars | st.sampled_from(["water_level", "rain_hour", "red_light", "SONG-01/water_level", "m", 1e308, -1e308, 2**28, "done"]),
    max_size=6,
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(rows, max_size=4) | rows | scalars | st.binary(max_size=40),
    what=st.sampled_from(["measures", "events", "answers"]),
)
def test_whatever_is_sent_is_answered(client, river, body, what):
    assert post(client, river, body, what).status_code in {200, 422}


def test_events_come_over_http_too(client, units):
    key = add("CAM-01", "traffic_camera")

    answer = post(client, key, [{"id": "e1", "type": "congestion", "t": -5}, {"id": "e2", "type": "flood"}], "events")

    assert answer.json() == {"taken": 1, "refused": [{"reason": "unknown_event", "name": "flood"}]}
    assert Event.objects.get().type == "congestion"


def order(code="DEN-01"):
    at = now()
    wish = Wish(0, at, at + timedelta(hours=1), "Sự cố")
    return actions.give_order(code=code, wish=wish, actor=officer("operator"), now=at)


def fetch(client, key):
    return client.get("/api/v1/telemetry/orders", headers={"Authorization": f"Bearer {key}"}).json()


def test_a_cabinet_fetches_its_orders_until_it_has_answered(client, units):
    key = add("DEN-01", "light_cabinet")
    number = order()

    for _ in range(2):  # its first answer may have been lost on the way
        assert [(each["id"], each["level"]) for each in fetch(client, key)] == [(number, 0)]
    assert post(client, key, {"id": number, "answer": "refused", "text": "cửa mở"}, "answers").json()["taken"] == 1
    assert fetch(client, key) == []
    assert (Order.objects.get().answer, Order.objects.get().answer_text) == ("refused", "cửa mở")


def test_an_order_that_has_left_over_the_broker_is_still_there_over_http(client, units):
    key = add("DEN-01", "light_cabinet")
    actions.note_sent(public_id=order(), now=now())

    assert len(fetch(client, key)) == 1


def test_a_paused_cabinet_gets_no_orders(client, units):
    key = add("DEN-01", "light_cabinet")
    order()
    actions.set_state(code="DEN-01", state="paused", reason="sửa tủ", actor=officer(), now=now())

    assert fetch(client, key) == []
    assert queries.list_unsent(now()) == []


def test_officers_read_the_devices_of_their_units(signed_in, river):
    add("MUA-01", "rain_gauge", COMMUNE)

    codes = {each["code"] for each in signed_in("leader", COMMUNE).get("/api/v1/telemetry/devices").json()}

    assert codes == {"MUA-01"}


def test_strangers_read_no_devices(client, river):
    assert client.get("/api/v1/telemetry/devices").status_code == 401


@pytest.mark.parametrize("what", ["measures", "events", "answers"])
def test_a_body_beyond_all_measure_is_refused_and_breaks_nothing(client, river, what):
    assert post(client, river, b" " * 13_000_000, what).status_code in {400, 413, 422}
