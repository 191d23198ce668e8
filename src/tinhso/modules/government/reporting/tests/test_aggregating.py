"""Adding reports up: ratios worked out anew, the order of no matter, what is missing named and never guessed."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.government.reporting.rules.aggregating import Child, aggregate, parts_of
from tinhso.modules.government.reporting.rules.filling import Entry, values_of
from tinhso.modules.government.reporting.tests.trial import TEMPLATE

START = datetime(2026, 11, 16, tzinfo=UTC)
ROWS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 400)), min_size=1, max_size=12)


def child(number: int, paper: int | None, online: int | None, days: int | None = None) -> Child:
    told = {
        "paper.value": paper,
        "online.value": online,
        "days.value": days,
        "longest.value": days,
        "staff.value": days,
    }
    content = {key: Entry(typed=Decimal(value)) for key, value in told.items() if value is not None}
    name = f"Xã {number:02d}"
    return Child(f"{number:05d}@2025-07-01", name, values_of(TEMPLATE, content), START + timedelta(hours=number))


def absent(number: int) -> Child:
    return Child(f"{number:05d}@2025-07-01", f"Xã {number:02d}")


@given(ROWS)
def test_a_share_of_the_sum_is_the_share_over_all_rows_not_the_mean_of_shares(rows):
    found = aggregate(TEMPLATE, [child(n, *row) for n, row in enumerate(rows)])
    online, total = sum(row[1] for row in rows), sum(row[0] + row[1] for row in rows)

    assert found.values["total.value"] == total
    if total:
        share = Decimal(online) * 100 / total
        assert abs(found.values["share.value"] - share) <= Decimal("0.005")
    else:
        assert "share.value" not in found.values


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(rows, chance: random.Random):
    children = [child(n, *row) for n, row in enumerate(rows)]
    shuffled = list(children)
    chance.shuffle(shuffled)

    assert aggregate(TEMPLATE, children) == aggregate(TEMPLATE, shuffled)


@given(ROWS, st.integers(0, 5))
def test_those_without_a_report_change_nothing_and_are_named(rows, absences):
    children = [child(n, *row) for n, row in enumerate(rows)]
    gone = [absent(100 + n) for n in range(absences)]
    found = aggregate(TEMPLATE, [*gone, *children])

    assert found.values == aggregate(TEMPLATE, children).values
    assert (found.coverage.present, found.coverage.total) == (len(rows), len(rows) + absences)
    assert found.coverage.missing == tuple(each.name for each in gone)
    assert found.coverage.is_whole is (absences == 0)


@given(ROWS, st.integers(1, 11))
def test_sums_of_sums_are_the_sum_of_all(rows, cut):
    children = [child(n, *row) for n, row in enumerate(rows)]
    parts = [part for part in (children[:cut], children[cut:]) if part]
    above = [Child(str(n), str(n), aggregate(TEMPLATE, part).values) for n, part in enumerate(parts)]

    for key in ("paper.value", "online.value", "total.value", "left.value", "share.value", "longest.value"):
        assert aggregate(TEMPLATE, above).values.get(key) == aggregate(TEMPLATE, children).values.get(key)


def test_a_mean_is_weighted_by_what_it_is_the_mean_of():
    found = aggregate(TEMPLATE, [child(1, 100, 0, 2), child(2, 300, 0, 4)])

    assert found.values["days.value"] == Decimal("3.5")
    assert (found.values["longest.value"], found.values["staff.value"]) == (4, 4)


def test_no_numerator_stands_without_its_denominator():
    found = aggregate(TEMPLATE, [child(1, 60, 40), child(2, None, 900)])

    assert found.values["online.value"] == 940
    assert found.values["total.value"] == 100
    assert found.values["share.value"] == 40
    assert found.lacking["share.value"] == ("Xã 02",)
    assert "online.value" not in found.lacking


def test_each_cell_opens_to_what_its_units_say():
    parts = parts_of([child(2, 5, 5), child(1, 1, 2), absent(3)], "online.value")

    assert [(part.name, part.value) for part in parts] == [("Xã 01", 2), ("Xã 02", 5), ("Xã 03", None)]


def test_with_no_report_at_all_nothing_is_known():
    found = aggregate(TEMPLATE, [absent(1)])

    assert (found.values, found.coverage.percent) == ({}, Decimal("0.0"))
    assert aggregate(TEMPLATE, []).coverage.percent is None
