"""Files of packs: the folders of chosen packs in their order, a file's table, and problems with the line they stand on."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.kernel.packs.wording import problem


def list_folders(root: Path, codes: Iterable[str]) -> list[Path]:
    """The folders of these packs, each after those it requires; what is wrong with a pack itself is said by `check_packs`."""
    found: list[Path] = []
    _add_folders(root, codes, found, ())
    return found


def _add_folders(root: Path, codes: Iterable[str], found: list[Path], on_the_way: tuple[str, ...]) -> None:
    for code in codes:
        folder = root / code
        if folder in found or code in on_the_way or not (folder / "pack.toml").is_file():
            continue
        _add_folders(root, read_table(folder / "pack.toml", []).get("requires", ()), found, (*on_the_way, code))
        found.append(folder)


def read_table(path: Path, problems: list[Problem]) -> Mapping[str, Any]:
    """The table in a TOML file; where it cannot be read a problem with its line, and an empty table."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(replace(problem("not_utf_8", ()), path=str(path), line=line))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else len(path.read_text(encoding="utf-8").splitlines())
        problems.append(replace(problem("wrong_toml", (), said=error), path=str(path), line=line))
    return {}


def placed(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    """These problems of a TOML file that can be read, each with file and line."""
    lines: dict[Place, int] = {}
    found = []
    for each in problems:
        lines = lines or positions(path.read_text(encoding="utf-8"))
        found.append(replace(each, path=str(path), line=line_of(each.place, lines)))
    return found
