"""Where the packs keep the templates of documents: results by name, one-stop forms by the set in force on a day."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

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


def find_form(kind: str, on: date) -> Path:
    """
    The template of a one-stop form ("receipt", "supplement", "refusal") in the set of forms in force on that day.

    :raises NoTemplate: no set was in force, or it has no such form
    """
    for folder in _folders():
        in_force = [name for first_on, name in _sets(folder) if first_on <= on]
        if in_force and (found := folder / in_force[-1] / f"{kind}.typ").is_file():
            return found
    raise NoTemplate(kind)


@cache
def read_filling(template: Path) -> Mapping[str, Any]:
    """Which answers of the form a result's template takes: the table of the same name beside it, empty without one."""
    table = template.with_suffix(".toml")
    return tomllib.loads(table.read_text()) if table.is_file() else {}


def _folders() -> Iterator[Path]:
    for pack in dict.fromkeys([*reversed(settings.PACKS), NATIONAL]):
        yield Path(settings.PACKS_ROOT) / pack.strip() / "documents"


@cache
def _sets(folder: Path) -> tuple[tuple[date, str], ...]:
    """The sets of one-stop forms of a pack, by the day each takes effect."""
    path = folder / "form_sets.toml"
    tables = tomllib.loads(path.read_text())["set"] if path.is_file() else []
    return tuple(sorted((table["takes_effect_on"], table["folder"]) for table in tables))
