"""References survive banks, QR codes are read by somebody else, money is laid without losing or making any."""

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.identifiers.tracking_ids import ALPHABET
from tinhso.platform.payments import rules
from tinhso.platform.payments.rules.matching import Candidate, suggest
from tinhso.platform.payments.rules.standing import Owed, lay, lift, state_of

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
SAMPLE = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy Vac Xin63043ACF"
ANOTHER = "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C"
references = st.integers(0, 10**6).map(lambda seed: rules.new_reference(Random(seed)))
MANGLINGS = [
    str.lower,
    " ".join,
    lambda text: f"MBVCB.1234567.{text}.CT tu 0123 NGUYEN VAN A toi 2000 UBND XA",
    lambda text: f"{text[:7]} {text[7:]}",
    lambda text: f"{text[:5]}-{text[5:10]}-{text[10:]}",
    lambda text: f"nop phi{text}ho so",
    lambda text: f"TSPAY{text}",
]


@given(reference=references, mangle=st.sampled_from(MANGLINGS))
def test_a_reference_is_read_whatever_a_bank_puts_around_it(reference, mangle):
    assert re.fullmatch(r"[A-Z0-9]{15}", reference)
    assert rules.read_references(mangle(reference)) == (reference,)


@given(reference=references, place=st.integers(5, 14), sign=st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(reference, place, sign):
    wrong = reference[:place] + sign + reference[place + 1 :]

    assert rules.is_reference(wrong) is (wrong == reference)


@given(reference=references, place=st.integers(5, 13))
def test_two_signs_swapped_are_noticed(reference, place):
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]

    assert rules.is_reference(swapped) is (swapped == reference)


@given(st.text())
def test_any_text_at_all_can_be_read(content):
    assert all(rules.is_reference(found) for found in rules.read_references(content))


def test_misheard_signs_are_mended():
    written = next(found for found in map(rules.new_reference, map(Random, range(100))) if "5" in found[5:])

    assert rules.read_references(written[:5] + written[5:].replace("5", "S")) == (written,)
    assert rules.read_references("TSPAYTSPAYEVXX28YBP6") == ("TSPAYEVXX28YBP6",)


def test_several_references_are_all_found():
    first, second = (rules.new_reference(Random(seed)) for seed in (1, 2))

    assert rules.read_references(f"{first} {second} {first}") == (first, second)
    assert rules.read_references("") == ()


def read_qr(text: str) -> dict[str, str]:
    """A reader of its own: fields by their lengths, the check computed bit by bit from the polynomial."""
    remainder = 0xFFFF
    for character in text[:-4]:
        for shift in range(7, -1, -1):
            bit = (ord(character) >> shift) & 1
            remainder = ((remainder << 1) ^ (0x1021 if (remainder >> 15) ^ bit else 0)) & 0xFFFF
    assert f"{remainder:04X}" == text[-4:]
    return fields_of(text)


def fields_of(text: str) -> dict[str, str]:
    found, place = {}, 0
    while place < len(text):
        code, length = text[place : place + 2], int(text[place + 2 : place + 4])
        found[code] = text[place + 4 : place + 4 + length]
        assert len(found[code]) == length
        place += 4 + length
    return found


@pytest.mark.parametrize(
    ("account", "amount_dong", "purpose", "published"),
    [
        ("113366668888", 79000, "Ung Ho Quy Vac Xin", SAMPLE),
        ("0011001932418", 120000, "ung ho lu lut", ANOTHER),
    ],
)
def test_a_published_code_is_written_as_it_was(account, amount_dong, purpose, published):
    fields = read_qr(published)
    assert (fields["54"], fields_of(fields["38"])["00"]) == (str(amount_dong), "A000000727")

    assert rules.write_vietqr(rules.Payee("970415", account), amount_dong, purpose) == published


@given(
    amount_dong=st.integers(1, 10**12),
    account=st.from_regex(r"\A[0-9A-Za-z]{4,19}\Z"),
    holder=st.text(max_size=60),
    reference=references,
)
def test_a_code_says_what_it_was_asked_to(amount_dong, account, holder, reference):
    fields = read_qr(rules.write_vietqr(rules.Payee("970405", account, holder, "Lạng Sơn"), amount_dong, reference))
    merchant = fields_of(fields["38"])

    assert fields_of(merchant["01"]) == {"00": "970405", "01": account}
    assert (merchant["02"], fields["54"], fields["53"], fields["58"]) == ("QRIBFTTA", str(amount_dong), "704", "VN")
    assert fields_of(fields["62"])["08"] == reference
    assert (len(fields.get("59", "")) <= 25, fields["60"]) == (True, "LANG SON")
    assert list(fields) == sorted(fields)


@pytest.mark.parametrize(
    ("payee", "amount_dong", "purpose"),
    [
        (rules.Payee("970405", "2000"), 0, "TSPAY"),
        (rules.Payee("970405", "2000"), -5, "TSPAY"),
        (rules.Payee("970405", "2000"), 10**12 + 1, "TSPAY"),
        (rules.Payee("97040", "2000"), 1, "TSPAY"),
        (rules.Payee("970405", ""), 1, "TSPAY"),
        (rules.Payee("970405", "2000"), 1, ""),
        (rules.Payee("970405", "2000"), 1, "nộp phí"),
        (rules.Payee("970405", "2000"), 1, "A" * 26),
    ],
)
def test_what_banks_cannot_read_is_refused(payee, amount_dong, purpose):
    with pytest.raises(rules.NotPayable):
        rules.write_vietqr(payee, amount_dong, purpose)


def test_a_check_that_begins_with_nought_keeps_it():
    codes = [rules.write_vietqr(rules.Payee("970405", f"{number:06d}"), 1000, "TSPAY") for number in range(300)]

    assert any(code[-4] == "0" for code in codes)
    assert all(read_qr(code) for code in codes)


charges = st.lists(st.builds(Owed, st.just(0), st.integers(0, 10**6), st.just(0), st.just(0), st.booleans(), st.sampled_from(["", "waived", "cancelled"])), max_size=5).map(
    lambda rows: [Owed(number, row.amount_dong, 0, 0, row.is_assessed, row.ended) for number, row in enumerate(rows)]
)  # fmt: skip


@given(amount_dong=st.integers(0, 3 * 10**6), owed=charges)
def test_money_laid_and_money_left_are_the_money_that_came(amount_dong, owed):
    laid, left = lay(amount_dong, owed)

    assert sum(dong for _, dong in laid) + left == amount_dong
    assert all(0 < dong <= owed[number].lacks_dong for number, dong in laid)
    assert left == 0 or sum(each.lacks_dong for each in owed) <= amount_dong


@given(amount_dong=st.integers(1, 10**6), lying=st.lists(st.integers(1, 10**5), max_size=5), left=st.integers(0, 10**6))
def test_a_refund_takes_no_more_than_there_is(amount_dong, lying, left):
    lifted, lacking = lift(amount_dong, list(enumerate(lying)), left)

    from_left = amount_dong - lacking - sum(dong for _, dong in lifted)
    assert 0 <= from_left <= left
    assert all(dong <= lying[number] for number, dong in lifted)
    assert bool(lacking) is (amount_dong > left + sum(lying))


@pytest.mark.parametrize(
    ("owed", "surplus", "state"),
    [
        (Owed(1, 8000), 0, "due"),
        (Owed(1, 8000, 3000), 0, "partly_paid"),
        (Owed(1, 8000, 8000), 0, "paid"),
        (Owed(1, 8000, 8000), 1, "overpaid"),
        (Owed(1, 0, is_assessed=False), 0, "unassessed"),
        (Owed(1, 8000, ended="waived"), 0, "waived"),
        (Owed(1, 8000, ended="cancelled"), 0, "cancelled"),
        (Owed(1, 8000, 3000, ended="cancelled"), 0, "overpaid"),
        (Owed(1, 8000, 0, 8000), 0, "refunded"),
        (Owed(1, 8000, 0, 3000, ended="cancelled"), 0, "refunded"),
    ],
)
def test_a_charge_stands_as_its_money_says(owed, surplus, state):
    assert state_of(owed, surplus) == state


def test_amount_alone_or_payer_alone_suggests_nothing():
    right = Candidate("A", 24000, "Hoàng Thị Mai", NOW - timedelta(days=1))
    others = [
        Candidate("B", 24000, "Nguyễn Văn An", NOW - timedelta(days=30)),
        Candidate("C", 1000, "Hoàng Thị Mai", NOW - timedelta(days=30)),
    ]

    assert [each.reference for each in suggest(24000, "HOANG THI MAI", NOW, [*others, right])] == ["A"]
    assert suggest(24000, "", NOW, others) == ()


def test_a_signed_message_holds_for_five_minutes_and_for_one_body():
    signed = rules.sign(b"{}", secret="s", now=NOW)
    told = {"moment": signed["X-Payment-Moment"], "signature": signed["X-Payment-Signature"]}

    rules.check(b"{}", secret="s", now=NOW + timedelta(minutes=5), **told)
    for body, secret, now in (
        (b"{ }", "s", NOW),
        (b"{}", "t", NOW),
        (b"{}", "s", NOW + timedelta(minutes=6)),
        (b"{}", "", NOW),
    ):
        with pytest.raises(rules.Forged):
            rules.check(body, secret=secret, now=now, **told)
    with pytest.raises(rules.Forged):
        rules.check(b"{}", secret="s", now=NOW, moment="một", signature="ê")


def test_a_statement_is_read_as_it_was_written():
    told = [rules.Incoming("FT1", 8000, 'Nộp "phí", lần 1', NOW, "2000", "Mai"), rules.Incoming("FT2", 1, "", NOW)]

    assert rules.read_statement(rules.write_statement(told)) == tuple(told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n",
        rules.write_statement([]) + "FT1,hôm qua,5,2000,Mai,transfer,x\n",
        rules.write_statement([]) + "FT1,2026-11-20T09:00:00+07:00,-5,2000,Mai,transfer,x\n",
    ],
)
def test_an_odd_statement_is_refused(text):
    with pytest.raises(rules.Unreadable):
        rules.read_statement(text)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["type", "payment", "refund", "id", "amount_dong", "paid_at"]), inner, max_size=4
                )
            ),
        ).map(lambda told: json.dumps(told).encode()),
    )
)
def test_any_message_is_read_or_refused(body):
    told: object = "refused"
    with suppress(rules.Unreadable):
        told = rules.read_message(body)

    assert told == "refused" or isinstance(told, rules.Incoming | rules.RefundTold)
