"""Rules by their properties: plates stay hidden, time there is never above all, rules of a picture hold it; packs that are wrong."""

import json
import re
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.modules.insight.telemetry.rules import drawing
from tinhso.modules.insight.telemetry.rules.devices import Refused
from tinhso.modules.insight.telemetry.rules.events import mask_plate, mask_text, read_events
from tinhso.modules.insight.telemetry.rules.health import up_share
from tinhso.modules.insight.telemetry.rules.judging import ACTIVE, Known
from tinhso.modules.insight.telemetry.rules.kinds import EventType, Kind
from tinhso.modules.insight.telemetry.rules.names import hash_secret, is_secret, read_topic, split_name
from tinhso.modules.insight.telemetry.rules.orders import read_wish
from tinhso.modules.insight.telemetry.rules.packs import find_dangling, read_telemetry

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
plates = st.from_regex(r"[1-9][0-9][ .-]?[A-Z]{1,2}[0-9]?[ .-]?[0-9]{3}[.]?[0-9]{2}", fullmatch=True)


@given(plate=plates, before=st.text("abc .,:", max_size=10))
def test_of_a_plate_only_province_series_and_two_digits_are_left(plate, before):
    digits = re.sub(r"\D", "", plate)
    for masked in (mask_plate(plate), mask_text(f"{before}{plate} chạy nhanh")):
        assert "•••" in masked
        assert not re.search(r"\d{3}", masked.split("•••")[1])
        assert digits[-5:-2] not in masked.replace(digits[:2], "", 1) or len(set(digits)) < 4


@given(text=st.text(max_size=20))
def test_what_is_no_plate_that_we_know_is_hidden_whole(text):
    masked = mask_plate(text)

    assert masked.count("•") == 3 or set(masked) <= {"•"}


def test_long_numbers_in_a_text_are_hidden():
    assert mask_text("gọi 0912345678, CCCD 020190001234") == "gọi ••••••••••, CCCD ••••••••••••"


@pytest.mark.parametrize("number", ["0912 345 678", "0912.345.678", "0912-345-678", "012.345.678.901", "+84 912 345 678", "0 9 1 2 3 4", "0912 - 345 - 678", "0912–345–678"])  # fmt: skip
def test_long_numbers_are_hidden_however_they_are_written(number):
    assert not re.search(r"\d", mask_text(f"gọi {number} ngay"))


def test_short_numbers_stay():
    assert mask_text("mực nước 251.30 m lúc 10:30, xe thứ 12") == "mực nước 251.30 m lúc 10:30, xe thứ 12"


@pytest.mark.parametrize("said", ["12A-123.45", "0912345678", "0912 345 678"])
def test_what_is_cut_is_hidden_first(said):
    camera = Known(1, "CAM-01", Kind("camera", Text("", ""), "other", 60, timedelta(1), 1, {}, {"red_light": EventType("red_light", Text("", ""), "notice", has_plate=True)}), ACTIVE)  # fmt: skip
    for before in range(285, 300):
        row = {"id": "e1", "type": "red_light", "text": "x" * before + " " + said, "plate": "x" * (before - 285) + said}
        (told,), _refused = read_events(json.dumps(row).encode(), camera, NOW)
        assert not re.search(r"\d{3}", told.text + " " + told.plate)
        assert (len(told.text), len(told.plate)) <= (300, 30)


@given(
    minutes=st.lists(st.integers(0, 300), max_size=40),
    patience=st.integers(1, 120),
    since=st.integers(0, 200),
    length=st.integers(0, 100),
)
def test_the_share_of_time_is_that_of_stretches_with_a_minute_in_them(minutes, patience, since, length):
    origin = datetime(2026, 11, 22, tzinfo=UTC)
    hours: dict[datetime, int] = {}
    for minute in minutes:
        hour = origin + timedelta(hours=minute // 60)
        hours[hour] = hours.get(hour, 0) | 1 << minute % 60
    share = up_share(
        hours,
        origin + timedelta(minutes=since),
        origin + timedelta(minutes=since + length),
        timedelta(minutes=patience),
    )

    stretches = [range(since + place * patience, since + (place + 1) * patience) for place in range(length // patience)]
    expected = (
        sum(any(minute in each for minute in minutes) for each in stretches) / len(stretches) if stretches else None
    )
    assert share == expected


finite = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)


@given(one=finite, other=finite)
def test_the_rules_of_a_picture_hold_all_of_it_and_are_few(one, other):
    low, high = sorted((one, other))
    rules = drawing.rules_of(low, high)

    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert rules[0] <= low + slack
    assert rules[-1] >= high - slack
    assert 2 <= len(rules) <= 8


def test_a_gap_in_a_course_stays_a_gap():
    start = datetime(2026, 11, 22)
    stretches = [drawing.Stretch(start + timedelta(minutes=10 * n), 1, 2, 3) for n in range(60) if not 20 <= n < 30]

    drawn = drawing.draw(stretches, start, start + timedelta(days=1), [2.5, 99])

    assert drawn
    assert len(drawn.lines) == 2
    assert [value for _height, value in drawn.thresholds] == [2.5]
    assert drawing.draw([], start, start + timedelta(days=1)) is None


@given(secret=st.text(min_size=1, max_size=50), other=st.text(min_size=1, max_size=50))
def test_only_the_secret_itself_opens(secret, other):
    kept = hash_secret(secret, b"123456789012")

    assert is_secret(secret, kept)
    assert is_secret(other, kept) == (secret == other)
    assert not is_secret(secret, "")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("water_level", ("", "water_level")), ("KC-01/water_level", ("KC-01", "water_level")), ("urn:dev:tinhso:KC-01:water_level", ("KC-01", "water_level"))],
)  # fmt: skip
def test_a_name_says_device_and_measure(name, parts):
    assert split_name(name) == parts


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "tinhso/v1/KC-01",
        "tinhso/v1/KC-01/orders",
        "tinhso/v2/KC-01/senml",
        "tinhso/v1/+/senml",
        "tinhso/v1/KC/01/senml",
    ],
)
def test_other_topics_are_none_of_ours(topic):
    assert read_topic(topic) is None


def test_an_order_must_say_how_bright_until_when_and_why():
    good = {"level": "40", "starts_at": "2026-11-22T10:30", "ends_at": "2026-11-22T12:00", "reason": "x"}
    wish = read_wish(good, NOW)

    assert (wish.level, wish.starts_at, wish.ends_at - wish.starts_at) == (40, NOW, timedelta(minutes=90))
    for field, value in (
        ("level", "101"),
        ("level", "²"),
        ("starts_at", "2026-11-22T08:00"),
        ("ends_at", "2026-11-22T10:00"),
        ("ends_at", "2027-11-22T10:00"),
        ("reason", " "),
    ):
        with pytest.raises(Refused) as refused:
            read_wish({**good, field: value}, NOW)
        assert [each.field for each in refused.value.troubles] == [field]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[kind]]\ncode = "a"\ntitle = { vi = "A", en = "A" }\ngroup = "fire"', "unknown_value"),
        ('[[kind]]\ncode = "a"\ntitle = { vi = "A", en = "A" }\ncolour = "red"', "unknown_key"),
        ('[[kind]]\ncode = "a"\ntitle = { vi = "A", en = "A" }\n[[kind.measure]]\ncode = "m"\ntitle = { vi = "M", en = "M" }\nunit = { vi = "m", en = "m" }\nleast = 5\nmost = 1', "wrong_range"),
        ('[[device]]\ncode = "Cầu 1"\nname = { vi = "A", en = "A" }\nkind = "a"\nunit = "u"', "wrong_device_code"),
        ('[[device]]\ncode = "A-1"\nname = { vi = "A", en = "A" }\nkind = "a"\nunit = "u"', "unknown_kind"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pack_is_named(text, code):
    problems: list = []
    found = read_telemetry(tomllib.loads(text), problems)
    problems += [problem for _code, problem in find_dangling(found)]

    assert code in {each.code for each in problems}
