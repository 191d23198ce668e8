"""The ground of a map: a province's communes as cells, and where a place given in degrees lies on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tinhso.kernel.cells import Point, draw_cells
from tinhso.platform.units.queries import list_children


@dataclass(frozen=True, slots=True)
class Ground:
    """The picture: its height, the outlines of communes; `across` and `down` take degrees into it (factor, offset)."""

    height: float
    outlines: Mapping[str, tuple[Point, ...]]
    across: tuple[float, float]
    down: tuple[float, float]

    def place(self, latitude: float, longitude: float) -> Point:
        """Where that place lies in the picture."""
        return self.across[0] * longitude + self.across[1], self.down[0] * latitude + self.down[1]


def read_ground(province_key: str, on: date) -> Ground | None:
    """The communes right below that province on that day; None with fewer than two whose centres are known."""
    rows = list_children(province_key, on, kinds=["commune"])
    places = {
        row.key: (row.latitude, row.longitude) for row in rows if row.latitude is not None and row.longitude is not None
    }
    if len(places) < 2:
        return None
    cells = draw_cells(places)
    return Ground(
        cells.height,
        cells.outlines,
        _line({key: place[1] for key, place in places.items()}, {key: spot[0] for key, spot in cells.centres.items()}),
        _line({key: place[0] for key, place in places.items()}, {key: spot[1] for key, spot in cells.centres.items()}),
    )


def _line(degrees: Mapping[str, float], picture: Mapping[str, float]) -> tuple[float, float]:
    """Factor and offset of the straight line between the two: the picture is drawn to one scale."""
    low, high = min(degrees, key=degrees.__getitem__), max(degrees, key=degrees.__getitem__)
    spread = degrees[high] - degrees[low]
    factor = (picture[high] - picture[low]) / spread if spread else 0.0
    return factor, picture[low] - factor * degrees[low]
