"""The files of a pack that say which units, seats and calendars there are."""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tinhso.platform.units.rules import BadUnits


def read_rows(folders: Iterable[Path], name: str) -> list[dict[str, str]]:
    """
    The rows of the table `name` in each folder that has one, in the order of the folders.

    :raises BadUnits: a row has more or fewer cells than the header
    """
    rows: list[dict[str, str]] = []
    for path in (folder / name for folder in folders):
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                table = csv.DictReader(lines)
                for row in table:
                    if None in row or None in row.values():
                        raise BadUnits([f"{path.name}, dòng {table.line_num}: thừa hoặc thiếu ô so với dòng tiêu đề."])
                    rows.append(row)
    return rows


def read_posts(folders: Iterable[Path]) -> list[Mapping[str, Any]]:
    """The `[[post]]` tables of each folder's posts.toml."""
    paths = [folder / "posts.toml" for folder in folders]
    return [post for path in paths if path.is_file() for post in tomllib.loads(path.read_text("utf-8")).get("post", [])]
