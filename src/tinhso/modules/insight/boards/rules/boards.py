"""What a board is: sections of panels for kinds of units, and the pages that a wall turns over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tinhso.kernel.flow import NO_TEXT, Text

KINDS: Final = ("province", "district", "commune", "agency", "department", "office", "desk")
PUBLIC, OFFICERS, ROLES = "public", "officers", "roles"
SEEN_BY: Final = (PUBLIC, OFFICERS, ROLES)
COLUMNS: Final = ("main", "middle", "side")
WIDTHS: Final = ("full", "half")


@dataclass(frozen=True, slots=True)
class Place:
    """One panel's place on a board: which panel ("indicators.figures") with which options, under a code of its own."""

    code: str
    panel: str
    width: str = "full"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """Panels one below the other in a column of the page, perhaps under a title."""

    column: str
    title: Text
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class WallPage:
    """One page of the wall: columns of places by their codes, shown for so many seconds."""

    seconds: int
    columns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Board:
    """
    A board as its file describes it.

    `of` are the kinds of units it is for; `units` those alone it is for, where it names any; `period` (2022-Q1) what it
    tells of, where that is not the month of the moment. With `seen_by` "roles" an officer needs one of `roles`.
    """

    code: str
    name: Text
    of: tuple[str, ...]
    order: int = 100
    units: tuple[str, ...] = ()
    period: str = ""
    seen_by: str = PUBLIC
    roles: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    wall: tuple[WallPage, ...] = ()
    note: Text = NO_TEXT

    @property
    def places(self) -> tuple[Place, ...]:
        """All its panels, in order."""
        return tuple(place for section in self.sections for place in section.places)

    @property
    def wall_pages(self) -> tuple[WallPage, ...]:
        """The pages of its wall; where the file names none, all panels on one page in the columns of the sections."""
        if self.wall:
            return self.wall
        columns = [
            tuple(place.code for section in self.sections if section.column == column for place in section.places)
            for column in COLUMNS
        ]
        return (WallPage(60, tuple(column for column in columns if column)),)

    def is_for(self, kind: str, unit_key: str) -> bool:
        """Whether it is a board of units of that kind, and of that very unit where it names its units."""
        return kind in self.of and (not self.units or unit_key in self.units)
