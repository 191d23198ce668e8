"""What packs hold in their folder dti: editions; each problem with its file and line."""

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from tinhso.kernel.flow import Invalid, Problem
from tinhso.kernel.packs import Packs
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.modules.insight.dti.rules import Edition, Said, read_edition

Read = TypeVar("Read")


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
    return None


def files_in(packs: Packs, pattern: str) -> list[Path]:
    """The files of that pattern in the folder dti of each pack, in the packs' order."""
    return [path for pack in packs.packs for path in sorted((pack.folder / "dti").glob(pattern))]


def read_editions(paths: Iterable[Path]) -> tuple[dict[str, Edition], list[Problem]]:
    """The editions in these files by code, by day of issue, and everything wrong with any; a later pack's file wins."""
    problems: list[Problem] = []
    found = {}
    for path in paths:
        edition = read_toml(path, read_edition, problems)
        if edition is not None:
            found[edition.code] = edition
    return dict(sorted(found.items(), key=lambda pair: (pair[1].kind, pair[1].issued_on))), problems


def read_edition_file(path: Path) -> Edition:
    """The edition in a file of one's own. :raises Said: it cannot be used, each reason with its line"""
    problems: list[Problem] = []
    edition = read_toml(path, read_edition, problems)
    if edition is None:
        raise Said(
            *(
                replace(each, vi=f"{path.name}:{each.line}: {each.vi}", en=f"{path.name}:{each.line}: {each.en}")
                for each in problems
            )
        )
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
