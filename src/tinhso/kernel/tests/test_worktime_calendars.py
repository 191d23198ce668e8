"""Calendars as packs write them: what each day is, which version rules, and which mistakes are refused."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tinhso.kernel.worktime import (
    VIETNAM,
    CalendarError,
    Duration,
    build_calendars,
    due,
    parse_override,
    parse_sessions,
    read_calendars,
    read_overrides,
)

PACK = Path(__file__).parents[4] / "packs" / "national"
NATIONAL = read_calendars(PACK)["national"]
OFFICE = ["07:30-11:30", "13:30-17:00"]
HEADER = "date,kind,calendar,instead_of,sessions,reason_vi,reason_en,source\n"


def days_off(year, calendar=NATIONAL):
    """Weekdays that are off in a year, as (month, day)."""
    first = date(year, 1, 1)
    days = [calendar.day(first + timedelta(days=n)) for n in range(366)]
    return [(d.on.month, d.on.day) for d in days if d.on.year == year and d.on.weekday() < 5 and not d.counted]


def weekends_worked(year):
    first = date(year, 1, 1)
    days = [NATIONAL.day(first + timedelta(days=n)) for n in range(366)]
    return [(d.on.month, d.on.day) for d in days if d.on.year == year and d.on.weekday() > 4 and d.counted]


def table(code="desk", **changes):
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), OFFICE)
    name = {"vi": "Quầy", "en": "Desk"}
    return {"code": code, "version": "2020-01-01", "name": name, "week": week, "source": "…"} | changes


def row(on, kind, **cells):
    return {
        "date": on, "kind": kind, "calendar": "*", "reason_vi": "lý do", "reason_en": "reason", "source": "…",
    } | cells  # fmt: skip


def test_2025_is_as_it_was_decided():
    assert days_off(2025) == [
        (1, 1), (1, 27), (1, 28), (1, 29), (1, 30), (1, 31), (4, 7), (4, 30), (5, 1), (5, 2), (9, 1), (9, 2),
    ]  # fmt: skip
    assert weekends_worked(2025) == [(4, 26)]


def test_2026_is_as_it_was_decided():
    assert days_off(2026) == [
        (1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (4, 30), (5, 1), (8, 31), (9, 1), (9, 2),
        (11, 24),
    ]  # fmt: skip
    assert weekends_worked(2026) == [(1, 10), (8, 22)]


def test_2027_is_as_far_as_it_is_decided():
    assert days_off(2027) == [
        (1, 1), (2, 4), (2, 5), (2, 8), (2, 9), (2, 10), (4, 16), (4, 30), (5, 3), (9, 2), (9, 3), (11, 24),
    ]  # fmt: skip
    assert weekends_worked(2027) == []


def test_the_lunar_new_year_of_2030_is_the_vietnamese_one_a_day_before_the_chinese():
    assert NATIONAL.day(date(2030, 2, 2)).name.vi == "Tết Nguyên Đán"


def test_every_decided_day_names_its_reason_and_its_source():
    overrides = read_overrides(PACK / "holidays.csv")

    assert len(overrides) > 40
    assert all(one.reason.vi and one.reason.en and len(one.source) > 20 for one in overrides)


def test_a_year_not_yet_decided_is_computed_and_says_so():
    found = due(datetime(2028, 1, 20, 9, tzinfo=VIETNAM), Duration(10, "working_day"), NATIONAL)

    assert [step.vi for step in found.steps if step.kind == "undecided"] == [
        "Lịch nghỉ năm 2028 chưa có quyết định: tạm tính theo luật, hạn có thể đổi."
    ]


def test_a_swapped_saturday_keeps_the_hours_of_the_day_it_is_worked_for():
    week = table()["week"] | {"friday": ["07:00-12:00"]}
    desk = build_calendars(
        [table(week=week)],
        [
            parse_override(row("2026-03-06", "off")),
            parse_override(row("2026-03-14", "worked", instead_of="2026-03-06")),
        ],
    )["desk"]

    day = desk.day(date(2026, 3, 14))
    assert (day.kind, day.counted) == ("swapped", True)
    assert day.sessions == parse_sessions(["07:00-12:00"])


def test_a_desk_may_close_for_itself_alone():
    closed = parse_override(row("2026-03-04", "off", calendar="desk"))
    calendars = build_calendars([table(), table("other")], [closed])

    assert calendars["desk"].day(date(2026, 3, 4)).kind == "closure"
    assert calendars["other"].day(date(2026, 3, 4)).counted


def test_a_desk_may_work_with_hours_of_its_own_on_one_day():
    half = parse_override(row("2026-02-13", "worked", calendar="desk", sessions="07:30-11:30"))
    desk = build_calendars([table()], [half])["desk"]

    found = due(datetime(2026, 2, 12, 9, tzinfo=VIETNAM), Duration(1, "working_day"), desk)
    assert found.due_at == datetime(2026, 2, 13, 11, 30, tzinfo=VIETNAM)


def test_the_row_of_a_desk_outweighs_the_row_of_all():
    overrides = [
        parse_override(row("2026-03-07", "worked", calendar="desk", sessions="08:00-11:00")),
        parse_override(row("2026-03-07", "off")),
    ]

    assert build_calendars([table()], overrides)["desk"].day(date(2026, 3, 7)).counted


def test_each_day_follows_the_version_in_force_on_that_day():
    summer = table(version="2026-04-15", week={"monday": ["07:00-11:00"], "tuesday": ["07:00-11:00"]})
    desk = build_calendars([summer, table()], [])["desk"]

    assert desk.version_on(date(2026, 4, 14)) == date(2020, 1, 1)
    assert desk.version_on(date(2026, 4, 15)) == date(2026, 4, 15)
    assert desk.version_on(date(2019, 1, 1)) == date(2020, 1, 1)
    # Wednesday the 15th to Friday are no longer worked: the second working day is Monday's morning.
    found = due(datetime(2026, 4, 13, 9, tzinfo=VIETNAM), Duration(2, "working_day"), desk)
    assert found.due_at == datetime(2026, 4, 20, 11, tzinfo=VIETNAM)


def test_a_later_pack_adds_days_to_the_calendars_of_an_earlier_one(tmp_path):
    (tmp_path / "holidays.csv").write_text(
        HEADER + "2026-03-04,off,national,,,mất điện,power cut,thông báo của xã\n", encoding="utf-8"
    )

    calendar = read_calendars(PACK, tmp_path)["national"]
    assert calendar.day(date(2026, 3, 4)).name.en == "power cut"
    assert NATIONAL.day(date(2026, 3, 4)).counted


def test_a_desk_is_open_from_the_first_minute_of_a_session_to_before_its_last():
    def is_open(written):
        return NATIONAL.is_open(datetime.fromisoformat(written).replace(tzinfo=VIETNAM))

    assert is_open("2026-03-02T07:30")
    assert not is_open("2026-03-02T11:30")
    assert not is_open("2026-03-02T12:00")
    assert not is_open("2026-03-07T09:00")


def test_a_year_beyond_the_tables_is_refused():
    for year in (1999, 2101, 9999):
        with pytest.raises(CalendarError, match=f"không tính được năm {year}"):
            NATIONAL.day(date(year, 12, 31))
    with pytest.raises(CalendarError):
        due(datetime(2026, 3, 2, 9, tzinfo=VIETNAM), Duration(99_999, "month"), NATIONAL)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("2026-03-04,off,*,,,x,y\n", "holidays.csv, dòng 2: cột source để trống"),
        ("2026-02-30,off,*,,,x,y,z\n", "“2026-02-30” không phải là ngày"),
        ("2026-03-04,holiday,*,,,x,y,z\n", "chỉ có off hoặc worked"),
        ("2026-03-07,worked,*,,,x,y,z\n", "instead_of"),
        ("2026-03-07,worked,*,,8-11,x,y,z\n", "không phải là một buổi làm việc"),
        ("2026-03-04,off,*,2026-03-07,,x,y,z\n", "ngày nghỉ không có instead_of"),
        ("2026-03-04,off,*,,,x,y,z\n2026-03-04,off,*,,,x,y,z\n", "dòng 3: ngày này đã có ở trên"),
        ("2026-03-04,off,nationl,,,x,y,z\n", "không có lịch “nationl”"),
        ("2026-03-07,worked,*,2026-03-04,,x,y,z\n", "thứ Tư 04/03/2026, nhưng ngày đó vẫn là ngày làm việc"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(tmp_path, lines, message):
    (tmp_path / "holidays.csv").write_text(HEADER + lines, encoding="utf-8")

    with pytest.raises(CalendarError) as refused:
        read_calendars(PACK, tmp_path)

    assert message in refused.value.vi
    assert refused.value.en != refused.value.vi


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"week": {"mon": OFFICE}}, "“mon” không phải là tên thứ"),
        ({"week": {}}, "không có ngày nào được tính"),
        ({"week": {"saturday": OFFICE}, "reception_only": ["saturday"]}, "không có ngày nào được tính"),
        ({"week": {"monday": ["11:30-07:30"]}}, "không phải là một buổi làm việc"),
        ({"week": {"monday": ["07:30-11:30", "11:00-17:00"]}}, "chồng lên nhau"),
        ({"version": "hôm nay"}, "“hôm nay” không phải là ngày"),
    ],
)
def test_a_wrong_calendar_is_refused(changes, message):
    with pytest.raises(CalendarError) as refused:
        build_calendars([table(**changes)], [])

    assert message in refused.value.vi


def test_a_calendar_without_a_source_is_refused():
    unsourced = table()
    del unsourced["source"]

    with pytest.raises(CalendarError, match="lịch “desk” thiếu source"):
        build_calendars([unsourced], [])


def test_a_broken_file_is_refused_with_its_name(tmp_path):
    (tmp_path / "calendars.toml").write_text("[[calendar]\n", encoding="utf-8")

    with pytest.raises(CalendarError, match=r"calendars\.toml: TOML sai cú pháp"):
        read_calendars(tmp_path)


def test_a_table_with_other_columns_is_refused(tmp_path):
    (tmp_path / "holidays.csv").write_text("date,kind\n", encoding="utf-8")

    with pytest.raises(CalendarError, match="dòng 1: các cột phải là date"):
        read_calendars(tmp_path)


def test_a_swap_without_hours_to_take_over_is_refused():
    overrides = [
        parse_override(row("2026-03-07", "worked", instead_of="2026-03-08")),
        parse_override(row("2026-03-08", "off")),
    ]

    with pytest.raises(CalendarError, match="không rõ giờ nào"):
        build_calendars([table()], overrides)
