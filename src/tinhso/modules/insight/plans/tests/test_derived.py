"""Targets that are tied to an indicator of this platform: their figures come from records, through the port, and nobody types them."""

from datetime import date
from decimal import Decimal

import pytest

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.queries import courses
from tinhso.modules.insight.plans.rules.definitions import Resolution, Target
from tinhso.modules.insight.plans.rules.drafts import Refused
from tinhso.modules.insight.plans.rules.numbers import Quantity
from tinhso.modules.insight.plans.tests.conftest import NEW, NOW, OLD, TODAY, enter, target_row, text_of
from tinhso.platform.capability import FigureRead, read_figure

COUNTS = {"2025": (970, 1000), "2026": (1979, 2000)}


@pytest.fixture
def records(results, monkeypatch):
    """The other side of the port: an indicator with dossiers of two years."""

    def read(code: str, unit_key: str, period: str, *, public: bool) -> FigureRead | None:
        if code != "on_time_rate" or unit_key != NEW or period not in COUNTS:
            return None
        done, of = COUNTS[period]
        return FigureRead(done, of, Decimal(done) * 100 / of, NOW, f"/indicators/on_time_rate/?period={period}")

    monkeypatch.setattr(courses, "read_figure", read)
    target = Target(
        "trial.dossiers_on_time.all.2026",
        "dossiers_on_time",
        OLD,
        "all",
        date(2026, 12, 31),
        Quantity(">=", Decimal(98)),
    )
    text = Resolution("trial", "plan", "1/KH", results.measures["video_meetings"].title, results.measures["video_meetings"].unit, OLD, date(2025, 8, 1), targets=(target,))  # fmt: skip
    monkeypatch.setitem(queries.get_definitions().resolutions, "trial", text)


def test_the_figures_of_a_tied_target_are_derived_by_year(records):
    row = target_row("dossiers_on_time", "trial")

    assert [(cell.period, cell.used.quantity.low, cell.used.origin) for cell in row.course.cells] == [
        ("2025", 97, "derived"),
        ("2026", Decimal("98.95"), "derived"),
    ]
    assert row.course.cells[-1].as_of_on == TODAY
    assert row.course.addresses["2026"] == "/indicators/on_time_rate/?period=2026"
    assert row.standing.state == "reached"


def test_a_derived_figure_says_what_it_counts_and_opens_to_it(records, client):
    text = text_of(client.get(f"/plans/measures/dossiers_on_time/?unit={NEW}&level=all"))

    assert "tính từ hồ sơ: 1979/2000" in text
    assert 'href="/indicators/on_time_rate/?period=2026"' in text
    assert "Nhập một số liệu" not in text


@pytest.mark.parametrize("origin", ["form", "api"])
def test_what_is_derived_is_typed_by_nobody(records, origin):
    with pytest.raises(Refused, match="tự tính"):
        enter(measure="dossiers_on_time")


def test_where_nobody_derives_it_there_is_no_figure(results):
    assert read_figure("no_such_indicator", NEW, "2026", public=True) is None
    assert results.measures["dossiers_on_time"].indicator == "on_time_rate"
