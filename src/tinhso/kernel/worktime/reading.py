"""Reading working calendars out of packs: `calendars.toml` and the table of decided days `holidays.csv`."""

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, cast

from tinhso.kernel.worktime.calendars import EVERY_CALENDAR, Calendar, Override
from tinhso.kernel.worktime.days import Week, parse_sessions, parse_week
from tinhso.kernel.worktime.texts import CalendarError, Text, WorktimeError

DEFAULT_CALENDAR: Final = "national"

_COLUMNS: Final = ("date", "kind", "calendar", "instead_of", "sessions", "reason_vi", "reason_en", "source")


def read_calendars(*packs: Path) -> dict[str, Calendar]:
    """
    The calendars of all these pack folders by code; a later pack may add versions, days, and calendars of its own.

    :raises CalendarError: a file says something that cannot be; the message names the file and the row
    """
    tables = [table for pack in packs for table in _tables(pack / "calendars.toml")]
    overrides = [override for pack in packs for override in read_overrides(pack / "holidays.csv")]
    return build_calendars(tables, overrides)


def build_calendars(tables: Iterable[Mapping[str, Any]], overrides: Sequence[Override]) -> dict[str, Calendar]:
    """
    The same from tables that were read already: the `[[calendar]]` tables, and days made by `parse_override`.

    :raises CalendarError: a table or a day says something that cannot be
    """
    versions: dict[str, list[Mapping[str, Any]]] = {}
    for table in tables:
        _check_table(table)
        versions.setdefault(str(table["code"]), []).append(table)
    for override in overrides:
        if override.calendar not in {EVERY_CALENDAR, *versions}:
            raise CalendarError(
                f"holidays.csv, ngày {override.on.isoformat()}: không có lịch “{override.calendar}”.",
                f"holidays.csv, day {override.on.isoformat()}: there is no calendar “{override.calendar}”.",
            )
    return {code: _calendar(code, tables, overrides) for code, tables in versions.items()}


def read_overrides(table: Path) -> list[Override]:
    """
    The decided days of one `holidays.csv`; none when the file is missing.

    :raises CalendarError: a row is wrong or there twice; the message names the file and the row
    """
    if not table.exists():
        return []
    found: dict[tuple[date, str], Override] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise _at(
                table, 1, Text(f"các cột phải là {', '.join(_COLUMNS)}", f"the columns are {', '.join(_COLUMNS)}")
            )
        for row in rows:
            try:
                override = parse_override(row)
            except WorktimeError as error:
                raise _at(table, rows.line_num, Text(error.vi, error.en)) from error
            if found.setdefault((override.on, override.calendar), override) is not override:
                raise _at(table, rows.line_num, Text("ngày này đã có ở trên", "the day is already there"))
    return list(found.values())


def parse_override(row: Mapping[str, str | None]) -> Override:
    """
    One decided day from a row of `holidays.csv` by column names.

    :raises CalendarError: a cell is empty or not what its column holds
    """
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    for name in ("calendar", "reason_vi", "reason_en", "source"):
        if not cells[name]:
            raise CalendarError(f"cột {name} để trống.", f"the column {name} is empty.")
    kind = cells["kind"]
    if kind not in {"off", "worked"}:
        raise CalendarError(f"kind là “{kind}”: chỉ có off hoặc worked.", f"kind is “{kind}”: it is off or worked.")
    if kind == "worked" and not (cells["instead_of"] or cells["sessions"]):
        raise CalendarError(
            "ngày làm việc phải ghi làm bù cho ngày nào (instead_of) hoặc giờ nào (sessions).",
            "a worked day says for which day it is worked (instead_of) or at what hours (sessions).",
        )
    if kind == "off" and (cells["instead_of"] or cells["sessions"]):
        raise CalendarError("ngày nghỉ không có instead_of hay sessions.", "a day off has no instead_of or sessions.")
    return Override(
        on=_date(cells["date"]),
        kind=cast('Literal["off", "worked"]', kind),
        calendar=cells["calendar"],
        reason=Text(cells["reason_vi"], cells["reason_en"]),
        source=cells["source"],
        instead_of=_date(cells["instead_of"]) if cells["instead_of"] else None,
        sessions=parse_sessions(cells["sessions"].split()),
    )


def _tables(toml: Path) -> list[Mapping[str, Any]]:
    if not toml.exists():
        return []
    try:
        tables: list[Mapping[str, Any]] = tomllib.loads(toml.read_text(encoding="utf-8")).get("calendar", [])
    except tomllib.TOMLDecodeError as error:
        raise _at(toml, 0, Text(f"TOML sai cú pháp: {error}", f"not valid TOML: {error}")) from error
    return tables


def _check_table(table: Mapping[str, Any]) -> None:
    missing = {"code", "version", "name", "week", "source"} - set(table)
    if missing:
        code, lacking = table.get("code", "?"), ", ".join(sorted(missing))
        raise CalendarError(
            f"calendars.toml: lịch “{code}” thiếu {lacking}.", f"calendars.toml: the calendar “{code}” lacks {lacking}."
        )


def _calendar(code: str, versions: Sequence[Mapping[str, Any]], overrides: Sequence[Override]) -> Calendar:
    newest = max(versions, key=lambda table: str(table["version"]))
    decided = [_date(str(table["decided_until"])) for table in versions if "decided_until" in table]
    name = Text(str(newest["name"]["vi"]), str(newest["name"]["en"]))
    weeks = [_week(table) for table in versions]
    return Calendar(code, name, weeks, overrides, decided_until=max(decided, default=None))


def _week(table: Mapping[str, Any]) -> Week:
    try:
        return parse_week(_date(str(table["version"])), table["week"], table.get("reception_only", ()))
    except WorktimeError as error:
        where = f"calendars.toml, {table['code']} {table['version']}"
        raise CalendarError(f"{where}: {error.vi}", f"{where}: {error.en}") from error


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise CalendarError(
            f"“{written}” không phải là ngày: viết như 2026-08-22.", f"“{written}” is not a day: write 2026-08-22."
        ) from error


def _at(path: Path, row: int, message: Text) -> CalendarError:
    vi = f", dòng {row}" if row else ""
    en = f", row {row}" if row else ""
    return CalendarError(f"{path.name}{vi}: {message.vi}", f"{path.name}{en}: {message.en}")
