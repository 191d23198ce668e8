"""The receiver's overview of one regime and period: who handed in, who is late, the sums, each opening to what lies behind."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.queries.reading import ReportView, list_below, sum_up
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.aggregating import Aggregate, Child


@dataclass(frozen=True, slots=True)
class Line:
    """One report below, with the name of its unit and whether it is or was late."""

    report: Report
    name: str
    is_late: bool
    is_in: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that came for one summed report, added up as it stands now."""

    lines: tuple[Line, ...]
    sums: Aggregate
    children: tuple[Child, ...]

    @property
    def late(self) -> tuple[Line, ...]:
        """Those that are due and have not come."""
        return tuple(line for line in self.lines if line.is_late and not line.is_in)

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Those that were handed in and wait to be approved."""
        return tuple(line for line in self.lines if line.report.state == states.SUBMITTED)


def read_overview(view: ReportView, now: datetime, language: str = "vi") -> Overview:
    """What came for that summed report; the late ones first, then those that wait for the receiver."""
    sums, children = sum_up(view.row, language)
    names = {child.unit_key: child.name for child in children}
    lines = [
        Line(
            each,
            names.get(each.unit_key, each.unit_key),
            states.is_late(each.first_submitted_at, each.due_at, now),
            each.state in states.COUNTED,
        )
        for each in list_below(view.row)
    ]
    order = {states.SUBMITTED: 1, states.RETURNED: 2}
    lines.sort(key=lambda line: (not (line.is_late and not line.is_in), order.get(line.report.state, 3), line.name))
    return Overview(tuple(lines), sums, tuple(children))
