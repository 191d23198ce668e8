"""Every indicator of the packs over a dozen dossiers whose answers were counted by hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

from tinhso.modules.insight.indicators.adapters.duck import SUMS
from tinhso.modules.insight.indicators.rules import CASES, FACTS, read_definition
from tinhso.modules.insight.indicators.tests.conftest import SHIPPED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 9, 7, 8, 0)
PLAIN: Mapping[str, Any] = {
    "kind": "dossier", "unit": "A@2025-07-01", "channel": "online", "service_level": "full", "is_sub_case": False,
    "is_helped": False, "filed_at": MONDAY, "extensions": 0, "supplements": 0, "lapses": 0, "sent_back": 0, "transfers": 0,
    "reopenings": 0, "unanswered": 0, "corrections": 0, "acts": 4, "acts_by_machine": 0,
}  # fmt: skip
ACCEPTED: Mapping[str, Any] = {
    "accepted_at": MONDAY + 2 * HOUR,
    "due_at": MONDAY + 4 * DAY,
    "due_first_at": MONDAY + 4 * DAY,
}
DONE: Mapping[str, Any] = {
    **ACCEPTED, "state": "returned", "proposed_at": MONDAY + DAY, "signed_at": MONDAY + 2 * DAY, "resolved_at": MONDAY + 2 * DAY,
    "result_at": MONDAY + 2 * DAY, "handed_over_at": MONDAY + 3 * DAY, "closed_at": MONDAY + 3 * DAY, "delivered_by": "electronic",
}  # fmt: skip
STORIES: list[Mapping[str, Any]] = [
    {**DONE, "score": 5, "rated_at": MONDAY + 4 * DAY, "paid_by": "transfer", "acts_by_machine": 1,
     "asked": 8, "prefilled": 12, "asked_although_held": 0},  # early, online from end to end
    {**DONE, "score": 2, "rated_at": MONDAY + 4 * DAY, "paid_by": "cash", "channel": "counter", "delivered_by": "counter",
     "asked": 9, "prefilled": 1, "asked_although_held": 2},
    {**DONE, "channel": "national_portal", "signed_at": MONDAY + 1.5 * DAY, "sent_back": 1},  # sealed half a day later
    {**DONE, "channel": "post", "service_level": "partial", "delivered_by": "post", "supplements": 1, "waited_seconds": 86_400},
    {**DONE, "resolved_at": MONDAY + 6 * DAY, "signed_at": MONDAY + 6 * DAY, "handed_over_at": MONDAY + 6 * DAY, "supplements": 2,
     "waited_seconds": 3 * 86_400, "transfers": 1, "is_helped": True},  # two days late, nobody said so
    {**DONE, "resolved_at": MONDAY + 5 * DAY, "signed_at": MONDAY + 5 * DAY, "handed_over_at": None, "delivered_by": None,
     "state": "resolved", "closed_at": None, "due_at": MONDAY + 6 * DAY, "extensions": 1, "extended_at": MONDAY + 3 * DAY,
     "corrections": 1, "reopenings": 1},  # put off in time, then a day early
    {**ACCEPTED, "state": "stopped", "proposed_at": MONDAY + DAY, "signed_at": MONDAY + 2 * DAY, "resolved_at": MONDAY + 2 * DAY,
     "closed_at": MONDAY + 2 * DAY},  # refused
    {"state": "not_accepted", "closed_at": MONDAY + 31 * DAY, "supplements": 1, "lapses": 1},  # ends in October
    {"state": "not_accepted", "closed_at": MONDAY + DAY},
    {"state": "withdrawn", "closed_at": MONDAY + DAY},
    {"state": "registered"},
    {"kind": "opinion", "is_sub_case": True, "state": "answered", "closed_at": MONDAY + 2 * DAY, "service_level": None},
    {"kind": "opinion", "is_sub_case": True, "state": "unanswered", "closed_at": MONDAY + 4 * DAY, "unanswered": 1},
]  # fmt: skip
HOURS, DAYS = 3_600, 86_400
EXPECTED: Mapping[str, tuple[int, int]] = {  # of September: numerator (seconds where it is a time), denominator
    "on_time_rate": (6, 7),
    "mean_time": (5 * (2 * DAYS - 2 * HOURS) + (6 * DAYS - 2 * HOURS) + (5 * DAYS - 2 * HOURS), 7),
    "online_share": (9, 11),
    "satisfaction": (1, 2),
    "response_rate": (2, 9),
    "early_rate": (6, 7),
    "first_date_kept": (5, 7),
    "mean_lateness": (2 * DAYS, 1),
    "intake_time": (7 * 2 * HOURS, 7),
    "handling_time": (7 * 22 * HOURS, 7),
    "signing_time": (4 * DAYS + 12 * HOURS + 5 * DAYS + 4 * DAYS, 7),
    "sealing_time": (12 * HOURS, 1),
    "collection_time": (4 * DAYS, 5),
    "supplement_wait": (4 * DAYS, 2),
    "opinion_time": (6 * DAYS, 2),
    "opinion_answered": (1, 2),
    "late_with_apology": (1, 2),
    "extended_rate": (1, 7),
    "full_service_share": (10, 11),
    "online_share_of_full": (9, 10),
    "end_to_end_online": (3, 5),
    "portal_share": (1, 9),
    "helped_share": (1, 9),
    "electronic_results": (6, 6),
    "electronic_delivery": (3, 5),
    "online_payment_share": (1, 2),
    "automation_share": (1, 7),
    "complete_at_once": (5, 7),
    "supplement_once": (1, 2),
    "lapsed_rate": (0, 8),
    "declined_rate": (1, 8),
    "stopped_rate": (1, 6),
    "withdrawn_rate": (1, 8),
    "sent_back_rate": (1, 7),
    "transferred_rate": (1, 7),
    "corrected_rate": (1, 6),
    "reopened_rate": (1, 7),
    "satisfaction_counting_silence": (5, 7),
    "asked_although_held": (1, 2),
    "prefilled_share": (13, 30),
    "mean_waiting": (300 + 1_500, 2),
}


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect(":memory:")
    for table in (CASES, FACTS):
        made.execute(f"create table {table.name} ({', '.join(f'{name} {kind}' for name, kind in table.types.items())})")
    for number, story in enumerate(STORIES):
        row = {**PLAIN, **story, "public_id": f"TS-{number}"}
        made.execute(f"insert into cases ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))
    for number, (kind, waited) in enumerate([("taken", None), ("called", 300), ("served", 300), ("served", 1_500)]):
        told = [f"ticket:{number}", f"queue.ticket.{kind}", PLAIN["unit"], MONDAY, waited]
        made.execute(
            "insert into facts (subject, kind, unit, happened_at, waiting_seconds) values (?, ?, ?, ?, ?)", told
        )
    return made


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_an_indicator_counts_what_a_hand_counts(warehouse, path):
    rows = warehouse.execute(SUMS.format(read_definition(path.name, path.read_text()).sql)).fetchall()
    september = [row for row in rows if f"{row[0]:%Y-%m}" == "2026-09"]
    assert [row[2:] for row in september] == [EXPECTED[path.stem]]


def test_a_dossier_that_ends_in_october_counts_there(warehouse):
    path = next(path for path in SHIPPED if path.stem == "lapsed_rate")
    rows = warehouse.execute(SUMS.format(read_definition(path.name, path.read_text()).sql)).fetchall()
    assert [row[2:] for row in rows if f"{row[0]:%Y-%m}" == "2026-10"] == [(1, 1)]


def test_every_indicator_is_counted_by_hand_here():
    assert {path.stem for path in SHIPPED} == EXPECTED.keys()
