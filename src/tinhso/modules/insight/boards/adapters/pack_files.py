"""The boards of the chosen packs, read from `boards/*.toml` of each and kept while the packs stay as they are."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.modules.insight.boards.rules import Board, read_board
from tinhso.platform.units.queries import forget_when_packs_change

FOLDER = "boards"
Found = list[tuple[Path, Board]]


def find_boards() -> tuple[Board, ...]:
    """All boards in force, in their order; of two with the same code that of the later pack."""
    return _read(str(settings.PACKS_ROOT), tuple(code.strip() for code in settings.PACKS))


@lru_cache(maxsize=8)
def _read(root: str, codes: tuple[str, ...]) -> tuple[Board, ...]:
    boards, _problems = read_folders(_folders(Path(root), codes, []))
    last = {board.code: board for _path, board in boards}
    return tuple(sorted(last.values(), key=lambda board: (board.order, board.code)))


forget_when_packs_change(_read.cache_clear)


def _folders(root: Path, codes: Iterable[str], found: list[Path]) -> list[Path]:
    """The folders of these packs, each after those it requires; what is wrong with a pack itself is said elsewhere."""
    for code in codes:
        folder = root / code
        if folder not in found and (folder / "pack.toml").is_file():
            head = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
            _folders(root, head.get("requires", ()), found)
            found.append(folder)
    return found


def read_folders(packs: Iterable[Path]) -> tuple[Found, list[Problem]]:
    """The boards of these packs with their files, and everything that is wrong with them, each with file and line."""
    boards: Found = []
    problems: list[Problem] = []
    for path in [path for pack in packs for path in sorted((pack / FOLDER).glob("*.toml"))]:
        text = path.read_text(encoding="utf-8")
        wrong = list[Problem]()
        boards.append((path, read_board(tomllib.loads(text), wrong)))
        problems += placed(path, wrong)
    return boards, problems


def placed(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    """These problems with file and line."""
    found = list(problems)
    lines: dict[Place, int] = positions(path.read_text(encoding="utf-8")) if found else {}
    return [replace(each, path=str(path), line=line_of(each.place, lines)) for each in found]
