"""How a share is coloured on a map: five levels that differ in lightness as well as in hue."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tinhso.modules.insight.indicators.rules.figures import Figure

BOUNDS: Final = (0, 50, 70, 85, 95, 100)


def level_of(figure: Figure) -> int:
    """1 (worst) to 5 (best), 0 where there is no figure; a share of which less is better is turned round."""
    if figure.value is None:
        return 0
    reached = sum(1 for bound in BOUNDS[1:-1] if figure.value >= bound) + 1
    return reached if figure.card.better == "higher" else len(BOUNDS) - reached


def levels(*, higher_is_better: bool) -> list[tuple[int, int, int]]:
    """Level, lower and upper bound in percent, the best first."""
    found = [(number, low, high) for number, (low, high) in enumerate(pairwise(BOUNDS), start=1)]
    turned = [(len(BOUNDS) - number, low, high) for number, low, high in found]
    return sorted(found if higher_is_better else turned, reverse=True)


def most_urgent(figures: Sequence[Figure]) -> list[Figure]:
    """Those with a figure, the one that needs a look first at the head; among equals the larger unit."""

    def need(figure: Figure) -> tuple[Fraction, int]:
        value = figure.value or Fraction(0)
        return (value if figure.card.better == "higher" else -value), -figure.denominator

    return sorted((figure for figure in figures if figure.value is not None), key=need)
