"""The explanation of a due date, word for word, as a citizen reads it."""

import json
from datetime import datetime
from pathlib import Path

from tinhso.kernel.worktime import VIETNAM, Duration, due, parse_time, read_calendars

CALENDARS = read_calendars(Path(__file__).parents[4] / "packs" / "national")


def told(received, limit, *, cut_off="", calendar="national"):
    at = datetime.fromisoformat(received).replace(tzinfo=VIETNAM)
    clock = parse_time(cut_off) if cut_off else None
    return due(at, Duration.parse(limit), CALENDARS[calendar], cut_off=clock)


def test_two_days_over_tet_after_three():
    found = told("2026-02-13T15:30", "2 working_day", cut_off="15:00")

    assert [step.vi for step in found.steps] == [
        "Nhận lúc 15:30, thứ Sáu 13/02/2026.",
        "Nhận từ 15:00 trở đi: theo quy định của thủ tục, tính như nhận lúc mở cửa 07:30, thứ Hai 23/02/2026.",
        "Không tính thứ Bảy 14/02/2026 đến Chủ nhật 22/02/2026: nghỉ Tết Nguyên đán Bính Ngọ.",
        "Thứ Hai 23/02/2026 là ngày 0: ngày nhận không tính vào thời hạn.",
        "Ngày làm việc thứ 1 đến 2: thứ Ba 24/02/2026 đến thứ Tư 25/02/2026.",
        "Hạn: 17:00, thứ Tư 25/02/2026.",
    ]


def test_three_days_over_tet_and_a_swapped_saturday_are_told_by_name():
    found = told("2026-08-20T10:00", "7 working_day")

    assert [step.en for step in found.steps[2:]] == [
        "Working day 1: Friday 21/08/2026.",
        "Working day 2: Saturday 22/08/2026 (worked instead of Monday 31/08/2026).",
        "Not counted, Sunday 23/08/2026: weekend.",
        "Working days 3 to 7: Monday 24/08/2026 to Friday 28/08/2026.",
        "Due at 17:00 on Friday 28/08/2026.",
    ]


def test_a_receipt_on_a_day_off_is_told():
    found = told("2026-02-17T09:00", "1 working_day")

    assert found.steps[1].vi == (
        "Nhận vào ngày nghỉ (nghỉ Tết Nguyên đán Bính Ngọ): tính như nhận lúc mở cửa 07:30, thứ Hai 23/02/2026."
    )


def test_a_receipt_after_closing_is_told_for_a_result_on_the_same_day():
    found = told("2026-03-02T17:05", "0 working_day")

    assert [step.vi for step in found.steps[1:3]] == [
        "Lúc nhận đã hết giờ làm việc trong ngày: tính như nhận lúc mở cửa 07:30, thứ Ba 03/03/2026.",
        "Phải xong trong ngày: thứ Ba 03/03/2026.",
    ]


def test_the_end_of_february_and_the_move_off_a_saturday_are_told():
    found = told("2026-01-30T10:00", "1 month")

    assert [step.vi for step in found.steps[2:4]] == [
        "Cộng 1 tháng: tháng đó không có ngày 30, lấy ngày cuối tháng, thứ Bảy 28/02/2026.",
        "Hạn rơi vào ngày nghỉ (nghỉ cuối tuần): chuyển sang ngày làm việc kế tiếp, thứ Hai 02/03/2026.",
    ]


def test_half_a_day_names_its_session():
    assert told("2026-03-02T14:00", "0.5 working_day").steps[-2].vi == "Nửa ngày: hạn hết buổi sáng, thứ Ba 03/03/2026."
    assert (
        told("2026-03-02T09:00", "0.5 working_day").steps[-2].en
        == "Half a day: due as the afternoon session ends, Monday 02/03/2026."
    )


def test_working_hours_are_told_session_by_session():
    found = told("2026-03-02T09:15", "4 working_hour")

    assert [step.vi for step in found.steps[1:3]] == [
        "2 giờ 15 phút làm việc, thứ Hai 02/03/2026, từ 09:15 đến 11:30.",
        "1 giờ 45 phút làm việc, thứ Hai 02/03/2026, từ 13:30 đến 15:15.",
    ]


def test_a_saturday_that_only_takes_in_is_told():
    found = told("2026-03-06T10:00", "1 working_day", calendar="saturday_reception")

    assert "Không tính thứ Bảy 07/03/2026: mở cửa tiếp nhận, không tính vào thời hạn." in [s.vi for s in found.steps]


def test_the_form_for_json_carries_the_offset_and_every_step():
    found = told("2026-02-13T15:30", "2 working_day").as_dict()

    again = json.loads(json.dumps(found))
    assert again["due_at"] == "2026-02-24T17:00:00+07:00"
    assert [step["kind"] for step in again["steps"]] == ["received", "day_zero", "day_off", "working", "due"]
    assert again["steps"][2] == {
        "kind": "day_off",
        "on": "2026-02-14",
        "until": "2026-02-22",
        "at": None,
        "vi": "Không tính thứ Bảy 14/02/2026 đến Chủ nhật 22/02/2026: nghỉ Tết Nguyên đán Bính Ngọ.",
        "en": "Not counted, Saturday 14/02/2026 to Sunday 22/02/2026: Lunar New Year break.",
    }
