"""The ground of a map: the communes of the province that a reader looks at, each with its cell."""

from dataclasses import dataclass
from datetime import date

from tinhso.kernel.cells import CellMap, draw_cells
from tinhso.modules.insight.indicators.queries.board import Board
from tinhso.platform.units.queries import list_children
from tinhso.platform.units.rules import UnitRow


@dataclass(frozen=True, slots=True)
class Ground:
    """A province's communes that stand on a day and whose centre is known, by Vietnamese alphabet, and their cells."""

    units: tuple[UnitRow, ...]
    cells: CellMap


def province_of(board: Board, unit_key: str) -> str:
    """The province that unit is or lies in; of everything, the only province with figures; empty when there is none."""
    lines = [line for key, line in board.lineages.items() if unit_key in ("", key, *line)]
    keys = {key for line in lines for key in line if key in board.units and board.units[key].kind == "province"}
    return keys.pop() if len(keys) == 1 else ""


def read_ground(province_key: str, on: date) -> Ground:
    """The communes right below that province on that day; those without a known centre are left out."""
    rows = list_children(province_key, on, kinds=["commune"])
    places = {
        row.key: (row.latitude, row.longitude) for row in rows if row.latitude is not None and row.longitude is not None
    }
    return Ground(tuple(row for row in rows if row.key in places), draw_cells(places))
