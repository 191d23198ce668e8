"""What the records say: dossiers counted over exactly the days of the period, drillable, and an indicator through its port."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.queries import deriving
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, MORNING, OTHER, later
from tinhso.modules.government.reporting.tests.test_pages import client_of, text_of
from tinhso.platform.capability import FigureRead
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.queries import list_tallied, tally

FIRST, LAST = datetime(2026, 10, 14, 17, tzinfo=UTC), datetime(2026, 11, 14, 17, tzinfo=UTC)  # midnight in Vietnam


def day(month: int, number: int, hour: int = 3) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def dossier(
    number: int, accepted: datetime, due: datetime | None = None, resolved: datetime | None = None, **more
) -> None:
    given = {"unit_key": COMMUNE, "channel": "online", "kind": "dossier", **more}
    Case.objects.create(
        public_id=f"T{number}", code=f"H{number}", procedure_code="1.001193", procedure_version="2025-07-01", state="x",
        proof_nonce="0", filed_at=accepted, accepted_at=accepted, due_at=due, resolved_at=resolved, changed_at=accepted, **given,
    )  # fmt: skip


@pytest.fixture
def dossiers(province):
    dossier(1, day(10, 14, 16), day(10, 20), day(10, 19))  # accepted an hour before the period, resolved early
    dossier(2, day(10, 14, 18), day(10, 20), day(10, 20), channel="counter")  # the first hour; on the day
    dossier(3, day(11, 2), day(11, 4), day(11, 6))  # late
    dossier(4, day(11, 2), day(11, 4))  # open, late
    dossier(5, day(11, 13), day(11, 20), channel="national_portal")  # open, in time
    dossier(6, day(11, 14, 18), day(11, 20))  # after the cut-off
    dossier(7, day(11, 2), day(11, 4), day(11, 3), unit_key=OTHER)
    dossier(8, day(11, 2), kind="opinion")
    return province


def test_dossiers_are_counted_over_the_days_of_the_period(dossiers):
    assert tally([COMMUNE], FIRST, LAST) == {
        "filed_online": 3, "filed_direct": 1, "carried_over": 1, "resolved_early": 1, "resolved_on_time": 1,
        "resolved_late": 1, "open_in_time": 1, "open_late": 1,
    }  # fmt: skip


def test_what_came_in_is_what_is_resolved_or_still_open(dossiers):
    for units in ([COMMUNE], [OTHER], [COMMUNE, OTHER]):
        found = tally(units, FIRST, LAST)
        came = found["filed_online"] + found["filed_direct"] + found["carried_over"]
        left = sum(count for name, count in found.items() if name.startswith(("resolved", "open")))
        assert came == left


def test_each_count_opens_to_its_dossiers(dossiers):
    found = tally([COMMUNE], FIRST, LAST)
    for measure, count in found.items():
        assert len(list_tallied([COMMUNE], measure, FIRST, LAST)) == count
    assert [each.public_id for each in list_tallied([COMMUNE], "open_late", FIRST, LAST)] == ["T4"]


def test_a_report_opens_filled_with_what_the_records_say_and_leads_to_it(dossiers):
    dossiers.opens()
    row = dossiers.report()
    values = queries.view_of(row).values

    assert (values["filed_online.value"], values["filed_direct.value"], values["filed.value"]) == (3, 1, 4)
    client = client_of(dossiers.filler)
    text = text_of(client.get(f"/reports/{row.public_id}/behind/filed_online.value/"))
    assert all(f"H{number}" in text for number in (3, 4, 5))
    assert "H2<" not in text
    assert client.get(f"/reports/{row.public_id}/behind/villages.value/").status_code == 404


def test_another_figure_needs_a_reason_and_what_the_records_say_later_stands_beside_it(dossiers):
    dossiers.opens()
    row = dossiers.report()
    dossiers.types(row, filed_online="5")
    dossier(9, day(11, 10), channel="online")
    actions.refresh_cells(public_id=row.public_id, actor=dossiers.filler, now=later(minutes=5))
    entry = queries.view_of(dossiers.report()).content["filed_online.value"]

    assert (entry.typed, entry.derived, entry.value, entry.reason) == (5, 4, 5, "đối chiếu sổ")


def test_an_indicator_fills_its_cells_with_numerator_and_denominator(province, monkeypatch):
    asked = []

    def read(code: str, unit_key: str, period: str, *, public: bool) -> FigureRead:
        asked.append((code, unit_key, period, public))
        return FigureRead(39, 40, Decimal("97.5"), MORNING, "/board/on_time_rate/")

    monkeypatch.setattr(deriving, "read_figure", read)
    province.opens()
    view = queries.view_of(province.report())

    assert ("on_time_rate", COMMUNE, "2026-11", False) in asked
    assert view.values["on_time_share.value"] == Decimal("97.50")
    assert view.content["resolved.value"].address == "/board/on_time_rate/"


def test_what_no_record_knows_is_left_open(province):
    province.opens()

    assert "resolved.value" not in queries.view_of(province.report()).values


def test_a_report_that_nobody_has_begun_grows_with_the_records(dossiers):
    dossiers.opens()
    dossiers.types(dossiers.report(OTHER), dossiers.other_filler, villages="9")
    for number, unit_key in ((10, COMMUNE), (11, OTHER)):
        dossier(number, day(11, 12), unit_key=unit_key)

    assert actions.refresh_untouched(now=later(hours=2)) == 1
    assert actions.refresh_untouched(now=later(hours=2)) == 0
    untouched, begun = dossiers.report(), dossiers.report(OTHER)
    assert queries.view_of(untouched).values["filed_online.value"] == 4
    assert untouched.state == "assigned"
    assert queries.view_of(begun).values["filed_online.value"] == 1
