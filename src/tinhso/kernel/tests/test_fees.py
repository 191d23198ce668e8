"""Fees of real procedures to the đồng, with the arithmetic in words; and what is wrong with a fee's table."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.fees import Occasion, apply_tariff, assess, fee_notes, say_cost, say_fee
from tinhso.kernel.flow import Fee, Procedure, Tariff, find_problems, read_procedure
from tinhso.kernel.flow.fee_checks import find_fee_problems
from tinhso.kernel.flow.fee_reading import read_tariff
from tinhso.kernel.flow.fee_wording import FEE_WORDING

TODAY = date(2026, 11, 20)

CERTIFICATION = """
code = "certification"
kind = "fee"
name = { vi = "Phí chứng thực bản sao", en = "Certification of copies" }
prices = [{ tiers = [{ up_to = 2, amount_dong = 2000 }, { amount_dong = 1000 }], cap_dong = 200000 }]
per = "pages"
times = "copies"
unit = { vi = "trang", en = "page" }
"""
RESIDENCE = """
code = "residence"
name = { vi = "Lệ phí đăng ký thường trú", en = "Residence" }
prices = [{ channels = ["online"], amount_dong = 10000 }, { amount_dong = 20000 }]
exemptions = [
  { code = "poor", name = { vi = "Hộ nghèo", en = "Poor households" }, when = { field = "class", equals = "poor" } },
  { code = "child", name = { vi = "Trẻ em", en = "Children" }, when = { field = "class", equals = "child" }, percent = 50 },
  { code = "merit", name = { vi = "Người có công", en = "Merit" } },
]
"""
LICENCE = """
code = "licence"
name = { vi = "Lệ phí cấp giấy phép lái xe", en = "Driving licence" }
amount_dong = 135000
reductions = [
  { code = "online", name = { vi = "Nộp trực tuyến", en = "Online" }, until = "2025-12-31", channels = ["online"], amount_dong = 115000 },
  { code = "digital", name = { vi = "Công dân số (Nghị quyết 66.22/2026/NQ-CP)", en = "Digital citizens" }, from = "2026-08-15", until = "2027-02-28", channels = ["online"], percent = 50 },
]
"""
STATUS = """
code = "certificate"
name = { vi = "Lệ phí cấp giấy xác nhận", en = "Certificate" }
set_by = "province"
"""
TAX = """
code = "land_tax"
kind = "tax"
name = { vi = "Thuế và lệ phí trước bạ", en = "Taxes on land" }
assessed_by = { vi = "Cơ quan thuế", en = "The tax office" }
"""


def fees(*rows: str) -> tuple[Fee, ...]:
    table = {"fee": [tomllib.loads(row) for row in rows]}
    return read_procedure(
        {
            "code": "9.000001",
            "version": "2025-07-01",
            "kind": "dossier",
            "service_level": "info_only",
            "name": {"vi": "x", "en": "x"},
            **table,
        }
    ).fees


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
    assert fee_notes(fees(RESIDENCE), TODAY, "vi") == ("Hộ nghèo: miễn", "Trẻ em: giảm 50%", "Người có công: miễn")
    assert (
        say_cost(fees(CERTIFICATION), TODAY, "vi")
        == "2.000 đ mỗi trang cho 2 trang đầu, 1.000 đ mỗi trang từ trang thứ 3, không quá 200.000 đ"
    )
    assert fee_notes(fees(LICENCE), TODAY, "vi") == (
        "Công dân số (Nghị quyết 66.22/2026/NQ-CP): giảm 50% từ 15/08/2026 đến hết 28/02/2027",
    )
    assert say_cost((), TODAY, "vi") == "Không mất tiền"


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


WRONG = [
    ("repeated_fee", (RESIDENCE, RESIDENCE)),
    ("unknown_fee_word", (RESIDENCE + 'kind = "gift"\n',)),
    ("unknown_fee_word", (RESIDENCE + 'moment = "later"\n',)),
    ("unknown_fee_word", (RESIDENCE.replace('["online"]', '["fax"]'),)),
    ("unknown_fee_word", (STATUS.replace("province", "village"),)),
    ("fee_without_amount", (STATUS.replace('set_by = "province"', ""),)),
    ("fee_without_amount", (STATUS + "amount_dong = 8000\n",)),
    ("fee_assessed_at_filing", (TAX + 'moment = "filing"\n',)),
    ("wrong_tiers", (CERTIFICATION.replace("{ amount_dong = 1000 }", "{ amount_dong = 1000, up_to = 2 }"),)),
    ("tiers_without_per", (CERTIFICATION.replace('per = "pages"\n', ""),)),
    ("cap_below_tier", (CERTIFICATION.replace("cap_dong = 200000", "cap_dong = 1500"),)),
    ("fee_too_small", (LICENCE.replace("amount_dong = 135000", "amount_dong = 135"),)),
    ("days_reversed", (LICENCE.replace("2027-02-28", "2026-02-28"),)),
    ("prices_overlap", (RESIDENCE.replace('{ amount_dong = 20000 }', '{ until = "2026-12-31", amount_dong = 20000 }, { from = "2026-12-31", amount_dong = 25000 }'),)),
    ("prices_overlap", (RESIDENCE.replace('["online"]', "[]"),)),
    ("fee_without_price", (RESIDENCE.replace(", { amount_dong = 20000 }", ""),)),
    ("fee_without_price", (RESIDENCE.replace("{ amount_dong = 20000 }", '{ until = "2026-12-31", amount_dong = 20000 }'),)),
    ("fee_without_price", (RESIDENCE.replace("{ amount_dong = 20000 }", '{ when = { field = "years", one_of = [1, 5] }, amount_dong = 20000 }'),)),
    ("wrong_percent", (RESIDENCE.replace("percent = 50", "percent = 150"),)),
    ("reduction_not_lower", (LICENCE.replace("115000", "135000"),)),
    ("reduction_without_end", (LICENCE.replace('until = "2025-12-31", ', ""),)),
    ("unknown_fee_field", (CERTIFICATION.replace('"pages"', '"sheets"'),)),
    ("unknown_fee_field", (RESIDENCE.replace('"class"', '"klass"'),)),
    ("each_without_count", (RESIDENCE + 'each = "documents"\n',)),
    ("unit_without_words", (CERTIFICATION.replace('unit = { vi = "trang", en = "page" }', ""),)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "rows"), WRONG)
def test_a_fee_that_cannot_be_reckoned_is_told(code, rows):
    procedure = Procedure("9.000001", date(2025, 7, 1), "dossier", fees(RESIDENCE)[0].name, fees=fees_at(rows))

    found = list(find_fee_problems(procedure, {"pages", "copies", "class", "documents", "years"}))

    assert code in {problem.code for problem in found}
    assert all(problem.vi and problem.en and problem.place[:1] == ("fee",) for problem in found)


def fees_at(rows: tuple[str, ...]) -> tuple[Fee, ...]:
    return fees(*rows)


@pytest.mark.parametrize("row", [RESIDENCE, CERTIFICATION, LICENCE, STATUS])
def test_the_fees_of_real_procedures_are_sound(row):
    procedure = Procedure("9.000001", date(2025, 7, 1), "dossier", fees(row)[0].name, fees=fees(row))

    assert not list(find_fee_problems(procedure, {"pages", "copies", "class"}))


def test_every_sentence_about_a_fee_is_provoked_by_something():
    elsewhere = {"fee_never_asked", "nothing_to_ask", "payment_act_missing", "unknown_local_fee"}

    assert {code for code, _ in WRONG} | elsewhere == set(FEE_WORDING)


def test_what_a_step_asks_and_the_fees_it_asks_for_need_each_other():
    table = tomllib.loads(
        """
        code = "opinion"
        version = "2025-07-01"
        kind = "dossier"
        name = { vi = "x", en = "x" }
        flow = { start = "filed", final = ["done", "lapsed"] }
        [[fee]]
        code = "land_tax"
        name = { vi = "Thuế", en = "Tax" }
        assessed_by = { vi = "Cơ quan thuế", en = "The tax office" }
        [[state]]
        code = "filed"
        name = { vi = "x", en = "x" }
        holder = "handler"
        [[state]]
        code = "paying"
        name = { vi = "x", en = "x" }
        wait = { for = "payment", limit = { amount = 30, unit = "day" }, then = "lapse" }
        [[state]]
        code = "done"
        name = { vi = "x", en = "x" }
        [[state]]
        code = "lapsed"
        name = { vi = "x", en = "x" }
        [[step]]
        act = "ask"
        name = { vi = "x", en = "x" }
        source = "filed"
        target = "paying"
        role = "handler"
        fact = "asked"
        effects = ["ask_payment"]
        [[step]]
        act = "pay"
        name = { vi = "x", en = "x" }
        source = "paying"
        target = "done"
        role = "system"
        fact = "paid"
        [[step]]
        act = "lapse"
        name = { vi = "x", en = "x" }
        source = "paying"
        target = "lapsed"
        role = "system"
        fact = "lapsed"
        """
    )
    asked = {"fee_never_asked", "nothing_to_ask", "payment_act_missing", "system_act_without_cause", "unknown_role"}

    assert not asked & codes(table)
    assert "nothing_to_ask" in codes(table | {"fee": []})
    table["step"][0]["effects"] = []
    assert "fee_never_asked" in codes(table)
    table["step"][1]["act"] = "go_on"
    assert {"payment_act_missing", "system_act_without_cause"} <= codes(table)


def codes(table: dict) -> set[str]:
    return {problem.code for problem in find_problems(read_procedure(table))}
