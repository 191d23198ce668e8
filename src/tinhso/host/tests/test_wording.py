"""Numbers, days and moments as people write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.platform.wording import day, moment, number, said, span


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1684, "1.684", "1,684"),
        (Decimal("98.96"), "98,96", "98.96"),
        (Decimal("98.90"), "98,9", "98.9"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Decimal("0.57865"), "0,5787", "0.5787"),
        (Decimal("-12.5"), "-12,5", "-12.5"),
        (Decimal("-0.00001"), "0", "0"),
    ],
)
def test_a_number_is_written_in_the_readers_way(value, vi, en):
    with override("vi"):
        assert number(value) == vi
    with override("en"):
        assert number(value) == en


def test_zeros_stay_where_a_column_needs_them():
    assert number(Decimal("0.5"), at_most=4, at_least=4) == "0,5000"
    assert number(Decimal("2.345"), at_most=2) == "2,35"


@given(st.decimals(-(10**12), 10**12, places=6))
def test_what_is_written_is_read_back_as_the_rounded_value(value):
    back = Decimal(number(value, at_most=4).replace(".", "").replace(",", "."))
    assert abs(back - value) <= Decimal("0.00005")


def test_a_moment_is_that_of_vietnam():
    assert moment(datetime(2026, 11, 21, 17, 30, tzinfo=UTC)) == "00:30 22/11/2026"
    assert day(date(2026, 11, 21)) == "21/11/2026"
    assert moment(None) == day(None) == ""


def test_vietnamese_stands_in_for_english_that_is_missing():
    with override("en"):
        assert said(Text("Xã", "Commune")) == "Commune"
        assert said(Text("Xã")) == "Xã"
    assert said(Text("Xã", "Commune")) == "Xã"


@pytest.mark.parametrize(
    ("minutes", "vi", "en", "rounded"),
    [
        (0, "0 phút", "0 minutes", "0 phút"),
        (1, "1 phút", "1 minute", "1 phút"),
        (59, "59 phút", "59 minutes", "59 phút"),
        (60, "1 giờ", "1 hour", "1 giờ"),
        (90, "1 giờ 30 phút", "1 h 30 min", "1,5 giờ"),
        (47 * 60 + 59, "47 giờ 59 phút", "47 h 59 min", "48 giờ"),
        (60 * 60, "2 ngày", "2 days", "2,5 ngày"),
    ],
)
def test_a_stretch_of_time_is_said_in_the_unit_that_people_use(minutes, vi, en, rounded):
    stretch = timedelta(minutes=minutes)
    assert (span(stretch), span(stretch, at_most=1)) == (vi, rounded)
    with override("en"):
        assert span(stretch) == en
