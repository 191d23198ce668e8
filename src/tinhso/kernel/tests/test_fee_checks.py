"""What is wrong with the fees of a procedure or of a province is told, each sentence once."""

import tomllib
from datetime import date

import pytest

from tinhso.kernel.flow import Procedure, find_problems, read_procedure
from tinhso.kernel.flow.fee_checks import find_fee_problems, find_tariff_problems
from tinhso.kernel.flow.fee_reading import read_tariff
from tinhso.kernel.flow.fee_wording import FEE_WORDING
from tinhso.kernel.tests.fees_trial import ASKING, CERTIFICATION, LICENCE, RESIDENCE, STATUS, TAX, fees

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
    procedure = Procedure("9.000001", date(2025, 7, 1), "dossier", fees(RESIDENCE)[0].name, fees=fees(*rows))

    found = list(find_fee_problems(procedure, {"pages", "copies", "class", "documents", "years"}))

    assert code in {problem.code for problem in found}
    assert all(problem.vi and problem.en and problem.place[:1] == ("fee",) for problem in found)


@pytest.mark.parametrize("row", [RESIDENCE, CERTIFICATION, LICENCE, STATUS])
def test_the_fees_of_real_procedures_are_sound(row):
    procedure = Procedure("9.000001", date(2025, 7, 1), "dossier", fees(row)[0].name, fees=fees(row))

    assert not list(find_fee_problems(procedure, {"pages", "copies", "class"}))


def test_every_sentence_about_a_fee_is_provoked_by_something():
    elsewhere = {"fee_never_asked", "nothing_to_ask", "payment_act_missing", "unknown_local_fee"}

    assert {code for code, _ in WRONG} | elsewhere == set(FEE_WORDING)


def test_what_a_step_asks_and_the_fees_it_asks_for_need_each_other():
    table = tomllib.loads(ASKING)
    asked = {"fee_never_asked", "nothing_to_ask", "payment_act_missing", "system_act_without_cause", "unknown_role"}

    assert not asked & codes(table)
    assert "nothing_to_ask" in codes(table | {"fee": []})
    table["step"][0]["effects"] = []
    assert "fee_never_asked" in codes(table)
    table["step"][1]["act"] = "go_on"
    assert {"payment_act_missing", "system_act_without_cause"} <= codes(table)


def codes(table: dict) -> set[str]:
    return {problem.code for problem in find_problems(read_procedure(table))}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("", "", ""),
        ('fee = "certificate"', 'fee = "stamp"', "unknown_local_fee"),
        ("amount_dong = 15000", "amount_dong = 15", "fee_too_small"),
        ("amount_dong = 15000", "", "fee_without_amount"),
        ('until = "2027-02-28"', "", "reduction_without_end"),
        ("percent = 50", "percent = 0", "wrong_percent"),
    ],
)
def test_what_a_province_decides_is_judged_too(before, after, code):
    text = """
    [[amount]]
    procedure = "1.004873"
    fee = "certificate"
    amount_dong = 15000
    [[reduction]]
    code = "digital"
    name = { vi = "Công dân số", en = "Digital citizens" }
    until = "2027-02-28"
    percent = 50
    """
    tariff, problems = read_tariff(tomllib.loads(text.replace(before, after)))

    assert not problems
    found = [problem.code for problem in find_tariff_problems(tariff, [("1.004873", fees(STATUS)[0])])]
    assert found == ([code] if code else [])
