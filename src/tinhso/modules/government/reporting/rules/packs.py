"""Reading a pack's regimes of reporting: each mistake becomes a problem with its place, and reading goes on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.tables import Table
from tinhso.modules.government.reporting.rules.chasing import BadChasing, Chasing, read_chasing
from tinhso.modules.government.reporting.rules.packs_cells import read_template
from tinhso.modules.government.reporting.rules.periods import (
    KINDS,
    ONCE,
    DueRule,
    NoPeriod,
    Override,
    PeriodRule,
    by_rule,
    find_breaks,
)
from tinhso.modules.government.reporting.rules.templates import (
    AD_HOC,
    NATURES,
    PERIODIC,
    Basis,
    Level,
    Regime,
    SendUp,
)
from tinhso.modules.government.reporting.rules.wording import said

DUE_UNITS: Final = ("day", "working_day")


def read_regime(table: Mapping[str, Any], problems: list[Problem]) -> Regime:
    """The regime that one file describes."""
    whole = Table(table, problems)
    head = whole.table("regime") or Table({}, problems, ("regime",))
    nature = one_of(head, "nature", NATURES, PERIODIC)
    found = Regime(
        code=head.code("code"),
        version=head.day("version"),
        name=head.text("name"),
        content=head.text("content"),
        nature=nature,
        period=_period(head, whole, nature),
        levels=tuple(_level(row) for row in whole.tables("level")),
        template=read_template(whole),
        method=head.text("method", None),
        outline=head.text("outline", None),
        form=head.string("form", ""),
        instructions=head.text("instructions", None),
        send_up=_send_up(whole.table("send_up", None)),
        is_signed=head.yes("signed", default=True),
        sources=tuple(_basis(row) for row in whole.tables("source")),
        deadline=head.text("deadline", None),
        chasing=_chasing(whole),
        opens_before=head.whole("opens_before", 3),
    )
    head.close()
    whole.close()
    _check(found, problems)
    return found


def one_of(row: Table, key: str, known: Iterable[str], default: Any) -> str:
    """The value of a key that must be one of these."""
    found, known = row.string(key, default), tuple(known)
    if found not in known:
        row.problems.append(said("unknown_value", (*row.place, key), value=found, known=", ".join(known)))
        return str(known[0])
    return found


def _period(head: Table, whole: Table, nature: str) -> PeriodRule:
    kind = one_of(head, "period", KINDS, ONCE if nature == AD_HOC else None)
    rows = whole.tables("override")
    overrides = {found.period: found for found in (_override(row) for row in rows)}
    rule = PeriodRule(kind, _due(head.table("due", None)), head.whole("week_ends", 7, least=1), overrides)
    for row in rows:
        code = str(row.values.get("period", ""))
        try:
            by_rule(rule, code)
        except NoPeriod as wrong:
            row.problems.append(Problem("no_period", wrong.vi, wrong.en, (*row.place, "period")))
            return replace(rule, overrides={})
    for code, what in find_breaks(rule):
        place = next((row.place for row in rows if row.values.get("period") == code), ())
        whole.problems.append(said(f"period_{what}", place, period=code))
    return rule


def _override(row: Table) -> Override:
    days: dict[str, date] = {}
    for name in ("start_on", "cut_off_on", "due_on"):
        if name in row.values:
            days[name] = row.day(name)
    found = Override(period=row.string("period"), source=row.string("source"), **days)
    row.close()
    return found


def _due(table: Table | None) -> DueRule:
    if table is None:
        return DueRule(amount=3, unit="working_day")
    found = DueRule(table.whole("amount"), one_of(table, "unit", DUE_UNITS, "day"), table.whole("day"))
    if bool(found.amount) is bool(found.day) or found.day > 31:
        table.problems.append(said("wrong_due", table.place))
    table.close()
    return found


def _level(row: Table) -> Level:
    found = Level(row.strings("reporters", None) or (), row.string("receiver"))
    if not found.reporters:
        row.problems.append(said("no_reporter", row.place))
    row.close()
    return found


def _send_up(table: Table | None) -> SendUp | None:
    if table is None:
        return None
    found = SendUp(table.text("to"), table.string("address", ""), table.whole("days_after", 0))
    table.close()
    return found


def _basis(row: Table) -> Basis:
    found = Basis(row.string("title"), row.string("note", ""))
    row.close()
    return found


def _chasing(whole: Table) -> Chasing:
    table = whole.table("chasing", None)
    try:
        return read_chasing(table.values if table else None)
    except BadChasing as wrong:
        whole.problems.append(Problem("wrong_chasing", wrong.vi, wrong.en, ("chasing",)))
        return Chasing()


def _check(regime: Regime, problems: list[Problem]) -> None:
    """What only the whole shows: nobody reports, nothing says where it was read."""
    empty: list[tuple[str, Place, object]] = [
        ("nobody_reports", (), regime.levels),
        ("no_source", ("regime",), regime.sources),
        ("no_cells", (), regime.template.cells),
    ]
    problems += [said(code, place) for code, place, found in empty if not found]
    if regime.nature == PERIODIC and regime.period.kind == ONCE:
        problems.append(said("periodic_once", ("regime", "period")))
