"""Limits as a number and a unit: what is read, what is refused, and in which words."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.worktime import UNITS, Duration, DurationError, WorktimeError, parse_time


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("2 working_day", "2", "working_day"),
        ("0.5 working_day", "0.5", "working_day"),
        ("0,5 ngày làm việc", "0.5", "working_day"),
        ("  3   ngày  làm việc ", "3", "working_day"),
        ("1 working days", "1", "working_day"),
        ("15day", "15", "day"),
        ("15 ngày", "15", "day"),
        ("4 giờ làm việc", "4", "working_hour"),
        ("4 Giờ", "4", "hour"),
        ("1 tháng", "1", "month"),
        ("30 phút", "30", "minute"),
        ("0 working_day", "0", "working_day"),
    ],
)
def test_a_limit_is_read_in_codes_and_in_words(written, amount, unit):
    limit = Duration.parse(written)

    assert (limit.amount, limit.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [
        ("", "Không hiểu thời hạn", "is not understood"),
        ("working_day", "Không hiểu thời hạn", "is not understood"),
        ("2", "Không hiểu thời hạn", "is not understood"),
        ("hai ngày", "Không hiểu thời hạn", "is not understood"),
        ("1.000 ngày", "Không hiểu thời hạn", "is not understood"),
        ("2 weeks", "Không có đơn vị thời hạn “weeks”", "no unit “weeks”"),
        ("0.3 working_day", "nửa ngày", "half days"),
        ("0.5 day", "số nguyên", "whole number"),
        ("1.5 month", "số nguyên", "whole number"),
        ("0 day", "0 working_day", "0 working_day"),
        ("-1 day", "từ 0 đến", "between 0 and"),
        ("100001 day", "từ 0 đến", "between 0 and"),
    ],
)
def test_what_is_no_limit_is_refused_in_both_languages(written, vi, en):
    with pytest.raises(DurationError) as refused:
        Duration.parse(written)

    assert vi in refused.value.vi
    assert en in refused.value.en
    assert str(refused.value) == refused.value.vi


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), True, "x", Decimal("1e30"), Decimal("1e-30")])
def test_a_number_from_a_file_that_is_no_number_of_days_is_refused(amount):
    with pytest.raises(DurationError):
        Duration(amount, "working_day")


def test_a_unit_is_never_turned_into_another():
    assert Duration(1, "day") != Duration(24, "hour")
    assert Duration(8, "working_hour") != Duration(1, "working_day")
    assert Duration("2.0", "working_day") == Duration(2, "working_day")


def test_a_limit_reads_as_words_in_both_languages():
    assert Duration("0.5", "working_day").text == ("0,5 ngày làm việc", "0.5 working days")
    assert Duration(1, "month").text == ("1 tháng", "1 month")
    assert Duration(20, "hour").text == ("20 giờ", "20 hours")
    assert str(Duration(100, "day")) == "100 day"


@given(st.sampled_from(list(UNITS)), st.integers(1, 1000))
def test_what_a_limit_says_of_itself_is_read_back(unit, amount):
    limit = Duration(amount, unit)

    assert Duration.parse(str(limit)) == limit == Duration.parse(limit.text.vi) == Duration.parse(limit.text.en)


@given(st.text(alphabet="0123456789,. -ngàythávlmiệcday_", max_size=20))
def test_any_text_is_a_limit_or_a_refusal_that_can_be_read(written):
    with suppress(DurationError):
        assert Duration.parse(written).unit in UNITS


@pytest.mark.parametrize("written", ["25:00", "15", "15h", "15:60", "", "-1:00"])
def test_what_is_no_time_of_day_is_refused(written):
    with pytest.raises(WorktimeError, match="không phải là giờ"):
        parse_time(written)


def test_a_time_of_day_is_read():
    assert parse_time("15:00").hour == 15
    assert parse_time(" 7:30 ").minute == 30
