"""What packs hold once they are read: roles, procedures, forms, texts, and the files others read themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import NO_TARIFF, NO_TEXT, Procedure, Tariff, Text
from tinhso.kernel.packs.forms import Form

CHANNELS = ("in_app", "email_subject", "email_body", "sms", "zalo")


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody may be at a unit (`scope` "unit"), in one case ("case"), or the platform itself ("system")."""

    code: str
    name: Text
    scope: str = "unit"


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What is told after a fact, a text for each channel; an empty one is not sent. Placeholders stand in {braces}."""

    fact: str
    in_app: Text = NO_TEXT
    email_subject: Text = NO_TEXT
    email_body: Text = NO_TEXT
    sms: Text = NO_TEXT
    zalo: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Pack:
    """One folder of a country's or a province's decisions."""

    code: str
    name: Text
    folder: Path
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Packs:
    """Everything the chosen packs hold, a required pack before the one that requires it; the later pack wins."""

    packs: tuple[Pack, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    procedures: Mapping[tuple[str, date], Procedure] = field(default_factory=dict)
    forms: Mapping[tuple[str, date], Form] = field(default_factory=dict)
    tables: Mapping[tuple[str, date], Mapping[str, Any]] = field(default_factory=dict)  # of procedures, whole
    texts: Mapping[str, NoticeText] = field(default_factory=dict)
    calendars: tuple[Mapping[str, Any], ...] = ()
    holidays: tuple[Mapping[str, str], ...] = ()
    indicators: tuple[Path, ...] = ()
    tariff: Tariff = NO_TARIFF

    def files(self, name: str) -> tuple[Path, ...]:
        """The file of that name ("units.csv", "posts.toml") in each pack that has one, in the order of the packs."""
        return tuple(pack.folder / name for pack in self.packs if (pack.folder / name).is_file())


def procedure_on(packs: Packs, code: str, on_date: date) -> Procedure | None:
    """The version of a procedure in force on a day: the newest not later than it; None before the first."""
    versions = [version for found, version in packs.procedures if found == code and version <= on_date]
    return packs.procedures[code, max(versions)] if versions else None


def form_on(packs: Packs, code: str, on_date: date) -> Form | None:
    """The version of a form in use on a day: the newest not later than it; None before the first."""
    versions = [version for found, version in packs.forms if found == code and version <= on_date]
    return packs.forms[code, max(versions)] if versions else None
