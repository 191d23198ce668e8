"""Who may see a board, and as whom: the public, officers by their posts, a wall by its key."""

from collections.abc import Iterable
from typing import Final

from tinhso.modules.insight.boards.rules.boards import OFFICERS, PUBLIC, Board
from tinhso.platform.people.rules import Actor, Post, roles_of

WALL: Final = "wall"


def may_see(board: Board, actor: Actor | None) -> bool:
    """Whether this reader may open the board."""
    if board.seen_by == PUBLIC:
        return True
    if actor is None or actor.kind != "officer" or not actor.posts:
        return False
    return board.seen_by == OFFICERS or not roles_of(actor).isdisjoint(board.roles)


def must_sign_in(board: Board, actor: Actor | None) -> bool:
    """Whether signing in may open it."""
    return actor is None and not may_see(board, actor)


def seen_as(actor: Actor | None) -> str:
    """
    As whom a board is drawn: all who are told the same have the same word, so that what is drawn once serves them all.

    Panels may therefore ask kind and posts of who looks, not who it is.
    """
    if actor is None or actor.kind not in {"officer", "machine"}:
        return ""
    posts = sorted(f"{post.unit_key}:{post.role}:{','.join(sorted(post.procedures))}" for post in actor.posts)
    return f"{actor.kind}|{'|'.join(posts)}"


def wall_actor(board: Board, wall_code: str, units: Iterable[str]) -> Actor | None:
    """
    As whom a wall looks that came with its own key: the public at a public board, else an officer there without any power.

    So it sees the small cells that the board's readers see; the role of its post opens nothing.
    :param units: where it hangs: its unit, or the provinces of this installation
    """
    if board.seen_by == PUBLIC:
        return None
    return Actor(f"wall:{wall_code}", "officer", "", tuple(Post(unit, WALL) for unit in units))
