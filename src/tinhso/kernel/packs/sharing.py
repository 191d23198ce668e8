"""What several procedures or forms share: states and steps of a flow, pages of a form, under what each says itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.tables import Table
from tinhso.kernel.packs.wording import problem

Row = Mapping[str, Any]
Rows = Sequence[Row]
ENDS = ("start", "final", "effects")
SHARED = ("extension", "sources")
LISTS = ("state", "step", "page")
WAYS = ("like", "without", "before")


@dataclass(frozen=True, slots=True)
class Shared:
    """A flow, or a form, as its file says it."""

    code: str
    version: date
    path: Path
    table: Row


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file a row was written in, and which row it is there."""

    path: Path
    row: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A table with what it shares put in, and where each of its rows was written."""

    table: Row
    path: Path
    origins: Mapping[str, tuple[Origin, ...]]

    def locate(self, place: Place) -> tuple[Path, Place]:
        """The file and the place in it of a place in the whole table."""
        rows = self.origins.get(str(place[0]), ()) if len(place) > 1 else ()
        if not (rows and isinstance(place[1], int)):
            return self.path, place
        origin = rows[place[1]]
        return origin.path, (place[0], origin.row, *place[2:])


def read_shared(table: Row, path: Path, problems: list[Problem]) -> Shared:
    """What a file shares; what it lacks is added to `problems`."""
    head = Table({key: table.get(key) for key in ("code", "version") if key in table}, problems)
    return Shared(head.code("code"), head.day("version"), path, table)


def with_shared(table: Row, path: Path, shared: Sequence[Shared], problems: list[Problem], depth: int = 0) -> Whole:
    """
    The table with the flow (or form) it is `like`: rows of the same code (a step: of the same act and source) are put
    over the shared ones key by key, others are added (before the row named by `before`), and what `without` names is
    left out.

    What is shared is the newest that is not later than the table's version; it may itself be like another.
    """
    own = {name: list(_own_rows(table, name, path)) for name in LISTS}
    flow = table.get("flow")
    asked = flow if isinstance(flow, Mapping) else table
    place: Place = ("flow",) if isinstance(flow, Mapping) else ()
    like = asked.get("like")
    found = _newest(shared, like, table.get("version")) if like else None
    if found is None or depth > len(shared):
        if like:
            problems.append(problem("unknown_shared", (*place, "like"), flow=like))
        return _whole(table, path, own) if depth else Whole(table, path, {})
    below = with_shared(found.table, found.path, shared, problems, depth + 1)
    without, before = tuple(asked.get("without", ())), asked.get("before", "")
    known = {row.get(key) for name in LISTS for row in below.table.get(name, ()) for key in ("code", "act")}
    problems += [
        problem("unknown_shared_part", (*place, key), flow=like, part=each)
        for key, parts in (("without", without), ("before", (before,) if before else ()))
        for each in parts
        if each not in known
    ]
    rows = {name: list(_put_over(_left(_rows_of(below, name), without), own[name], before)) for name in LISTS}
    ends = {key: below.table[key] for key in ENDS if key in below.table}
    given = {key: below.table[key] for key in SHARED if key in below.table}
    said = {key: value for key, value in asked.items() if key not in WAYS}
    if place:
        return _whole({**given, **table, "flow": {**ends, **said}}, path, rows)
    return _whole({**ends, **given, **said}, path, rows)


def _rows_of(whole: Whole, name: str) -> list[tuple[Row, Origin]]:
    return list(zip(whole.table.get(name, ()), whole.origins[name], strict=True))


def _whole(table: Row, path: Path, rows: Mapping[str, list[tuple[Row, Origin]]]) -> Whole:
    lists = {name: [row for row, _ in rows[name]] for name in LISTS if rows[name] or name in table}
    return Whole({**table, **lists}, path, {name: tuple(origin for _, origin in rows[name]) for name in LISTS})


def _newest(shared: Sequence[Shared], code: Any, version: Any) -> Shared | None:
    until = str(version)
    fitting = [each for each in shared if each.code == code and each.version.isoformat() <= until]
    return max(fitting, key=lambda each: each.version, default=None)


def _own_rows(table: Row, name: str, path: Path) -> Iterator[tuple[Row, Origin]]:
    """The rows a file says itself; a step from several states is one row for each."""
    rows = table.get(name, ())
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        source = row.get("source") if isinstance(row, Mapping) else None
        for each in source if isinstance(source, list) else (source,):
            yield ({**row, "source": each} if isinstance(source, list) else row), Origin(path, number)


def _left(rows: list[tuple[Row, Origin]], without: tuple[str, ...]) -> list[tuple[Row, Origin]]:
    """Rows that are wanted: neither named themselves nor steps into or out of a state that is left out."""
    return [
        (row, origin)
        for row, origin in rows
        if not {row.get(key) for key in ("code", "act", "source", "target")} & set(without)
    ]


def _put_over(
    under: list[tuple[Row, Origin]], own: list[tuple[Row, Origin]], before: str
) -> Iterator[tuple[Row, Origin]]:
    said = {_key(row): (row, origin) for row, origin in own}
    shared = {_key(row) for row, _ in under}
    new = [pair for pair in own if _key(pair[0]) not in shared]
    for row, origin in under:
        if before and before in {row.get("code"), row.get("act")}:
            yield from new
            new = []
        over = said.get(_key(row))
        yield ({**row, **over[0]}, over[1]) if over else (row, origin)
    yield from new


def _key(row: Row) -> tuple[Any, Any]:
    return row.get("code") or row.get("act"), row.get("source")
