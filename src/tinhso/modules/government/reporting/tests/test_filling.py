"""Filling and checking: numbers as people write them, what the records say beside what was typed, checks that name cell and remedy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.government.reporting.rules.checks import check, stops
from tinhso.modules.government.reporting.rules.filling import (
    Derived,
    Entry,
    NoValue,
    Sent,
    changes,
    derive,
    read_content,
    read_value,
    take_up,
    values_of,
    write_content,
)
from tinhso.modules.government.reporting.rules.templates import Formula, find_circles
from tinhso.modules.government.reporting.tests.trial import TEMPLATE, cell

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=1, allow_nan=False)


def filled(**values) -> dict[str, Entry]:
    return {f"{row}.value": Entry(typed=Decimal(value)) for row, value in values.items()}


@pytest.mark.parametrize(
    ("more", "text", "value"),
    [
        ({}, "1.684", Decimal(1684)),
        ({}, " 12 ", Decimal(12)),
        ({}, "1,684", Decimal(1684)),
        ({}, "1,684,000", Decimal(1684000)),
        ({"kind": "decimal", "decimals": 1}, "1,684.5", Decimal("1684.5")),
        ({"kind": "decimal", "decimals": 1}, "1684,5", Decimal("1684.5")),
        ({"kind": "decimal", "decimals": 1}, "1.684,25", Decimal("1684.3")),
        ({"kind": "decimal", "decimals": 1}, "0,25", Decimal("0.3")),
        ({"kind": "decimal", "decimals": 2}, "1,234,567.5", Decimal("1234567.50")),
        ({"kind": "share", "decimals": 2}, "98,96%", Decimal("98.96")),
        ({"kind": "money"}, "150.000 đ", Decimal(150000)),
        ({"kind": "yes_no"}, "Có", True),
        ({"kind": "text"}, "  đã họp ", "đã họp"),
        ({}, "  ", None),
    ],
)
def test_a_value_is_read_as_people_write_it(more, text, value):
    assert read_value(cell("a", **more), text) == value


@pytest.mark.parametrize(
    ("more", "text", "told"),
    [
        ({}, "mười", "không phải là số"),
        ({}, "1,5", "số nguyên"),
        ({}, "-1", "nhỏ hơn 0"),
        ({"kind": "decimal", "decimals": 3}, "12.345", "hai số"),
        ({"kind": "share", "decimals": 1}, "101", "lớn hơn 100"),
        ({}, "9" * 20, "quá dài"),
        ({"kind": "yes_no"}, "maybe", "có hoặc không"),
        ({}, "1..2", "không phải là số"),
        ({}, "²", "không phải là số"),
    ],
)
def test_what_is_no_value_is_refused_in_words(more, text, told):
    with pytest.raises(NoValue) as refused:
        read_value(cell("a", **more), text)

    assert told in refused.value.vi
    assert refused.value.en


def test_what_the_records_say_stands_beside_what_was_typed_instead():
    content = derive({}, {"paper.value": Derived(Decimal(40), "/x/", "2026-11-22")})
    refused, troubles = take_up(TEMPLATE, content, [Sent("paper.value", "42")])
    kept, _ = take_up(TEMPLATE, content, [Sent("paper.value", "42", reason="hai hồ sơ giấy")])

    assert [trouble.field for trouble in troubles] == ["paper.value"]
    assert refused == content
    assert (kept["paper.value"].value, kept["paper.value"].derived) == (42, 40)
    assert kept["paper.value"].is_overridden
    again = derive(kept, {"paper.value": Derived(Decimal(41))})
    assert (again["paper.value"].value, again["paper.value"].derived) == (42, 41)
    back, _ = take_up(TEMPLATE, again, [Sent("paper.value", "")])
    assert back["paper.value"].value == 41


def test_what_is_worked_out_or_belongs_to_the_receiver_is_not_typed():
    sent = [Sent("total.value", "3"), Sent("of_all.value", "4"), Sent("nowhere.value", "5"), Sent("online.value", "6")]
    kept, troubles = take_up(TEMPLATE, {}, sent)

    assert [trouble.field for trouble in troubles] == ["total.value", "of_all.value", "nowhere.value"]
    assert list(kept) == ["online.value"]
    assert take_up(TEMPLATE, {}, sent, level="receiver")[0]["of_all.value"].value == 4


@given(NUMBERS, NUMBERS)
def test_what_is_worked_out_follows_from_the_cells(paper, online):
    values = values_of(TEMPLATE, filled(paper=paper, online=online))

    assert abs(values["total.value"] - (paper + online)) <= Decimal("0.5")
    assert ("share.value" in values) is (values["total.value"] != 0)


def test_checks_name_the_cell_and_the_remedy():
    failed = check(TEMPLATE, filled(online=10, longest=4))
    assert [(each.key, each.is_warning) for each in failed] == [("paper.value", False)]
    assert "Dòng paper" in failed[0].vi
    assert "ghi 0" in failed[0].remedy.vi
    assert stops(failed)

    failed = check(TEMPLATE, filled(paper=1, online=1, longest=4), {"online.value": Decimal(10)})
    assert [(each.key, each.is_warning) for each in failed] == [("online.value", True), ("longest.value", True)]
    assert not stops(failed)


def test_a_note_explains_what_is_only_a_warning():
    content = filled(paper=1, online=1, longest=4)
    content["longest.value"] = Entry(typed=Decimal(4), note="có việc từ năm trước")

    assert check(TEMPLATE, content) == []


def test_the_receiver_is_asked_for_its_own_cells_only_on_its_own_report():
    content = filled(paper=1, online=1)

    assert check(TEMPLATE, content) == check(TEMPLATE, content, level="receiver") == []


@given(st.dictionaries(st.sampled_from(["paper", "online", "days"]), NUMBERS))
def test_nothing_is_lost_when_a_report_is_written_down(values):
    content = {**filled(**values), "words.value": Entry(typed="chữ", note="n", derived="khác", reason="r")}

    assert read_content(write_content(content)) == content


def test_what_changed_between_two_versions_is_told_cell_by_cell():
    found = changes(TEMPLATE, filled(paper=1, online=2), filled(paper=1, online=3))

    assert [each.key for each in found] == ["online.value", "total.value", "share.value"]
    assert (found[0].before, found[0].after) == (2, 3)


def test_cells_that_are_worked_out_of_themselves_are_found():
    a, b = (cell(one, formula=Formula("sum", (f"{other}.value",))) for one, other in (("a", "b"), ("b", "a")))

    assert list(find_circles({"a.value": a, "b.value": b})) == ["a.value", "b.value"]
    assert list(find_circles(TEMPLATE.cells)) == []
