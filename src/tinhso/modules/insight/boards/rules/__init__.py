"""What boards decide without database and clock: what a board is, how its file is read, who may see it, walls."""

from tinhso.modules.insight.boards.rules.boards import COLUMNS, KINDS, Board, Place, Section, WallPage
from tinhso.modules.insight.boards.rules.files import find_unknown_panels, read_board
from tinhso.modules.insight.boards.rules.seeing import may_see, must_sign_in, seen_as, wall_actor
from tinhso.modules.insight.boards.rules.walls import Refused, digest_of, is_administrator, may_hang, page_at

__all__ = [
    "COLUMNS",
    "KINDS",
    "Board",
    "Place",
    "Refused",
    "Section",
    "WallPage",
    "digest_of",
    "find_unknown_panels",
    "is_administrator",
    "may_hang",
    "may_see",
    "must_sign_in",
    "page_at",
    "read_board",
    "seen_as",
    "wall_actor",
]
