"""Rules of alerts as the packs write them: what is watched of whom, from which level on, who answers, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, Final

from tinhso.kernel.flow import NO_TEXT, Deadline, Problem, Text
from tinhso.kernel.flow.tables import Table
from tinhso.modules.insight.alerts.rules.holding import ABOVE, COMPARATORS, Bounds
from tinhso.modules.insight.alerts.rules.wording import problem

URGENT, WATCH = "urgent", "watch"
LEVELS: Final = (URGENT, WATCH)
OWNERS: Final = ("operator", "handler", "leader", "administrator")
PERIODS: Final = ("month", "quarter", "year")
INDICATORS: Final = "indicators."
UNREADABLE: Final = "alerts.unreadable"  # minutes for which a source that rules watch could not be read
DEFAULT_RESOLVE: Final = {URGENT: Deadline(Decimal(8), "hour"), WATCH: Deadline(Decimal(5), "working_day")}
DEFAULT_ESCALATE: Final = {URGENT: Deadline(Decimal(15), "minute"), WATCH: Deadline(Decimal(4), "working_hour")}


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which units or devices a rule speaks; what is empty does not narrow it."""

    kinds: tuple[str, ...] = ()
    within: str = ""
    subjects: tuple[str, ...] = ()  # codes of devices or keys of units; * stands for anything

    def names(self, subject: str) -> bool:
        """Whether the subject is one of those named."""
        return not self.subjects or any(fnmatchcase(subject, each) for each in self.subjects)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers: a role at the reading's unit, or at the nearest unit of a kind, or at a unit that is named."""

    role: str
    at: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule. `least` and `most` are what the threshold may be changed to on the page; None: it may not be changed."""

    code: str
    source: str
    scope: Scope
    bounds: Bounds
    level: str
    owner: Owner
    name: Text
    advice: Text
    basis: str
    valid_from: date
    period: str = ""
    valid_to: date | None = None
    escalate_after: Deadline = DEFAULT_ESCALATE[WATCH]
    resolve_within: Deadline = DEFAULT_RESOLVE[WATCH]
    least: Decimal | None = None
    most: Decimal | None = None
    measure: Text = NO_TEXT  # in what unit the threshold is: %, m, minutes

    @property
    def asked(self) -> str:
        """The source as it is asked for: an indicator with its period."""
        return f"{self.source}@{self.period}" if self.period else self.source

    def is_in_force(self, on: date) -> bool:
        """Whether it speaks on that day; `valid_to` is the first day on which it no longer does."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def reach(self) -> Decimal | None:
        """The best value there can be: 0 of what is counted or measured from 0 on, 100 of a share; None where there is none."""
        if self.bounds.comparator == ABOVE:
            return Decimal(0) if min(self.bounds.clear_at, self.bounds.threshold) >= 0 else None
        return Decimal(100) if self.measure.vi.strip() == "%" else None

    def with_threshold(self, threshold: Decimal) -> "AlertRule":
        """The rule with another threshold, and with a level at which it is over that can be reached."""
        return replace(self, bounds=self.bounds.moved_to(threshold, self.reach))


def read_rule(table: Mapping[str, Any], problems: list[Problem]) -> AlertRule:
    """The rule of one table; everything that is wrong with it is added to `problems`, each with its place in the table."""
    found = list[Problem]()
    read = Table(table, found)
    level = read.string("level", WATCH)
    least, most = _range(read)
    rule = AlertRule(
        code=read.code("code"), source=read.string("source"), scope=_scope(read), bounds=_bounds(read), level=level,
        owner=_owner(read), name=read.text("name"), advice=read.text("advice"), basis=read.string("basis", ""),
        valid_from=read.day("valid_from"), period=_period(read), valid_to=_last_day(read),
        escalate_after=read.deadline("escalate_after") or DEFAULT_ESCALATE.get(level, DEFAULT_ESCALATE[WATCH]),
        resolve_within=read.deadline("resolve_within") or DEFAULT_RESOLVE.get(level, DEFAULT_RESOLVE[WATCH]),
        least=least, most=most, measure=read.text("measure", None),
    )  # fmt: skip
    read.close()
    problems += found or _faults(rule)
    return rule


def _bounds(read: Table) -> Bounds:
    threshold = read.amount("threshold")
    clear_at = read.amount("clear_at") if "clear_at" in read.values else threshold
    minutes = read.whole("lasting_minutes", 0)
    return Bounds(read.string("comparator"), threshold, clear_at, timedelta(minutes=minutes))


def _scope(read: Table) -> Scope:
    table = read.table("units", None)
    subjects = read.strings("subjects")
    if table is None:
        return Scope(subjects=subjects)
    scope = Scope(table.strings("kinds"), table.string("within", ""), subjects)
    table.close()
    return scope


def _owner(read: Table) -> Owner:
    table = read.table("owner")
    if table is None:
        return Owner("")
    owner = Owner(table.string("role"), table.string("at", ""), table.string("unit", ""))
    table.close()
    return owner


def _range(read: Table) -> tuple[Decimal | None, Decimal | None]:
    table = read.table("range", None)
    if table is None:
        return None, None
    found = table.amount("least"), table.amount("most")
    table.close()
    return found


def _period(read: Table) -> str:
    given = read.string("period", "")
    return given or ("month" if read.string("source").startswith(INDICATORS) else "")


def _last_day(read: Table) -> date | None:
    read.taken.add("valid_to")
    return read.day("valid_to") if "valid_to" in read.values else None


def _faults(rule: AlertRule) -> list[Problem]:
    found = [
        problem("unknown_value", place, key=".".join(place), value=value, known=", ".join(known))
        for place, value, known in (
            (("comparator",), rule.bounds.comparator, COMPARATORS),
            (("level",), rule.level, LEVELS),
            (("owner", "role"), rule.owner.role, OWNERS),
            (("period",), rule.period or "month", PERIODS),
        )
        if value not in known
    ]
    if rule.period and not rule.source.startswith(INDICATORS):
        found.append(problem("period_unused", ("period",), code=rule.code))
    if _clears_beyond(rule.bounds):
        found.append(problem("clears_beyond", ("clear_at",), code=rule.code))
    if rule.least is not None and rule.most is not None and not rule.least <= rule.bounds.threshold <= rule.most:
        found.append(problem("outside_range", ("threshold",), code=rule.code))
    found += _never_over(rule)
    if rule.valid_to is not None and rule.valid_to <= rule.valid_from:
        found.append(problem("never_in_force", ("valid_to",), code=rule.code))
    if not rule.basis.strip():
        found.append(problem("without_basis", ("basis",), code=rule.code))
    texts = (("name", rule.name), ("advice", rule.advice))
    return found + [
        problem("untranslated", (key,), code=rule.code, key=key) for key, text in texts if not (text.vi and text.en)
    ]


def _clears_beyond(bounds: Bounds) -> bool:
    if bounds.comparator == ABOVE:
        return bounds.clear_at > bounds.threshold
    return bounds.clear_at < bounds.threshold


def _never_over(rule: AlertRule) -> list[Problem]:
    """The level as written, or with the threshold at an end of its range, that no value can be as good as."""
    reach = rule.reach
    if reach is None:
        return []
    ends = (("least", rule.least), ("most", rule.most)) if rule.bounds.is_clear(reach) else ()
    tried: list[tuple[tuple[str, ...], Bounds]] = [(("clear_at",), rule.bounds)]
    tried += [(("range", key), rule.with_threshold(end).bounds) for key, end in ends if end is not None]
    return [
        problem("never_over", place, code=rule.code, level=bounds.clear_at, reach=reach)
        for place, bounds in tried
        if not bounds.is_clear(reach)
    ]
