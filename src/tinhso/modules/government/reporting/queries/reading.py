"""Reading one report: its regime, its cells and what is wrong with them, the period before, versions, those below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tinhso.modules.government.reporting.models import Report, Version
from tinhso.modules.government.reporting.queries.regimes import get_regime
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.aggregating import Aggregate, Child, Coverage, aggregate
from tinhso.modules.government.reporting.rules.checks import Failed, check
from tinhso.modules.government.reporting.rules.filling import Entry, Value, read_content, values_of
from tinhso.modules.government.reporting.rules.periods import code_before
from tinhso.modules.government.reporting.rules.powers import may_fill, may_receive, may_see, may_sign
from tinhso.modules.government.reporting.rules.templates import RECEIVER, REPORTER, Regime, Template
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_units


class NoReport(LookupError):
    """There is no report of that id."""

    vi = "Không có báo cáo này."
    en = "There is no such report."


class NotYours(Exception):
    """The report belongs to others."""

    def __init__(self, unit_key: str) -> None:
        self.vi = (
            f"Báo cáo này của {name_of(unit_key)}. Bạn không giữ vai trò nào ở đó hay ở nơi nhận nên không mở được."
        )
        self.en = f"This report is {name_of(unit_key, 'en')}'s. You hold no post there or at its receiver."
        super().__init__(self.vi)


@dataclass(frozen=True)
class ReportView:
    """A report as pages and API show it, to one reader."""

    row: Report
    regime: Regime
    actor: Actor | None = None

    @property
    def public_id(self) -> str:
        """Its id, which is that of its case."""
        return self.row.public_id

    @property
    def template(self) -> Template:
        """What it asks for."""
        return self.regime.template

    @property
    def level(self) -> str:
        """Whether it is filled in by one who reports or summed by one who receives."""
        return RECEIVER if self.row.is_summed else REPORTER

    @cached_property
    def content(self) -> dict[str, Entry]:
        """What it holds, by cell."""
        return read_content(self.row.content)

    @cached_property
    def values(self) -> dict[str, Value]:
        """The value of each cell that has one, worked out ones too."""
        return values_of(self.template, self.content)

    @cached_property
    def before(self) -> Mapping[str, Value]:
        """The values of the same unit's report of the period before, as it was handed in last; empty where there is none."""
        if not self.regime.is_regular:
            return {}
        code = code_before(self.regime.period, self.row.period)
        earlier = Report.objects.filter(regime=self.row.regime, unit_key=self.row.unit_key, period=code).first()
        latest = latest_versions([earlier]).get(earlier.pk) if earlier else None
        return values_of(self.template, read_content(latest.content)) if latest else {}

    @cached_property
    def failed(self) -> list[Failed]:
        """Everything that is wrong with it now."""
        return check(self.template, self.content, self.before, level=self.level)

    @property
    def may_fill(self) -> bool:
        """Whether this reader may change cells now."""
        return self.row.state in states.FILLED_IN and may_fill(self.actor, self.row.unit_key)

    @property
    def may_sign(self) -> bool:
        """Whether this reader signs reports of the unit."""
        return may_sign(self.actor, self.row.unit_key)

    @property
    def may_receive(self) -> bool:
        """Whether this reader receives it."""
        return may_receive(self.actor, self.row.receiver_key)

    def is_late(self, now: datetime) -> bool:
        """Whether it came, or has still not come, after it was due."""
        return states.is_late(self.row.first_submitted_at or self.row.sent_up_at, self.row.due_at, now)


def read_report(public_id: str, actor: Actor | None = None, *, lock: bool = False) -> ReportView:
    """
    That report, for that reader; without a reader nothing is asked about powers.

    :param lock: hold the row until the transaction ends
    :raises NoReport: there is none
    :raises NotYours: the reader holds no post at its unit, its receiver or above them
    """
    rows = Report.objects.select_for_update() if lock else Report.objects
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NoReport(public_id)
    if actor is not None and actor.kind != "system" and not may_see(actor, lines_of(row)):
        raise NotYours(row.unit_key)
    return view_of(row, actor)


def view_of(row: Report, actor: Actor | None = None) -> ReportView:
    """The report of that row."""
    return ReportView(row, get_regime(row.regime, row.regime_version), actor)


def lines_of(row: Report) -> set[str]:
    """The keys of its unit, its receiver and everything above them."""
    units = get_units([key for key in (row.unit_key, row.receiver_key) if key])
    return {key for unit in units.values() for key in unit.path}


def list_versions(report: Report) -> list[Version]:
    """What was handed in, the latest first."""
    return list(report.versions.order_by("-number"))


def read_version(report: Report, number: int) -> Version | None:
    """That version, or None."""
    return report.versions.filter(number=number).first()


def latest_versions(reports: Sequence[Report]) -> dict[int, Version]:
    """The latest version of each, by the report's key; one statement."""
    wanted = {report.pk: report.version for report in reports if report.version}
    rows = Version.objects.filter(report_id__in=wanted)
    return {row.report_id: row for row in rows if row.number == wanted[row.report_id]}


def list_below(report: Report) -> list[Report]:
    """The reports of the same regime and period that go to the unit of this one."""
    rows = Report.objects.filter(regime=report.regime, period=report.period, receiver_key=report.unit_key)
    return list(rows.exclude(pk=report.pk).order_by("unit_key"))


def read_children(report: Report, language: str = "vi", below: Sequence[Report] | None = None) -> list[Child]:
    """
    The reports below as they go into the sum: what was handed in and not given back; the others without values.

    :param below: those reports, where they were read already
    """
    below = list_below(report) if below is None else below
    latest = latest_versions([each for each in below if each.state in states.COUNTED])
    units = get_units(each.unit_key for each in below)
    template = get_regime(report.regime, report.regime_version).template
    return [
        Child(
            each.unit_key,
            units[each.unit_key].name_in(language) if each.unit_key in units else each.unit_key,
            values_of(template, read_content(latest[each.pk].content)) if each.pk in latest else None,
            latest[each.pk].made_at if each.pk in latest else None,
        )
        for each in below
    ]


def coverage_of(report: Report, summed_from: Mapping[str, int]) -> Coverage:
    """Who of those below is in a sum of these versions, by the id of each report, and who is not; whatever came since."""
    below = list_below(report)
    missing = tuple(name_of(each.unit_key) for each in below if each.public_id not in summed_from)
    return Coverage(len(below) - len(missing), len(below), missing)


def sum_up(
    report: Report, language: str = "vi", below: Sequence[Report] | None = None
) -> tuple[Aggregate, list[Child]]:
    """The sum of the reports below as they stand now (or as they were read: `below`), and what each of them says."""
    children = read_children(report, language, below)
    return aggregate(get_regime(report.regime, report.regime_version).template, children), children
