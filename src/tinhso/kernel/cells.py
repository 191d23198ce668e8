"""
A map drawn from centres alone: each place is the ground nearer to its centre than to any other (Voronoi cells).

Stands in until official boundaries are loaded. Plain half-plane clipping: some hundred places take some hundredths of a second.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import cos, dist, pi, radians, sin
from typing import Final

Point = tuple[float, float]
WIDTH: Final = 1000.0
ROUND_SIDES: Final = 24
REACH: Final = 0.72  # of the longest way to a nearest neighbour: hardly a hole inside, round shores outside


@dataclass(frozen=True, slots=True)
class CellMap:
    """Outlines and centres by key, in a picture `WIDTH` wide and `height` high whose y grows to the south."""

    height: float
    outlines: Mapping[str, tuple[Point, ...]]
    centres: Mapping[str, Point]


def draw_cells(places: Mapping[str, tuple[float, float]]) -> CellMap:
    """
    The cells of places given by (latitude, longitude) in degrees; two at the very same spot share one outline.

    At the edge a cell ends in a circle round its centre, since nothing is known of where the last neighbour lies.
    """
    spots = _flat(places)
    reach = _reach(list(spots.values()))
    found = {key: _cell(spot, spots.values(), reach) for key, spot in spots.items()}
    return _fitted(found, spots)


def _flat(places: Mapping[str, tuple[float, float]]) -> dict[str, Point]:
    """Degrees on a plane: a province is small enough that one scale for all of it will do."""
    shrink = cos(radians(sum(latitude for latitude, _ in places.values()) / max(len(places), 1)))
    return {key: (longitude * shrink, -latitude) for key, (latitude, longitude) in places.items()}


def _reach(spots: Sequence[Point]) -> float:
    nearest = [min((dist(spot, other) for other in spots if other != spot), default=0.0) for spot in spots]
    return REACH * max(nearest, default=0.0) or 1.0


def _cell(spot: Point, others: Collection[Point], reach: float) -> list[Point]:
    outline = [
        (spot[0] + reach * cos(2 * pi * side / ROUND_SIDES), spot[1] + reach * sin(2 * pi * side / ROUND_SIDES))
        for side in range(ROUND_SIDES)
    ]
    for other in others:
        if other != spot and dist(spot, other) < 2 * reach:
            outline = _nearer(outline, spot, other)
    return outline


def _nearer(outline: Sequence[Point], spot: Point, other: Point) -> list[Point]:
    """The part of an outline on the spot's own side of the line halfway to the other."""
    across = (other[0] - spot[0], other[1] - spot[1])
    halfway = ((spot[0] + other[0]) / 2, (spot[1] + other[1]) / 2)
    beyond = [(x - halfway[0]) * across[0] + (y - halfway[1]) * across[1] for x, y in outline]
    kept: list[Point] = []
    for place, point in enumerate(outline):
        before = place - 1
        if beyond[before] * beyond[place] < 0:
            share = beyond[before] / (beyond[before] - beyond[place])
            start = outline[before]
            kept.append((start[0] + share * (point[0] - start[0]), start[1] + share * (point[1] - start[1])))
        if beyond[place] <= 0:
            kept.append(point)
    return kept


def _fitted(outlines: Mapping[str, Sequence[Point]], spots: Mapping[str, Point]) -> CellMap:
    """Moved and scaled into the picture, rounded to a tenth."""
    points = [point for outline in outlines.values() for point in outline]
    if not points:
        return CellMap(0.0, {}, {})
    left, top = min(x for x, _ in points), min(y for _, y in points)
    scale = WIDTH / (max(x for x, _ in points) - left)

    def fit(point: Point) -> Point:
        return round((point[0] - left) * scale, 1), round((point[1] - top) * scale, 1)

    height = round((max(y for _, y in points) - top) * scale, 1)
    return CellMap(
        height,
        {key: tuple(fit(point) for point in outline) for key, outline in outlines.items()},
        {key: fit(spot) for key, spot in spots.items()},
    )
