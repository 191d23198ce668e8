"""The pages as officers see them; what they may and may not; panels and readings that others build on."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.models import Device, Event, Order
from tinhso.modules.insight.telemetry.rules.devices import Refused
from tinhso.modules.insight.telemetry.tests.conftest import (
    COMMUNE,
    NOW,
    OTHER,
    PROVINCE,
    add,
    draft,
    known,
    officer,
    send,
    text_of,
)
from tinhso.platform.capability import PanelAsked, capabilities, list_readings
from tinhso.platform.clock import now
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.rules import NotAllowed

MINUTE = timedelta(minutes=1)


def panel(name, actor=None, at=NOW, unit_key="", **options):
    found = next(app for app in capabilities() if app.label == "telemetry").panels()
    return found[f"telemetry.{name}"](PanelAsked(unit_key, "", actor, at, wall=False, options=options))


@pytest.fixture
def three(river):
    add("MUA-01", "rain_gauge", COMMUNE, commune_key=COMMUNE, latitude=21.9, longitude=106.7)
    add("CAM-01", "traffic_camera", OTHER, commune_key=OTHER, latitude=21.6, longitude=107.1)
    add("DEN-01", "light_cabinet", COMMUNE)
    at = now()
    send(("water_level", 251.3, at - MINUTE), now=at)
    send(("rain_hour", 55, at - MINUTE), device="MUA-01", now=at)
    send(("vehicles", 300, at - 90 * MINUTE), device="CAM-01", now=at - 89 * MINUTE)
    return at


def test_the_list_shows_what_needs_a_look_first(signed_in, three):
    text = text_of(signed_in().get("/telemetry/"))

    assert "251,30 m" in text
    assert text.index("Vượt ngưỡng") < text.index("Mất tín hiệu")
    assert "Mưa rất lớn" in text
    assert "1 giờ trước" in text


def test_a_commune_sees_its_own_devices_alone(signed_in, three):
    client = signed_in("leader", COMMUNE)

    text = text_of(client.get("/telemetry/"))

    assert "MUA-01" in text
    assert "SONG-01" not in text
    assert client.get("/telemetry/devices/SONG-01/").status_code == 404
    assert client.get("/telemetry/devices/SONG-01/table.csv").status_code == 404


@pytest.mark.parametrize(
    "address", ["/telemetry/", "/telemetry/devices/SONG-01/", "/telemetry/events/", "/telemetry/table.xlsx"]
)
def test_strangers_sign_in_first(client, river, address):
    assert client.get(address).status_code == 302


def test_a_device_has_its_course_and_the_table_behind_it(signed_in, three):
    client = signed_in()
    for span in ("day", "week", "month", "zz"):
        text = text_of(client.get(f"/telemetry/devices/SONG-01/?span={span}"))
        assert "<polyline" in text
        assert "Mực nước" in text
    table = client.get("/telemetry/devices/SONG-01/table.csv?measure=water_level&span=day").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0][0] == "Từ lúc"
    assert rows[1][1:] == ["251.3", "251.3", "251.3", "1", "m"]
    assert client.get("/telemetry/devices/SONG-01/table.xlsx").status_code == 200
    assert client.get("/telemetry/table.xlsx").status_code == 200


def test_an_administrator_adds_a_device_and_sees_its_key_once(signed_in):
    client = signed_in()
    form = {"code": "KHI-09", "kind": "air_station", "name": "Trạm chợ", "unit": "Xã Đồng Đăng", "commune": "06184", "owner": "UBND xã", "purpose": "Theo dõi bụi", "latitude": "21,95", "longitude": "106,7"}  # fmt: skip

    text = text_of(client.post("/telemetry/devices/new/", form))

    key = re.search(r"Bearer (KHI-09\.[0-9a-f]{40})", text)
    assert key
    assert queries.find_sender_by_key(key[1])
    assert key[1].partition(".")[2] not in Device.objects.get(code="KHI-09").key_hash
    assert "Bearer" not in text_of(client.get("/telemetry/devices/KHI-09/"))
    again = text_of(client.post("/telemetry/devices/KHI-09/key/"))
    assert key[1] not in again
    assert queries.find_sender_by_key(key[1]) is None
    placement = Device.objects.get(code="KHI-09").placements.get()
    assert (placement.unit_key, placement.latitude) == (COMMUNE, 21.95)


def test_what_is_wrong_with_a_device_is_told_at_its_field(signed_in):
    form = {
        "code": "x",
        "kind": "air_station",
        "name": "",
        "unit": "Xã Đồng Đăng",
        "owner": "",
        "purpose": "p",
        "latitude": "21",
    }

    text = text_of(signed_in().post("/telemetry/devices/new/", form), 422)

    for field in ("code", "name", "owner", "longitude"):
        assert f'href="#{field}"' in text


def test_only_administrators_of_the_unit_add_move_and_pause(units):
    for role, unit_key in (("leader", PROVINCE), ("administrator", OTHER)):
        with pytest.raises(NotAllowed):
            actions.add_device(draft=draft("A-1", unit_key=COMMUNE), actor=officer(role, unit_key), now=NOW)
    add("A-1", unit_key=COMMUNE)
    with pytest.raises(NotAllowed):
        actions.move_device(
            code="A-1", draft=draft("A-1", unit_key=OTHER), actor=officer("administrator", COMMUNE), now=NOW
        )
    with pytest.raises(NotAllowed):
        actions.set_state(code="A-1", state="paused", reason="thử", actor=officer("administrator", OTHER), now=NOW)
    with pytest.raises(NotAllowed):
        actions.renew_key(code="A-1", actor=officer("leader", COMMUNE), now=NOW)


@pytest.mark.parametrize("code", ["tinhso", "TinhSo", "simulator", "Cua-Tinh"])
def test_no_device_bears_a_name_of_our_own_at_the_broker(units, settings, code):
    settings.TELEMETRY_BROKER = {**settings.TELEMETRY_BROKER, "user": "cua-tinh"}
    with pytest.raises(Refused) as refused:
        add(code)

    assert [each.field for each in refused.value.troubles] == ["code"]
    assert not Device.objects.exists()


def test_a_device_that_moves_keeps_where_it_was(units):
    add("A-1", unit_key=COMMUNE, place="Cầu cũ")
    actions.move_device(code="A-1", draft=draft("A-1", unit_key=OTHER, place="Cầu mới"), actor=officer(), now=NOW)

    assert [(each.unit_key, each.place, each.valid_to is None) for each in queries.list_placements(known("A-1").id)] == [
        (OTHER, "Cầu mới", True), (COMMUNE, "Cầu cũ", False)
    ]  # fmt: skip
    assert [fact.kind for fact in list_facts("telemetry:A-1")] == ["telemetry.device.added", "telemetry.device.moved"]


def test_a_paused_device_is_refused_until_it_goes_on(river):
    actions.set_state(code="SONG-01", state="paused", reason="sửa cầu", actor=officer(), now=NOW)
    assert [each.reason for each in send(("water_level", 251, NOW)).refused] == ["paused"]
    actions.set_state(code="SONG-01", state="active", reason="xong", actor=officer(), now=NOW)

    assert send(("water_level", 251, NOW)).taken == 1


@pytest.fixture
def event(three):
    told = b'{"id":"e1","type":"red_light","plate":"12A-123.45","t":-60}'
    actions.keep_messages(messages=[actions.Message("CAM-01", "events", told)], now=now())
    return Event.objects.get()


def test_an_operator_confirms_an_event_once(signed_in, event):
    client = signed_in("operator")
    assert "12A-•••45" in text_of(client.get(f"/telemetry/events/{event.public_id}/"))
    for _ in range(2):
        client.post(f"/telemetry/events/{event.public_id}/review/", {"verdict": "confirmed"})

    event.refresh_from_db()
    assert event.review == "confirmed"
    assert "Đã xác nhận" in text_of(client.get("/telemetry/events/?review=all"))
    assert len([each for each in list_facts("telemetry:CAM-01") if each.kind == "telemetry.event.reviewed"]) == 1


def test_a_rejection_needs_a_reason_and_a_reviewer(signed_in, event):
    client = signed_in("operator")
    client.post(f"/telemetry/events/{event.public_id}/review/", {"verdict": "rejected"})
    assert Event.objects.get().review == "waiting"
    client.post(f"/telemetry/events/{event.public_id}/review/", {"verdict": "rejected", "note": "xe ưu tiên"})

    assert Event.objects.get().review == "rejected"


def test_who_holds_no_such_role_reviews_nothing(signed_in, event):
    client = signed_in("receptionist")

    assert client.post(f"/telemetry/events/{event.public_id}/review/", {"verdict": "confirmed"}).status_code == 403
    assert Event.objects.get().review == "waiting"


def test_an_order_is_told_first_then_given_and_shown_as_asked_for_only(signed_in, three):
    client, at = signed_in("operator"), now()
    send(("light_level", 100, at - MINUTE), device="DEN-01", now=at)
    form = {
        "level": "40",
        "starts_at": at.isoformat(),
        "ends_at": (at + timedelta(hours=2)).isoformat(),
        "reason": "Tiết kiệm điện",
    }

    assert "Tiết kiệm điện" in text_of(client.post("/telemetry/devices/DEN-01/order/", form))
    assert not Order.objects.exists()
    client.post("/telemetry/devices/DEN-01/order/", {**form, "sure": "1"})

    order = Order.objects.get()
    text = text_of(client.get("/telemetry/devices/DEN-01/"))
    assert "đang chờ gửi" in text
    assert re.search(r'figure__value">100<', text), "what the cabinet reports is shown, not what was ordered"
    answer = f'{{"id":"{order.public_id}","answer":"done"}}'.encode()
    actions.keep_messages(messages=[actions.Message("DEN-01", "acks", answer)], now=at)
    assert "tủ đèn đã nhận" in text_of(client.get("/telemetry/devices/DEN-01/"))
    given, answered = list_facts("telemetry:DEN-01")[-2:]
    assert [given.kind, answered.kind] == ["telemetry.order.given", "telemetry.order.answered"]
    assert "Tiết kiệm điện" not in str(given.body), "the ledger forgets nothing: it holds no free text"


def test_a_wrong_order_says_what_to_mend_and_others_may_not_order(signed_in, three):
    client = signed_in("operator")
    text = text_of(
        client.post("/telemetry/devices/DEN-01/order/", {"level": "140", "starts_at": "", "ends_at": "x"}), 422
    )
    for field in ("level", "starts_at", "ends_at", "reason"):
        assert f'href="#{field}"' in text

    assert signed_in("administrator", COMMUNE).get("/telemetry/devices/DEN-01/order/").status_code == 403


@pytest.mark.parametrize("name", ["newest", "course", "map", "events", "health"])
def test_panels_are_for_officers_only_and_have_a_table(three, rf, name):
    from django.template.loader import render_to_string

    assert panel(name, None, three) is None
    found = panel(name, officer("leader"), three)

    assert found is not None
    assert render_to_string(found.template, dict(found.context))
    assert len({len(row) for row in found.table}) == 1
    assert found.address.startswith("/telemetry/")
    assert panel(name, officer("leader"), three, unit_key=OTHER, kind="river_station") is None


def test_a_stale_value_is_grey_and_no_threshold_is_met_by_it(three):
    found = panel("newest", officer("leader"), three, measure="vehicles")

    assert found.context["figures"][0]["stale"]
    assert found.state == "unknown"
    assert panel("newest", officer("leader"), three, measure="rain_hour", kind="rain_gauge").state == "trouble"


def test_a_tile_shows_what_is_past_its_threshold_rather_than_what_comes_first(three):
    send(("light_level", 60, three - MINUTE), ("lamps_out", 9, three - MINUTE), device="DEN-01", now=three)

    found = panel("newest", officer("leader"), three, kind="light_cabinet")

    assert [(each["value"], each["unit"], each["period"]) for each in found.context["figures"]] == [
        ("9", "đèn", "Nhiều đèn hỏng")
    ]


def test_a_map_goes_near_where_the_devices_lie_close_together(units):
    add("A-1", "rain_gauge", commune_key=COMMUNE, latitude=21.94, longitude=106.70)
    add("A-2", "rain_gauge", commune_key=COMMUNE, latitude=21.95, longitude=106.71)
    near = panel("map", officer("leader")).context["map"]["box"].split()
    add("A-3", "rain_gauge", commune_key=OTHER, latitude=21.58, longitude=107.07)
    far = panel("map", officer("leader")).context["map"]["box"].split()

    assert float(near[2]) < 300 < 1000 < float(far[2])


def test_readings_are_the_newest_values_and_minutes_of_silence(three):
    level = {each.subject: each for each in list_readings("telemetry.water_level", three)}
    silent = {each.subject: each.value for each in list_readings("telemetry.silent", three)}

    assert (level["SONG-01"].value, level["SONG-01"].unit_key, level["SONG-01"].unit) == (
        Decimal("251.30"),
        PROVINCE,
        "m",
    )
    assert silent["SONG-01"] == 0
    assert silent["CAM-01"] == 89
    assert [each.value for each in list_readings("telemetry.vehicles", three)] == [None]
    assert list_readings("telemetry.nothing", three) == list_readings("plans.water_level", three) == []
