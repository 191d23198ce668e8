"""What packs hold in their folder dti: editions, lists of criteria, published figures; each problem with file and line."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from tinhso.kernel.flow import Invalid, Problem
from tinhso.kernel.packs import Packs
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.modules.insight.dti.adapters.sheets import read_lines
from tinhso.modules.insight.dti.rules import Edition, Said, read_edition
from tinhso.modules.insight.dti.rules.criteria import CriteriaList, read_criteria
from tinhso.modules.insight.dti.rules.published import Published, Shared, read_published
from tinhso.modules.insight.dti.rules.quality import Growth

Read = TypeVar("Read")
EDITIONS, CRITERIA, FIGURES, STATEMENTS = "*.toml", "criteria/*.toml", "published/*.csv", "published/*.toml"


@dataclass(slots=True)
class Folder:
    """Everything of the folder dti of all packs: tables as they are in the files, what was read of them, what is wrong."""

    editions: dict[str, Edition] = field(default_factory=dict)
    criteria: dict[str, CriteriaList] = field(default_factory=dict)
    tables: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_folder(packs: Packs) -> Folder:
    """All that the packs say; a later pack's file of the same code wins."""
    found = Folder()
    for path in files_in(packs, EDITIONS):
        if edition := read_toml(path, read_edition, found.problems):
            found.editions[edition.code] = edition
            found.tables[f"edition {edition.code}"] = table_in(path)
    found.editions = in_order(found.editions)
    for path in files_in(packs, CRITERIA):
        if criteria := read_toml(path, lambda table: read_criteria(table, found.editions), found.problems):
            found.criteria[criteria.code] = criteria
            found.tables[f"criteria {criteria.code}"] = table_in(path)
    for path in files_in(packs, FIGURES):
        try:
            found.published += read_published(found.editions, read_lines(path.read_bytes()), Shared())
        except Said as said:
            found.problems += [replace(each, path=str(path), line=1) for each in said.problems]
    for path in files_in(packs, STATEMENTS):
        found.growths += read_toml(path, _growths, found.problems) or []
    return found


def read_toml(path: Path, read: Callable[[Mapping[str, Any]], Read], problems: list[Problem]) -> Read | None:
    """What `read` makes of a file, or None with its problems told with their lines."""
    try:
        text = path.read_text(encoding="utf-8")
        return read(tomllib.loads(text))
    except Invalid as invalid:
        lines = positions(text)
        problems += [replace(each, path=str(path), line=line_of(each.place, lines)) for each in invalid.problems]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        vi, en = f"Tệp không đúng cú pháp TOML: {error}.", f"The file is not valid TOML: {error}."
        problems.append(Problem("dti_wrong_toml", vi, en, path=str(path), line=1))
    except (KeyError, ArithmeticError, TypeError) as error:
        vi, en = f"Thiếu hoặc sai mục {error}.", f"The key {error} is missing or wrong."
        problems.append(Problem("dti_wrong_key", vi, en, path=str(path), line=1))
    return None


def table_in(path: Path) -> Mapping[str, Any]:
    """The table of a file as JSON can hold it."""
    return as_json(tomllib.loads(path.read_text(encoding="utf-8")))


def as_json(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table with its days as text."""
    found: Mapping[str, Any] = json.loads(json.dumps(table, default=_as_text))
    return found


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _growths(table: Mapping[str, Any]) -> list[Growth]:
    return [
        Growth(row["province"], row["metric"], int(row["from_year"]), int(row["to_year"]), Decimal(row["percent"]))
        for row in table.get("growth", [])
    ]


def files_in(packs: Packs, pattern: str) -> list[Path]:
    """The files of that pattern in the folder dti of each pack, in the packs' order."""
    return [path for pack in packs.packs for path in sorted((pack.folder / "dti").glob(pattern))]


def in_order(editions: Mapping[str, Edition]) -> dict[str, Edition]:
    """The editions by kind and day of issue."""
    return dict(sorted(editions.items(), key=lambda pair: (pair[1].kind, pair[1].issued_on)))


def read_editions(paths: Iterable[Path]) -> tuple[dict[str, Edition], list[Problem]]:
    """The editions in these files by code, in their order, and everything wrong with any; a later pack's file wins."""
    problems: list[Problem] = []
    read = (read_toml(path, read_edition, problems) for path in paths)
    found = {edition.code: edition for edition in read if edition is not None}
    return in_order(found), problems


def read_edition_file(path: Path) -> Edition:
    """The edition in a file of one's own. :raises Said: it cannot be used, each reason with its line"""
    problems: list[Problem] = []
    edition = read_toml(path, read_edition, problems)
    if edition is None:
        where = [(f"{path.name}:{each.line}: ", each) for each in problems]
        raise Said(*(replace(each, vi=place + each.vi, en=place + each.en) for place, each in where))
    return edition


def successors_in(packs: Packs, kind: str) -> Iterator[tuple[str, str, str, str]]:
    """(key, name) of each former unit of that kind with (key, name) of what it became, from the packs' tables."""
    names = {
        f"{row['code']}@{row['valid_from']}": row["name"]
        for path in packs.files("units.csv")
        for row in _rows(path)
        if row["kind"] == kind
    }
    for path in packs.files("successors.csv"):
        for row in _rows(path):
            if row["from"] in names and row["to"] in names:
                yield row["from"], names[row["from"]], row["to"], names[row["to"]]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
