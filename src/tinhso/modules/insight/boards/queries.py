"""The only readers of boards: boards of the packs, panels of all apps, units to choose from, walls."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.files import placed
from tinhso.kernel.places import BareCode
from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.insight.boards.adapters import pack_files
from tinhso.modules.insight.boards.models import Wall
from tinhso.modules.insight.boards.rules import KINDS, Board, digest_of, find_unknown_panels
from tinhso.platform.capability import Panel, PanelAsked, capabilities
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import NoSuchUnit, get_unit, list_children, list_with_agency
from tinhso.platform.units.rules import UnitRow

EVERYTHING = ""
Draw = Callable[[PanelAsked], Panel | None]


class NoSuchWall(LookupError):
    """There is no wall of that code."""


def list_boards() -> tuple[Board, ...]:
    """All boards of the packs, in their order."""
    return pack_files.find_boards()


def find_board(code: str) -> Board | None:
    """The board of that code, or None."""
    return next((board for board in list_boards() if board.code == code), None)


def list_boards_of(unit_key: str) -> list[Board]:
    """The boards of a unit (of everything: those of a province), in their order."""
    unit = find_unit(unit_key) if unit_key else None
    kind = unit.kind if unit else "province"
    return [board for board in list_boards() if board.is_for(kind, unit_key)]


def find_panels() -> Mapping[str, Draw]:
    """What all apps can draw, by name."""
    return {name: draw for app in capabilities() for name, draw in app.panels().items()}


def find_problems(folders: Iterable[Path]) -> list[Problem]:
    """Everything that is wrong with the boards of these packs, each with file and line."""
    boards, problems = pack_files.read_folders(folders)
    known, apps = find_panels().keys(), {app.label for app in capabilities()}
    for path, board in boards:
        problems += placed(path, find_unknown_panels(board, known, apps))
    return problems


def find_unit(key: str) -> UnitRow | None:
    """The unit with that key, of a kind that boards are for; None where there is none. No statement when it is kept."""
    try:
        found = get_unit(key)
    except (BareCode, NoSuchUnit, ValueError):
        return None
    return found if found.kind in KINDS else None


def list_units(on: date) -> list[UnitRow]:
    """The units whose boards are offered: communes that take cases in, then the departments of their province."""
    communes = [unit for unit in list_with_agency(on, kinds=("commune",)) if unit.kind == "commune"]
    provinces = dict.fromkeys(key for unit in communes for key in unit.path[:-1] if _is_province(key))
    agencies = [each.key for province in provinces for each in list_children(province, on, kinds=("agency",))]
    return communes + [each for agency in agencies for each in list_children(agency, on, kinds=("department",))]


def _is_province(key: str) -> bool:
    found = find_unit(key)
    return found is not None and found.kind == "province"


def line_of(unit_key: str, now: datetime) -> tuple[str, ...]:
    """The keys from the country down to the unit; of everything those down to the provinces of this installation."""
    if unit_key:
        unit = find_unit(unit_key)
        return unit.path if unit else ()
    units = list_with_agency(now.astimezone(VIETNAM).date(), kinds=("commune",))
    return tuple(dict.fromkeys(key for unit in units for key in unit.path[:-1]))


def units_shown(unit_key: str, now: datetime) -> tuple[str, ...]:
    """The unit, or for everything the provinces of this installation."""
    return (unit_key,) if unit_key else tuple(key for key in line_of("", now) if _is_province(key))


def list_walls(actor: Actor, now: datetime) -> list[Wall]:
    """The walls of units that the actor administers, those still up first, the latest first."""
    units = actor.units_as("administrator")
    rows = Wall.objects.order_by("-made_at")
    own = [wall for wall in rows if not units.isdisjoint(line_of(wall.unit_key, now))]
    return sorted(own, key=lambda wall: wall.withdrawn_at is not None)


def find_wall(key: str) -> Wall | None:
    """The wall that this key opens, withdrawn or not; None where it opens none."""
    return Wall.objects.filter(key_digest=digest_of(key)).first()


def lock_wall(code: str) -> Wall:
    """The wall of that code, for a writer. :raises NoSuchWall: there is none"""
    found = Wall.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NoSuchWall(code)
    return found
