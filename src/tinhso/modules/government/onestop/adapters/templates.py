"""What the packs keep for documents: templates of results, one-stop forms by day, series of numbers."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tinhso.platform.units.queries import forget_when_packs_change

NATIONAL = "national"


class NoTemplate(Exception):
    """No chosen pack has the template; `vi` and `en` name it."""

    def __init__(self, name: str) -> None:
        self.vi = f"Chưa có mẫu giấy “{name}” trong gói dữ liệu. Hãy báo người quản trị quy trình."
        self.en = f"The packs have no template “{name}”. Tell the procedure controller."
        super().__init__(self.vi)


def find_result(name: str) -> Path:
    """
    The template of that name; the province's own goes before the country's.

    :raises NoTemplate: there is none
    """
    for folder in _folders():
        if name and (found := folder / f"{name}.typ").is_file():
            return found
    raise NoTemplate(name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One one-stop form: its template, and what its set calls it; "Mẫu 05" of two sets are two papers."""

    path: Path
    number: str
    name: str
    law: str

    def as_fields(self) -> dict[str, str]:
        """What the template prints of itself."""
        return {"number": self.number, "name": self.name, "law": self.law}


def find_sheet(kind: str, on: date) -> Sheet | None:
    """The one-stop form of that kind in the set in force on that day; None when that set has no such form."""
    for folder in _folders():
        in_force = [each for each in _sets(folder) if each["takes_effect_on"] <= on]
        if in_force:
            law = in_force[-1]["law"]
            for form in in_force[-1]["form"]:
                if form["kind"] == kind:
                    return Sheet(folder / "one-stop" / f"{form['template']}.typ", form["number"], form["name"], law)
            return None
    return None


def get_sheet(kind: str, on: date) -> Sheet:
    """
    The same, where there must be one.

    :raises NoTemplate: no set was in force, or it has no such form
    """
    if found := find_sheet(kind, on):
        return found
    raise NoTemplate(kind)


@dataclass(frozen=True, slots=True)
class Series:
    """How results of one template are numbered, in whose name they are signed, how many months they hold (0: always)."""

    code: str
    format: str
    in_the_name_of: str = ""
    valid_months: int = 0

    def number(self, count: int, year: int) -> str:
        """The number as it is written: "212/2026", "12/UBND-XNTTHN"."""
        return self.format.format(number=count, year=year)


def find_series(template: str) -> Series:
    """The series of numbers of a result's template; that of "*" where the packs say nothing of it."""
    rows = _rows("series.toml", "series")
    row = next((row for row in rows if row["template"] == template), None)
    row = row or next(row for row in rows if row["template"] == "*")
    return Series(template, row["format"], row.get("in_the_name_of", ""), row.get("valid_months", 0))


@cache
def read_filling(template: Path) -> Mapping[str, Any]:
    """Which answers of the form a result's template takes: the table of the same name beside it, empty without one."""
    table = template.with_suffix(".toml")
    return tomllib.loads(table.read_text()) if table.is_file() else {}


def _folders() -> Iterator[Path]:
    for pack in dict.fromkeys([*reversed(settings.PACKS), NATIONAL]):
        yield Path(settings.PACKS_ROOT) / pack.strip() / "documents"


@cache
def _sets(folder: Path) -> tuple[Mapping[str, Any], ...]:
    """The sets of one-stop forms of a pack, by the day each takes effect."""
    path = folder / "form_sets.toml"
    tables = tomllib.loads(path.read_text())["set"] if path.is_file() else []
    return tuple(sorted(tables, key=lambda table: table["takes_effect_on"]))


def _tables(name: str) -> list[Mapping[str, Any]]:
    """That file of every chosen pack, the province's own before the country's."""
    return [table for folder in _folders() if (table := _read(folder / name))]


def _rows(name: str, key: str) -> list[Mapping[str, Any]]:
    return [row for table in _tables(name) for row in table.get(key, ())]


@cache
def _read(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text()) if path.is_file() else {}


for _kept in (read_filling, _sets, _read):
    forget_when_packs_change(_kept.cache_clear)
