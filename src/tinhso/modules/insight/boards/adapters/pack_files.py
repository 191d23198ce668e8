"""The boards of the chosen packs, read from `boards/*.toml` of each and kept while the packs stay as they are."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.files import list_folders, placed, read_table
from tinhso.modules.insight.boards.rules import Board, read_board
from tinhso.platform.units.queries import forget_when_packs_change

FOLDER = "boards"
Found = list[tuple[Path, Board]]


def find_boards() -> tuple[Board, ...]:
    """All boards in force, in their order; of two with the same code that of the later pack."""
    return _read(str(settings.PACKS_ROOT), tuple(code.strip() for code in settings.PACKS))


@lru_cache(maxsize=8)
def _read(root: str, codes: tuple[str, ...]) -> tuple[Board, ...]:
    boards, _problems = read_folders(list_folders(Path(root), codes))
    last = {board.code: board for _path, board in boards}
    return tuple(sorted(last.values(), key=lambda board: (board.order, board.code)))


forget_when_packs_change(_read.cache_clear)


def read_folders(packs: Iterable[Path]) -> tuple[Found, list[Problem]]:
    """The boards of these packs with their files, and everything that is wrong with them, each with file and line."""
    boards: Found = []
    problems: list[Problem] = []
    for path in [path for pack in packs for path in sorted((pack / FOLDER).glob("*.toml"))]:
        wrong = list[Problem]()
        if table := read_table(path, problems):
            boards.append((path, read_board(table, wrong)))
        problems += placed(path, wrong)
    return boards, problems
