"""What the platform's own records say for the cells of a report, and the dossiers behind a count."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.rules.deriving import INDICATOR, indicator_period
from tinhso.modules.government.reporting.rules.filling import Derived, rounded
from tinhso.modules.government.reporting.rules.templates import Cell, Regime
from tinhso.platform.capability import FigureRead, read_figure
from tinhso.platform.cases.queries import Tallied, list_tallied, tally
from tinhso.platform.people.rules import start_of
from tinhso.platform.units.queries import list_descendant_keys

CASES = "cases."
DAY = timedelta(days=1)


def derive_cells(report: Report, regime: Regime, now: datetime) -> dict[str, Derived]:
    """
    The value of each cell that fills itself, as of now, with the address of the page behind it.

    Where nothing was counted at all (an indicator that knows no record) the value is None: nothing is guessed.
    """
    wanted = [cell for cell in regime.template.cells.values() if cell.derived]
    counted: Mapping[str, int] = {}
    if any(cell.derived and cell.derived.source.startswith(CASES) for cell in wanted):
        counted = tally(_units(report), *_bounds(report, now))
    figures: dict[str, FigureRead | None] = {}
    return {cell.key: _derived(report, cell, counted, figures, now) for cell in wanted}


def _derived(
    report: Report, cell: Cell, counted: Mapping[str, int], figures: dict[str, FigureRead | None], now: datetime
) -> Derived:
    source, part = (cell.derived.source, cell.derived.part) if cell.derived else ("", "")
    if source.startswith(CASES):
        count = counted.get(source.removeprefix(CASES), 0)
        address = reverse("reporting:behind", args=[report.public_id, cell.key])
        return Derived(Decimal(count), address, now.isoformat())
    code = source.removeprefix(INDICATOR)
    if code not in figures:
        on: date = report.cut_off_on
        period = indicator_period(on.year, on.month, _kind_of(report.period))
        figures[code] = read_figure(code, report.unit_key, period, public=False)
    figure = figures[code]
    if figure is None or (part == "value" and figure.value is None):
        return Derived(None)
    value = {"numerator": figure.numerator, "denominator": figure.denominator}.get(part, figure.value)
    as_of = figure.as_of.isoformat() if figure.as_of else ""
    return Derived(rounded(cell, Decimal(value or 0)), figure.address, as_of)


def _kind_of(period: str) -> str:
    return {"Q": "quarter", "H": "half"}.get(period[5:6], "year" if len(period) == 4 else "month")


def list_behind(report: Report, cell: Cell, now: datetime) -> list[Tallied]:
    """The dossiers that a cell counts; none where it counts no dossiers."""
    source = cell.derived.source if cell.derived else ""
    if not source.startswith(CASES):
        return []
    return list_tallied(_units(report), source.removeprefix(CASES), *_bounds(report, now))


def _units(report: Report) -> list[str]:
    """The unit and everything below it as it stood when the period ended."""
    return [report.unit_key, *list_descendant_keys(report.unit_key, report.cut_off_on)]


def _bounds(report: Report, now: datetime) -> tuple[datetime, datetime]:
    """When the period's days begin and end; what lies ahead has not happened yet."""
    return start_of(report.start_on), min(start_of(report.cut_off_on + DAY), now)
