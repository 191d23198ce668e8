"""The only writers of units, seats and calendars: they bring the tables in line with the packs."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tinhso.kernel.places import Succession
from tinhso.kernel.worktime import build_calendars, parse_override
from tinhso.platform.units import adapters, models, rules
from tinhso.platform.units.ports import HasCode
from tinhso.platform.units.queries import forget_units

log = logging.getLogger(__name__)

_UNIT_COLUMNS = (
    *("key", "code", "kind", "designation", "name", "name_en", "name_folded", "parent_key", "path", "valid_from"),
    *("valid_to", "latitude", "longitude", "calendar", "agency_code", "start_known", "note"),
)
_SUCCESSION_COLUMNS = ("from_key", "to_key", "partly")
_SEAT_COLUMNS = ("unit_key", "role", "title_vi", "title_en", "seats")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: units read, and rows added or changed in each table."""

    units: int
    units_changed: int
    successions_changed: int
    seats_changed: int


def load_units(*, folders: Iterable[Path], actor: HasCode, now: datetime) -> Loaded:
    """
    Bring units, successions and seats in line with the packs, a required pack before the one that requires it.

    Safe to repeat. A unit that left the tables stays in the database, since its past and its cases stay; what was
    said of its successors is dropped.

    :raises BadUnits: the tables contradict themselves; nothing is written
    """
    packs = list(folders)
    units = rules.units_from(adapters.read_rows(packs, "units.csv"))
    successions = rules.successions_from(adapters.read_rows(packs, "successors.csv"))
    rules.check_units(units.values(), successions.values())
    seats = rules.seats_from(adapters.read_posts(packs), units.values())
    with transaction.atomic():
        loaded = Loaded(
            units=len(units),
            units_changed=_replace(models.Unit, ("key",), _UNIT_COLUMNS, map(_unit_cells, units.values())),
            successions_changed=_write_successions(successions.values()),
            seats_changed=_write_seats(seats),
        )
    forget_units()
    log.info("units loaded by %s at %s: %s", actor.code, now, loaded)
    return loaded


@transaction.atomic
def load_calendars(
    *, tables: Iterable[Mapping[str, Any]], holidays: Iterable[Mapping[str, str]], actor: HasCode, now: datetime
) -> int:
    """
    Bring the working calendars and the decided days in line with the packs; the count of calendars.

    :param tables: the `[[calendar]]` tables of all packs, in their order
    :param holidays: the rows of all holidays.csv; a later row for the same day and calendar outweighs an earlier one
    :raises CalendarError: a table or a row says something that cannot be; nothing is written
    """
    versions = {(str(table["code"]), str(table["version"])): table for table in tables}
    days = {(row["calendar"], row["date"]): row for row in holidays}
    calendars = build_calendars(versions.values(), [parse_override(row) for row in days.values()])
    models.CalendarVersion.objects.all().delete()
    models.DecidedDay.objects.all().delete()
    models.CalendarVersion.objects.bulk_create(
        models.CalendarVersion(code=code, version=version, body=_as_json(table))
        for (code, version), table in versions.items()
    )
    models.DecidedDay.objects.bulk_create(
        models.DecidedDay(calendar=calendar, on=on, body=dict(row)) for (calendar, on), row in days.items()
    )
    forget_units()
    transaction.on_commit(forget_units)
    log.info("calendars loaded by %s at %s: %s", actor.code, now, len(calendars))
    return len(calendars)


@transaction.atomic
def note_packs_loaded(*, now: datetime) -> int:
    """
    Count a load of packs, in its transaction: when that commits, every process reads anew what it keeps, in a second.

    :returns: how many loads there were by now
    """
    row, _ = models.PacksLoaded.objects.select_for_update().get_or_create(pk=1, defaults={"loaded_at": now})
    row.number, row.loaded_at = row.number + 1, now
    row.save()
    return row.number


def _write_successions(successions: Iterable[Succession]) -> int:
    """The table holds exactly what the packs say."""
    rows = [(step.from_key, step.to_key, step.partly) for step in successions]
    return _replace(models.Succession, ("from_key", "to_key"), _SUCCESSION_COLUMNS, rows, exactly=True)


def _write_seats(seats: Iterable[rules.SeatRow]) -> int:
    """The table holds exactly what the packs say."""
    rows = [(seat.unit_key, seat.role, seat.title_vi, seat.title_en, seat.seats) for seat in seats]
    return _replace(models.Seat, ("unit_key", "role"), _SEAT_COLUMNS, rows, exactly=True)


def _replace(
    model: type[Any],
    keys: Sequence[str],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    exactly: bool = False,
) -> int:
    """
    Copy the rows beside the table, then add and change what differs; with `exactly` also drop what is not among them.

    :returns: how many rows were added, changed or dropped
    """
    table, names, same = model._meta.db_table, ", ".join(columns), " and ".join(f"t.{key} = i.{key}" for key in keys)  # noqa: SLF001
    old, new = (", ".join(f"{side}.{column}" for column in columns) for side in ("t", "excluded"))
    upsert = f"""
        insert into {table} as t ({names}) select {names} from incoming
        on conflict ({", ".join(keys)}) do update set ({names}) = row({new.replace("t.", "")})
        where ({old}) is distinct from ({new})
    """  # noqa: S608 - names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table incoming on commit drop as select {names} from {table} limit 0")  # noqa: S608
        with cursor.copy(f"copy incoming ({names}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(upsert)
        changed: int = cursor.rowcount
        if exactly:
            cursor.execute(f"delete from {table} t where not exists (select from incoming i where {same})")  # noqa: S608
            changed += cursor.rowcount
        cursor.execute("drop table incoming")
    return changed


def _unit_cells(unit: rules.UnitRow) -> Sequence[object]:
    folded = rules.fold_name(unit.name)
    cells = [folded if column == "name_folded" else getattr(unit, column) for column in _UNIT_COLUMNS]
    return [list(cell) if isinstance(cell, tuple) else cell for cell in cells]


def _as_json(table: Mapping[str, Any]) -> dict[str, Any]:
    """A TOML table with its dates written out."""
    return {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in table.items()}
