"""The shapes an app tells the host in: menu entries, findings, figures, panels, and the links it keeps."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Protocol

Progress = Callable[[str, int, int], None]  # what is being done, how many steps are done, of how many

# Runs in a thread of its own until it returns or the event is set; begun again when it fails. Its first argument says stop.
Companion = Callable[[threading.Event], None]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """
    One entry of a face's menu; shown to actors who hold one of `roles` (everyone when empty).

    `count` says how much waits there for the actor; it is asked only where the entry is drawn, so it must be quick.
    """

    face: str
    title: Any
    url_name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    order: int = 100
    count: Callable[[Any, datetime], int] | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Where cases of a kind are shown and acted on by the app that keeps them; `url_name` takes the case's public id."""

    title: Any
    url_name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: well, to be watched, or broken; `text` says what, `remedy` what to do."""

    level: Literal["well", "warning", "trouble"]
    text: Any
    remedy: Any = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to sign in to the demonstration: who one is then, and where."""

    title: Any
    url_name: str
    account: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A stretch of life that can be lived through: `pack` has to be loaded before, `run` tells in lines what came of it."""

    code: str
    title: str
    pack: str
    run: Callable[[Progress], Sequence[str]]


class Warehouse(Protocol):
    """
    Where figures over time come from; the host's command line works on it without knowing who keeps it.

    Each call raises RuntimeError, in words, when another process is at it.
    """

    def refresh(self, now: datetime, progress: Progress) -> str:
        """Take up what changed; one line about what was done."""
        ...

    def rebuild(self, now: datetime, progress: Progress) -> str:
        """Make everything anew from the database; one line about what was done."""
        ...

    def statements(self, dialect: str) -> Mapping[str, str]:
        """What computes each indicator's sums, by code, in the SQL of "duckdb" or "spark"."""
        ...

    def try_draft(self, path: Path, months: int) -> Sequence[str]:
        """
        What the indicator in that file would give on the latest months, in lines; nothing is kept.

        :raises ValueError: it cannot be tried; says why, with file and line
        """
        ...

    def verify(self) -> Sequence[str]:
        """Every place where files or figures are not what the database says; empty when all is well."""
        ...


class Exchange(Protocol):
    """A link with an outside system; the host's command line works on it without knowing who keeps it."""

    def status(self, now: datetime) -> Sequence[str]:
        """How it fares, in lines."""
        ...

    def resend(self, now: datetime) -> int:
        """Let everything that is stuck be tried again; how many."""
        ...

    def reconcile(self, days: int, now: datetime) -> Sequence[str]:
        """Compare both sides for the last days, in lines. :raises RuntimeError: it cannot be done now, in words"""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """What scoring gave: for machines, as a table (its head first) for people, and remarks, one a line."""

    answer: Mapping[str, Any]
    table: list[list[str]]
    remarks: Sequence[str] = ()


class Scoring(Protocol):
    """Indices that files are scored by; the host's command line works on it without knowing who keeps it."""

    def editions(self) -> Sequence[tuple[str, str]]:
        """Code and name of each edition."""
        ...

    def score(self, content: bytes, edition: str, merge: str) -> Scored:
        """
        Score a sheet. `merge` is empty, or how former provinces become those of today.

        :raises ValueError: it cannot be done; says why in `vi` and `en`, with row, column and remedy
        """
        ...


@dataclass(frozen=True, slots=True)
class FigureRead:
    """
    A figure that an app derives from records: what it rests on, up to when, where its page is.

    `value` is in the unit of its card (percent for shares), None where nothing was counted or it may not be shown.
    """

    numerator: int
    denominator: int
    value: Decimal | None
    as_of: datetime | None
    address: str


@dataclass(frozen=True, slots=True)
class PanelAsked:
    """Who asks for a panel, of what: the unit with all below it (empty: everything) in a period."""

    unit_key: str
    period: str  # 2026, 2026-Q4, 2026-11, 2026-01..2026-06
    actor: Any | None  # the Actor who looks, None for the public
    now: datetime
    wall: bool  # drawn for a wall: no choices, no small print
    options: Mapping[str, Any]  # what the board's file says of this panel


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel drawn: a template with its context, and the same as a table to take away and as words."""

    title: Any
    template: str
    context: Mapping[str, Any]
    table: Sequence[Sequence[Any]] = ()  # head first; every chart's table can be downloaded
    as_of: datetime | None = None  # shown on each tile
    stale_after: timedelta | None = None  # grey when `as_of` is older
    state: Literal["well", "warning", "trouble", "unknown"] = "unknown"
    lines: Sequence[str] = ()  # the same in words, for an e-mail
    address: str = ""  # the page behind it


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value that thresholds can be set on; `value` is None where it is not known at the moment."""

    source: str  # "indicators.on_time_rate", "cases.late", "telemetry.water_level"
    subject: str  # what it is of: a unit's key or a device's code
    unit_key: str  # the unit that answers for it
    name: Any  # what people call the subject
    value: Decimal | None
    unit: Any  # "%", "m", "°C"
    as_of: datetime | None
    address: str  # page behind it


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened and explains figures: a reform, a storm, an outage. `last_on` is None for what goes on."""

    unit_key: str  # with all below it; empty: the whole country
    first_on: date
    last_on: date | None
    title: Any
    source: Any
    address: str  # page behind it; may be empty


@dataclass(frozen=True, slots=True)
class Topic:
    """Something one can subscribe to: its name, and what is said of it, in a panel's lines; None to who may not see it."""

    title: Any
    tell: Callable[[PanelAsked], Panel | None]
