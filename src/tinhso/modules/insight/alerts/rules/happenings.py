"""Events that explain figures, as packs tell them: a reform, a change of law, a festival."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhso.kernel.flow import Problem, Text
from tinhso.kernel.flow.tables import Table
from tinhso.modules.insight.alerts.rules.wording import problem


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: where (empty: everywhere), from when to when (the last day included; None: it goes on), by what source."""

    code: str
    unit_key: str
    first_on: date
    last_on: date | None
    title: Text
    source: str
    address: str = ""

    def touches(self, first: date, last: date) -> bool:
        """Whether any of its days lies between these, both included."""
        return self.first_on <= last and (self.last_on is None or self.last_on >= first)


def read_happening(table: Mapping[str, Any], problems: list[Problem]) -> Happening:
    """The event of one table; what is wrong with it is added to `problems`."""
    found = list[Problem]()
    read = Table(table, found)
    read.taken.add("last_on")
    event = Happening(
        code=read.code("code"),
        unit_key=read.string("unit", ""),
        first_on=read.day("first_on"),
        last_on=read.day("last_on") if "last_on" in read.values else None,
        title=read.text("title"),
        source=read.string("source", ""),
        address=read.string("address", ""),
    )
    read.close()
    problems += found or _faults(event)
    return event


def _faults(event: Happening) -> list[Problem]:
    found = []
    if event.last_on is not None and event.last_on < event.first_on:
        found.append(problem("ends_before", ("last_on",), code=event.code))
    if not event.source.strip():
        found.append(problem("without_basis", ("source",), code=event.code))
    if not (event.title.vi and event.title.en):
        found.append(problem("untranslated", ("title",), code=event.code, key="title"))
    return found
