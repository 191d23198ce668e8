"""Units as they are read from packs and shown to people: rows, paths, names in English, seats."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhso.kernel.places import PlaceVersion, Succession, list_faults, place_key
from tinhso.kernel.vietnamese import syllables

# First words of an official name by designation, with what English puts after (or, of a number, before) the rest.
_DESIGNATIONS = {
    "province": ("Tỉnh", "province"),
    "city": ("Thành phố", "city"),
    "provincial_city": ("Thành phố", "city"),
    "town": ("Thị xã", "town"),
    "urban_district": ("Quận", "district"),
    "rural_district": ("Huyện", "district"),
    "ward": ("Phường", "ward"),
    "township": ("Thị trấn", "township"),
    "rural_commune": ("Xã", "commune"),
    "special_zone": ("Đặc khu", "special zone"),
}
UNIT_COLUMNS = (
    *("code", "kind", "designation", "name", "name_en", "parent", "valid_from", "valid_to", "latitude", "longitude"),
    *("calendar", "agency_code", "start_known", "note"),
)


class BadUnits(ValueError):
    """The tables of units contradict themselves; `faults` holds every contradiction as a Vietnamese sentence."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults[:20]))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """
    One unit as it was from `valid_from` until the day before `valid_to` (open when None).

    `kind` is country, province, district, commune, agency, department, office or desk; `designation` is finer (ward,
    rural_commune, one_stop ...). `path` holds the keys from the country down to the unit itself.
    Where `start_known` is false the unit stood at the end, but since when is not known.
    """

    key: str
    code: str
    kind: str
    designation: str
    name: str
    name_en: str
    parent_key: str
    path: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    latitude: float | None
    longitude: float | None
    calendar: str
    agency_code: str
    start_known: bool
    note: str = ""

    @property
    def short_name(self) -> str:
        """The name without "Xã", "Phường", "Tỉnh": for maps and narrow tables."""
        return without_designation(self.designation, self.name)

    def name_in(self, language: str) -> str:
        """The name in that language ("vi" or "en")."""
        return self.name_en if language.startswith("en") else self.name

    def is_valid(self, on: date) -> bool:
        """Whether the unit stands on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def as_place(self) -> PlaceVersion:
        """The same as the kernel's places know it."""
        return PlaceVersion(
            self.key, self.code, self.kind, self.name, self.parent_key, self.valid_from, self.valid_to
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Room for `seats` officers in one role at one unit; who sits there is known by the people module."""

    unit_key: str
    role: str
    title_vi: str
    title_en: str
    seats: int


def fold_name(name: str) -> str:
    """A name as it is stored and searched: folded syllables with single spaces."""
    return " ".join(syllables(name))


def without_designation(designation: str, name: str) -> str:
    """What is left of an official name after the words that say what it is."""
    words = _DESIGNATIONS.get(designation, ("", ""))[0]
    return name.removeprefix(f"{words} ") if words else name


def english_name(designation: str, name: str) -> str:
    """The name of an administrative unit in English: "Đồng Đăng commune", "Ward 5"; unchanged where nothing is known."""
    if designation not in _DESIGNATIONS:
        return name
    short, noun = without_designation(designation, name), _DESIGNATIONS[designation][1]
    return f"{noun.capitalize()} {short}" if short.isdigit() else f"{short} {noun}"


def units_from(rows: Iterable[Mapping[str, str]]) -> dict[str, UnitRow]:
    """
    Every unit by key from the rows of all tables; a later table may say a unit anew.

    :raises BadUnits: a row cannot be read, or a parent is missing
    """
    cells = {place_key(row["code"], date.fromisoformat(row["valid_from"])): row for row in rows}
    paths: dict[str, tuple[str, ...]] = {}
    for key in cells:
        _find_path(key, cells, paths)
    return {key: _unit(key, row, paths[key]) for key, row in cells.items()}


def successions_from(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], Succession]:
    """Every succession by its two keys."""
    return {(row["from"], row["to"]): Succession(row["from"], row["to"], row["partly"] == "1") for row in rows}


def check_units(units: Iterable[UnitRow], successions: Iterable[Succession]) -> None:
    """
    Refuse tables that contradict themselves.

    :raises BadUnits: with every contradiction
    """
    faults = list_faults((unit.as_place() for unit in units), successions)
    if faults:
        raise BadUnits(faults)


def seats_from(tables: Iterable[Mapping[str, Any]], units: Iterable[UnitRow]) -> Iterator[SeatRow]:
    """The seats of every unit that a pack's `[[post]]` tables choose by kind and, where said, by what lies above."""
    standing = [unit for unit in units if unit.valid_to is None]
    for table in tables:
        at, title = table["at"], table["title"]
        for unit in standing:
            if at["kind"] in {unit.kind, unit.designation} and at.get("within", unit.key) in unit.path:
                yield SeatRow(unit.key, table["role"], title["vi"], title["en"], table.get("seats", 1))


def _find_path(key: str, cells: Mapping[str, Mapping[str, str]], paths: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if key not in paths:
        if key not in cells:
            raise BadUnits([f"Không có đơn vị cấp trên {key}."])
        parent = cells[key]["parent"]
        paths[key] = (*(_find_path(parent, cells, paths) if parent else ()), key)
    return paths[key]


def _unit(key: str, row: Mapping[str, str], path: tuple[str, ...]) -> UnitRow:
    return UnitRow(
        key=key,
        code=row["code"],
        kind=row["kind"],
        designation=row["designation"],
        name=row["name"],
        name_en=row["name_en"] or english_name(row["designation"], row["name"]),
        parent_key=row["parent"],
        path=path,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        calendar=row["calendar"],
        agency_code=row["agency_code"],
        start_known=row["start_known"] == "1",
        note=row["note"],
    )
