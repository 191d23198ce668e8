"""Fees of real procedures to the đồng, with the arithmetic in words."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.fees import Occasion, apply_tariff, assess, fee_notes, say_cost, say_fee
from tinhso.kernel.flow import Tariff
from tinhso.kernel.flow.fee_reading import read_tariff
from tinhso.kernel.tests.fees_trial import CERTIFICATION, LICENCE, RESIDENCE, STATUS, TAX, fees

TODAY = date(2026, 11, 20)


def due(row: str, answers=(), channel="online", on=TODAY, granted=()) -> int:
    return sum(charge.amount_dong for charge in assess(fees(row), Occasion(dict(answers), channel, on, granted)))


@pytest.mark.parametrize(
    ("pages", "copies", "amount_dong"),
    [
        (1, 1, 2000),
        (2, 1, 4000),
        (3, 1, 5000),
        (10, 1, 12000),
        (198, 1, 200000),
        (199, 1, 200000),
        (1000, 1, 200000),
        (10, 3, 36000),
        (500, 2, 400000),
        (0, 1, 0),
    ],
)
def test_a_certified_copy_costs_by_page_up_to_the_cap_for_each_copy(pages, copies, amount_dong):
    assert due(CERTIFICATION, {"pages": pages, "copies": copies}) == amount_dong


def test_the_arithmetic_is_told_step_by_step():
    (charge,) = assess(fees(CERTIFICATION), Occasion({"pages": 300, "copies": 2}, "counter", TODAY))

    assert [line.words.vi for line in charge.lines] == [
        "Trang 1-2: 2 × 2.000 đ = 4.000 đ",
        "Trang 3-300: 298 × 1.000 đ = 298.000 đ",
        "Không quá 200.000 đ: thu 200.000 đ",
        "Số lượng: 2 × 200.000 đ = 400.000 đ",
    ]
    assert charge.lines[-1].amount_dong == charge.amount_dong == 400000


def test_documents_of_different_length_are_reckoned_one_by_one():
    row = CERTIFICATION + 'each = "documents"\n'
    answers = {"documents": [{"pages": 3, "copies": 1}, {"pages": 1, "copies": 4}, {"pages": 5}]}

    (charge,) = assess(fees(row), Occasion(answers, "counter", TODAY))

    assert charge.amount_dong == 5000 + 4 * 2000
    assert charge.lines[-1].words.vi == "Cộng 2 dòng: 13.000 đ"


@pytest.mark.parametrize(("channel", "amount_dong"), [("online", 10000), ("counter", 20000), ("post", 20000)])
def test_the_way_of_filing_decides_the_price(channel, amount_dong):
    assert due(RESIDENCE, channel=channel) == amount_dong


@pytest.mark.parametrize(
    ("answers", "granted", "amount_dong"),
    [
        ({"class": "poor"}, (), 0),
        ({"class": "child"}, (), 5000),
        ({}, (), 10000),
        ({}, ("merit",), 0),
        ({"class": "child"}, ("merit",), 0),
    ],
)
def test_classes_pay_less_by_what_they_answer_or_what_an_officer_grants(answers, granted, amount_dong):
    assert due(RESIDENCE, answers, granted=granted) == amount_dong


@pytest.mark.parametrize(
    ("on", "channel", "amount_dong"),
    [
        (date(2025, 12, 31), "online", 115000),
        (date(2025, 12, 31), "counter", 135000),
        (date(2026, 1, 1), "online", 135000),
        (date(2026, 8, 14), "online", 135000),
        (date(2026, 8, 15), "online", 67500),
        (date(2027, 2, 28), "online", 67500),
        (date(2027, 3, 1), "online", 135000),
    ],
)
def test_a_reduction_holds_from_its_first_day_to_its_last(on, channel, amount_dong):
    assert due(LICENCE, channel=channel, on=on) == amount_dong


def test_an_amount_of_the_provincial_council_is_unknown_until_its_pack_says_it():
    (unknown,) = assess(fees(STATUS), Occasion({}, "online", TODAY))
    tariff, problems = read_tariff(
        tomllib.loads(
            '[[amount]]\nprocedure = "1.004873"\nfee = "certificate"\namount_dong = 15000\nfrom = "2026-01-01"\nsource = "Nghị quyết thử"'
        )
    )
    local = apply_tariff("1.004873", fees(STATUS), tariff)

    assert not problems
    assert unknown.state == "unknown"
    assert [charge.amount_dong for charge in assess(local, Occasion({}, "online", TODAY))] == [15000]
    assert [charge.state for charge in assess(local, Occasion({}, "online", date(2025, 12, 31)))] == ["unknown"]
    assert (
        say_cost(fees(STATUS), TODAY, "vi") == "Mức do Hội đồng nhân dân tỉnh quyết định; tỉnh chưa công bố mức ở đây"
    )
    assert say_cost(local, TODAY, "vi") == "15.000 đ (mức do Hội đồng nhân dân tỉnh quyết định)"
    assert apply_tariff("1.000001", fees(STATUS), tariff) == fees(STATUS)


def test_one_resolution_reduces_many_procedures_at_once():
    tariff, problems = read_tariff(
        tomllib.loads(
            '[[reduction]]\ncode = "digital"\nname = { vi = "Công dân số", en = "Digital" }\nfrom = "2026-08-15"\nuntil = "2027-02-28"\npercent = 50\nkinds = ["duty"]'
        )
    )
    reduced = apply_tariff("1.004222", fees(RESIDENCE, CERTIFICATION), tariff)

    assert not problems
    assert [charge.amount_dong for charge in assess(reduced, Occasion({"pages": 1, "copies": 1}, "online", TODAY))] == [
        5000,
        2000,
    ]
    assert apply_tariff("1.004222", fees(RESIDENCE), Tariff()) == fees(RESIDENCE)


def test_what_the_tax_office_assesses_is_known_later():
    assert [charge.state for charge in assess(fees(TAX), Occasion({}, "online", TODAY))] == ["later"]
    assert say_cost(fees(TAX), TODAY, "vi") == "Cơ quan thuế tính và báo sau khi nhận hồ sơ"


def test_a_birth_is_free_within_sixty_days():
    row = (
        STATUS.replace('set_by = "province"', "amount_dong = 8000")
        + 'exemptions = [{ code = "in_time", name = { vi = "Đúng hạn", en = "In time" }, when = { field = "days_since_born_on", at_most = 60 } }]'
    )

    assert due(row, {"born_on": "2026-09-21"}) == 0
    assert due(row, {"born_on": "2026-09-20"}) == 8000
    assert due(row, {"born_on": "hôm qua"}) == 8000


def test_exemptions_and_prices_are_said_before_anything_is_answered():
    assert say_fee(fees(RESIDENCE)[0], TODAY, "vi").prices == ("10.000 đ (nộp trực tuyến)", "20.000 đ")
    assert fee_notes(fees(RESIDENCE), TODAY, "vi") == ("Miễn: Hộ nghèo, Người có công", "Trẻ em: giảm 50%")
    assert (
        say_cost(fees(CERTIFICATION), TODAY, "vi")
        == "2.000 đ mỗi trang cho 2 trang đầu, 1.000 đ mỗi trang từ trang thứ 3, không quá 200.000 đ"
    )
    assert fee_notes(fees(LICENCE), TODAY, "vi") == (
        "Công dân số (Nghị quyết 66.22/2026/NQ-CP): giảm 50% từ 15/08/2026 đến hết 28/02/2027",
    )
    assert say_cost((), TODAY, "vi") == "Không mất tiền"
    both = say_cost(fees(RESIDENCE, TAX), TODAY, "vi")
    assert both.startswith(f"{fees(RESIDENCE)[0].name.vi}: 10.000 đ (nộp trực tuyến), 20.000 đ; ")


@given(pages=st.integers(0, 5000), more=st.integers(0, 500), copies=st.integers(1, 50))
def test_more_pages_never_cost_less_and_the_cap_holds(pages, more, copies):
    here, there = (due(CERTIFICATION, {"pages": count, "copies": copies}) for count in (pages, pages + more))

    assert here <= there <= 200000 * copies


@given(
    amount_dong=st.integers(500, 10**9),
    percent=st.integers(1, 100),
    count=st.one_of(
        st.integers(-5, 10**7),
        st.text(max_size=5),
        st.none(),
        st.lists(st.integers(), max_size=4),
        st.floats(allow_nan=True),
    ),
)
def test_a_charge_is_never_negative_nor_above_the_full_price_and_its_last_line_is_the_amount(
    amount_dong, percent, count
):
    row = f'code = "x"\nname = {{ vi = "x", en = "x" }}\namount_dong = {amount_dong}\nper = "n"\nunit = {{ vi = "bản", en = "copy" }}\nexemptions = [{{ code = "a", name = {{ vi = "a", en = "a" }}, percent = {percent}, when = {{ field = "n", filled = true }} }}]'

    for charge in assess(fees(row), Occasion({"n": count}, "online", TODAY)):
        assert 0 <= charge.amount_dong <= charge.full_dong
        assert charge.lines[-1].amount_dong == charge.amount_dong
        assert charge.full_dong - charge.amount_dong == -(-charge.full_dong * percent // 100)
