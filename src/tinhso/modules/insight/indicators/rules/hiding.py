"""What the public may see of small numbers: decided for each month and unit, so that no sum of any months gives it away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tinhso.modules.insight.indicators.rules.cards import Card

FEW: Final = 5
LEAST_HIDDEN: Final = 2
REST: Final = "*"  # in place of a unit's key: all hidden cells of a month together
Cell = tuple[int, int]  # numerator, denominator


@dataclass(frozen=True, slots=True)
class PublicMonth:
    """
    One month as the public sees it: the cells that are shown, with the hidden ones together under REST, and whose they are.

    In a month in which fewer than five were counted at all there is no REST either.
    """

    cells: Mapping[str, Cell]
    hidden: frozenset[str]


def is_hidden_from(card: Card, *, officer: bool) -> bool:
    """Whether small cells are hidden: from the public always, from officers where those who answered stay unknown."""
    return not officer or card.drill == "none"


def publish(cells: Mapping[str, Cell]) -> PublicMonth:
    """
    One month's cells by unit, without those of fewer than five.

    With these go the next smallest, until at least two are hidden and at least five counted in them: the total less what
    is shown then tells a number of several units, none of which is known.
    """
    sizes = sorted((cell[1], unit) for unit, cell in cells.items() if cell[1])
    count = sum(size < FEW for size, _ in sizes)
    while 0 < count < len(sizes) and (count < LEAST_HIDDEN or sum(size for size, _ in sizes[:count]) < FEW):
        count += 1
    hidden = frozenset(unit for _, unit in sizes[:count])
    shown = {unit: cell for unit, cell in cells.items() if unit not in hidden}
    rest = (sum(cells[unit][0] for unit in hidden), sum(cells[unit][1] for unit in hidden))
    return PublicMonth({**shown, REST: rest} if rest[1] >= FEW else shown, hidden)
