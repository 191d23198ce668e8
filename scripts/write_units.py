"""
Write packs/national/units.csv and successors.csv from the package vietnamadminunits (MIT licence).

The package holds the list of the 63 provinces as it was early in 2025, the list of the 34 provinces in force since
2025-07-01 (NQ 202/2025/QH15, QĐ 19/2025/QĐ-TTg), and which former commune went into which of today's. What it does not
hold is set down here:

- `valid_to` of the former list is 2025-07-01, the day the district level ended.
- `valid_from` of the former list is 2008-08-01, since when the country had these 63 provinces (NQ 15/2008/QH12). For
  districts and communes this is assumed: many were made, merged or renamed in between, and the package does not say
  when. Their column `start_known` is 0.
- Thừa Thiên Huế became the city of Huế on 2025-01-01 (NQ 175/2024/QH15); what lies below it starts that day.
- A former commune said to be split loses a target that only a namesake of another district can have gone to: the
  package matched by name. The rule is `_is_namesake_error`; in Lạng Sơn it removes Hồng Phong (Bình Gia) → Đồng Đăng.

Usage: .venv/bin/python scripts/write_units.py [folder, packs/national by default]
"""

import csv
import json
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

FORMER, HUE_CITY, TODAY = "2008-08-01", "2025-01-01", "2025-07-01"
COUNTRY = "VN@1945-09-02"
HUE = "46"
KIND_ORDER = {"country": 0, "province": 1, "district": 2, "commune": 3}
UNIT_COLUMNS = (
    *("code", "kind", "designation", "name", "name_en", "parent", "valid_from", "valid_to", "latitude", "longitude"),
    *("calendar", "agency_code", "start_known", "note"),
)
SUCCESSOR_COLUMNS = ("from", "to", "partly")
# First words of an official name, longer ones first, and what kind of unit they name at each level.
DESIGNATIONS = {
    "province": {"Thành phố": "city", "Tỉnh": "province"},
    "district": {"Thành phố": "provincial_city", "Thị xã": "town", "Quận": "urban_district", "Huyện": "rural_district"},
    "commune": {"Thị trấn": "township", "Đặc khu": "special_zone", "Phường": "ward", "Xã": "rural_commune"},
}
# A namesake's target lies at least this much farther off than the namesake itself does.
FARTHER_KM = 10

Key = str


@dataclass
class Tables:
    """Everything that is written: unit rows by key, and for each former key where it went."""

    units: dict[Key, dict[str, str]] = field(default_factory=dict)
    moves: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[tuple[str, ...], Key] = field(default_factory=dict)

    def add(self, kind: str, code: str, name: str, parent: Key, start: str, **cells: str) -> Key:
        """One version of a unit; a key that is there already stays as it is."""
        key = f"{code}@{start}"
        if key not in self.units:
            designation, name = official_name(kind, name)
            row = {"code": code, "kind": kind, "designation": designation, "name": name, "parent": parent}
            self.units[key] = row | {"valid_from": start, "start_known": "1"} | cells
        return key


def main() -> None:
    """Read the package, write the two tables, say how many rows."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "packs" / "national"
    source = Path((find_spec("vietnamadminunits").submodule_search_locations or [""])[0]) / "data"
    with sqlite3.connect(source / "dataset.db") as database:
        database.row_factory = sqlite3.Row
        former = database.execute("select * from admin_units_legacy").fetchall()
        today = database.execute("select * from admin_units").fetchall()
    conversion = json.loads((source / "converter_2025.json").read_text(encoding="utf-8"))
    tables = Tables()
    tables.add("country", "VN", "Việt Nam", "", "1945-09-02", name_en="Viet Nam", calendar="national")
    add_today(tables, today)
    add_former(tables, former)
    add_hue(tables)
    follow_communes(tables, conversion)
    follow_provinces(tables, conversion["DICT_PROVINCE"])
    follow_districts(tables)
    write(folder / "units.csv", UNIT_COLUMNS, unit_rows(tables))
    write(folder / "successors.csv", SUCCESSOR_COLUMNS, successor_rows(tables))
    print(f"{len(tables.units)} units, {sum(map(len, tables.moves.values()))} successions")


def add_today(tables: Tables, rows: Iterable[sqlite3.Row]) -> None:
    """The 34 provinces and 3,321 communes in force since 2025-07-01."""
    for row in rows:
        province = tables.add(
            "province", row["provinceCode"], row["province"], COUNTRY, TODAY, **centre(row, "province")
        )
        commune = tables.add("commune", row["wardCode"], row["ward"], province, TODAY, **centre(row, "ward"))
        tables.by_name["today", row["provinceKey"]] = province
        tables.by_name["today", row["provinceKey"], row["wardKey"]] = commune


def add_former(tables: Tables, rows: Iterable[sqlite3.Row]) -> None:
    """The 63 provinces, 696 districts and their communes, until 2025-07-01; five island districts had no commune."""
    for row in rows:
        start = HUE_CITY if row["provinceCode"] == HUE else FORMER
        province = tables.add(
            "province", row["provinceCode"], row["province"], COUNTRY, start, valid_to=TODAY, **centre(row, "province")
        )
        cells = {"valid_to": TODAY, "start_known": "0"}
        district = tables.add(
            "district", row["districtCode"], row["district"], province, start, **cells, **centre(row, "district")
        )
        tables.by_name["former", row["provinceKey"]] = province
        named = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        tables.by_name["former", named] = district
        if row["wardCode"]:
            tables.by_name["former", named] = tables.add(
                "commune", row["wardCode"], row["ward"], district, start, **cells, **centre(row, "ward")
            )


def add_hue(tables: Tables) -> None:
    """The province that became a city half a year before the reform."""
    city = tables.units[f"{HUE}@{HUE_CITY}"]
    place = {name: city[name] for name in ("latitude", "longitude")}
    province = tables.add("province", HUE, "Tỉnh Thừa Thiên Huế", COUNTRY, FORMER, valid_to=HUE_CITY, **place)
    tables.moves[province].add(f"{HUE}@{HUE_CITY}")


def follow_communes(tables: Tables, conversion: dict[str, dict]) -> None:
    """Where each former commune, and each island district, went."""
    for province, communes in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, former in communes.items():
            for named in former:
                tables.moves[tables.by_name["former", named]].add(tables.by_name["today", province, commune])
    for province, split in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for named, targets in split.items():
            for target in targets:
                to_key = tables.by_name["today", province, target["newWardKey"]]
                tables.moves[tables.by_name["former", named]].add(to_key)
    for from_key, to_key in list(_namesake_errors(tables)):
        tables.moves[from_key].discard(to_key)


def follow_provinces(tables: Tables, conversion: dict[str, list[str]]) -> None:
    """Where each of the 63 provinces went."""
    for province, former in conversion.items():
        for named in former:
            tables.moves[tables.by_name["former", named]].add(tables.by_name["today", province])


def follow_districts(tables: Tables) -> None:
    """A district's successors are the communes that took in its communes."""
    for key, row in tables.units.items():
        if row["kind"] == "commune" and row.get("valid_to"):
            tables.moves[row["parent"]] |= tables.moves[key]


def _namesake_errors(tables: Tables) -> Iterator[tuple[Key, Key]]:
    """Steps of a split commune that belong to another commune of the same name."""
    leading: dict[Key, list[Key]] = defaultdict(list)
    for from_key, to_keys in tables.moves.items():
        for to_key in to_keys:
            leading[to_key].append(from_key)
    for from_key, to_keys in tables.moves.items():
        for to_key in to_keys if len(to_keys) > 1 else ():
            if _is_namesake_error(tables, from_key, to_key, leading[to_key]):
                yield from_key, to_key


def _is_namesake_error(tables: Tables, from_key: Key, to_key: Key, others: list[Key]) -> bool:
    """Whether a namesake leads to the same place from much nearer by."""
    name, target = tables.units[from_key]["name"], tables.units[to_key]
    away = distance_km(tables.units[from_key], target)
    return any(
        other != from_key
        and tables.units[other]["name"] == name
        and distance_km(tables.units[other], target) + FARTHER_KM < away
        for other in others
    )


def distance_km(left: dict[str, str], right: dict[str, str]) -> float:
    """Distance between the centres of two units, good enough within the country."""
    latitude, longitude = float(left["latitude"]), float(left["longitude"])
    north = (latitude - float(right["latitude"])) * 111.2
    east = (longitude - float(right["longitude"])) * 111.2 * math.cos(math.radians(latitude))
    return math.hypot(north, east)


def official_name(kind: str, name: str) -> tuple[str, str]:
    """The designation, and the name with its first words written alike ("Thị Trấn Ái Tử" as "Thị trấn Ái Tử")."""
    for words, designation in DESIGNATIONS.get(kind, {}).items():
        if name.lower().startswith(words.lower() + " "):
            return designation, words + name[len(words) :]
    return kind, name


def centre(row: sqlite3.Row, level: str) -> dict[str, str]:
    """Latitude and longitude of the centre, to about a metre, where the package knows them."""
    latitude, longitude = row[f"{level}Lat"], row[f"{level}Lon"]
    return {} if latitude is None else {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}


def unit_rows(tables: Tables) -> list[dict[str, str]]:
    """Every version, the older first, a parent before its children."""
    return sorted(tables.units.values(), key=lambda row: (KIND_ORDER[row["kind"]], row["valid_from"], row["code"]))


def successor_rows(tables: Tables) -> Iterator[dict[str, str]]:
    """Every step from the former to the present list; partly when the former unit has more than one successor."""
    for from_key in sorted(tables.moves):
        to_keys = sorted(tables.moves[from_key])
        for to_key in to_keys:
            yield {"from": from_key, "to": to_key, "partly": str(int(len(to_keys) > 1))}


def write(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    """A table with a header, the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()
