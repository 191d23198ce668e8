"""Boards as something to subscribe to: what all their panels say, in lines, to those who may see them."""

from django.urls import reverse

from tinhso.modules.insight.boards import queries
from tinhso.modules.insight.boards.rules import Board, may_see
from tinhso.platform.capability import Panel, PanelAsked, Topic
from tinhso.platform.wording import said

PREFIX = "boards."


def list_topics() -> dict[str, Topic]:
    """Each board, by "boards.<code>"."""
    return {f"{PREFIX}{board.code}": _topic(board) for board in queries.list_boards()}


def _topic(board: Board) -> Topic:
    def tell(asked: PanelAsked) -> Panel | None:
        if not may_see(board, asked.actor):
            return None
        lines = list[str]()
        panels = queries.find_panels()
        for place in board.places:
            draw = panels.get(place.panel)
            asked_here = PanelAsked(
                asked.unit_key, asked.period, asked.actor, asked.now, wall=False, options=place.options
            )
            panel = draw(asked_here) if draw else None
            if panel and panel.lines:
                lines += ["", str(panel.title), *(f"- {line}" for line in panel.lines)]
        address = reverse("boards:board", args=[board.code])
        query = f"?unit={asked.unit_key}" if asked.unit_key else ""
        return Panel(title=said(board.name), template="", context={}, lines=lines[1:], address=address + query)

    return Topic(board.name, tell)
