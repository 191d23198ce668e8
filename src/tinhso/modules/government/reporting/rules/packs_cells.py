"""Reading the template of a regime: sheets, columns and rows with what their cells are, single cells, checks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from tinhso.kernel.flow import Text
from tinhso.kernel.flow.tables import Table
from tinhso.modules.government.reporting.rules.deriving import SOURCES, is_known_source
from tinhso.modules.government.reporting.rules.templates import (
    ADD,
    APART,
    DIVIDE,
    MEAN,
    OPERATIONS,
    RECEIVER,
    REPORTER,
    SHARE,
    TEXT,
    VALUE_KINDS,
    WAYS_UP,
    WHOLE,
    YES_NO,
    Cell,
    Column,
    Comparison,
    Derivation,
    Formula,
    Row,
    Sheet,
    Template,
    find_circles,
    find_optional,
)
from tinhso.modules.government.reporting.rules.wording import said

VALUE: Final = "value"
SIGNS: Final = ("=", "<=", ">=")
ONLY_COLUMN: Final = Column(VALUE, Text("Số liệu", "Figure"))
Parts = dict[str, Any]


class _Grid:
    """The sheets being read: which rows and columns there are, and what each says of its cells."""

    def __init__(self) -> None:
        self.names: dict[str, Text] = {}
        self.columns: dict[str, dict[str, tuple[Column, Parts]]] = {}
        self.rows: dict[str, dict[str, tuple[Row, Parts, tuple[str, ...]]]] = {}
        self.places: dict[str, Table] = {}

    def sheet_of(self, row: Table) -> str:
        """The sheet that a column or row belongs to: the first where it names none."""
        found = row.string("sheet", next(iter(self.names)))
        if found not in self.names:
            row.problems.append(said("unknown_sheet", (*row.place, "sheet"), value=found))
            return next(iter(self.names))
        return found


def read_template(whole: Table) -> Template:
    """What the file says is asked for."""
    grid = _Grid()
    for table in whole.tables("sheet"):
        grid.names[table.code("code")] = table.text("name")
        table.close()
    grid.names = grid.names or {"main": Text()}
    for table in whole.tables("column"):
        _column(grid, table)
    for table in whole.tables("row"):
        _row(grid, table)
    cells = _cells(grid, whole)
    template = Template(
        sheets=tuple(_sheet(grid, code, name) for code, name in grid.names.items()),
        cells=cells,
        comparisons=tuple(each for table in whole.tables("check") for each in _comparisons(table, cells)),
        change=whole.amount("change") if "change" in whole.values else None,
    )
    for key in find_circles(cells):
        whole.problems.append(said("circle", (*grid.places[key.partition(".")[0]].place, "formula"), value=key))
    for key, other in find_optional(cells).items():
        place = grid.places[key.partition(".")[0]].place
        whole.problems.append(said("optional_part", (*place, "required"), value=key, other=other))
    return template


def _sheet(grid: _Grid, code: str, name: Text) -> Sheet:
    columns = tuple(column for column, _ in grid.columns.get(code, {VALUE: (ONLY_COLUMN, {})}).values())
    return Sheet(code, name, columns, tuple(row for row, _, _ in grid.rows.get(code, {}).values()))


def _column(grid: _Grid, table: Table) -> None:
    sheet = grid.sheet_of(table)
    column = Column(table.code("code"), table.text("name"), table.text("group", None), table.text("note", None))
    if column.code in grid.columns.setdefault(sheet, {}):
        table.problems.append(said("said_twice", (*table.place, "code"), value=column.code))
    grid.columns[sheet][column.code] = (column, _parts(table))
    grid.places[f".{column.code}"] = table
    table.close()


def _row(grid: _Grid, table: Table) -> None:
    sheet = grid.sheet_of(table)
    row = Row(
        table.code("code"),
        table.text("name"),
        table.string("number", ""),
        table.whole("depth"),
        table.text("note", None),
    )
    if any(row.code in rows for rows in grid.rows.values()):
        table.problems.append(said("said_twice", (*table.place, "code"), value=row.code))
    known = tuple(grid.columns.get(sheet, {VALUE: None}))
    chosen = table.strings("columns", [])
    for code in set(chosen) - {*known}:
        table.problems.append(said("unknown_column", (*table.place, "columns"), value=code))
    grid.rows.setdefault(sheet, {})[row.code] = (
        row,
        _parts(table),
        tuple(code for code in chosen if code in known) or known,
    )
    grid.places[row.code] = table
    table.close()


def _parts(table: Table) -> Parts:
    """What a column, a row or a cell says of cells; only what is written."""
    found: Parts = {}
    choices = {"kind": VALUE_KINDS, "up": WAYS_UP, "filled_by": (REPORTER, RECEIVER)}
    for name, known in choices.items():
        if name in table.values:
            found[name] = table.string(name)
            if found[name] not in known:
                table.problems.append(
                    said("unknown_value", (*table.place, name), value=found.pop(name), known=", ".join(known))
                )
    readers: dict[str, Callable[[str], Any]] = {
        "unit": table.text,
        "decimals": table.whole,
        "weight": table.string,
        "least": table.amount,
        "most": table.amount,
    }
    found |= {name: read(name) for name, read in readers.items() if name in table.values}
    if "required" in table.values:
        found["required"] = table.yes("required", default=True)
    if formula := table.table("formula", None):
        found["formula"] = _formula(formula)
    if derived := table.table("derived", None):
        found["derived"] = _derivation(derived)
    return found


def _formula(table: Table) -> Formula:
    times = table.amount("times") if "times" in table.values else None
    operation = next((each for each in OPERATIONS if each in table.values), ADD)
    of = table.strings(operation, None) or ()
    table.close()
    if (operation == DIVIDE and len(of) != 2) or (operation != ADD and len(of) < 2) or not of:
        table.problems.append(said("wrong_ratio", table.place))
    return Formula(operation, of) if times is None else Formula(operation, of, times)


def _derivation(table: Table) -> Derivation:
    found = Derivation(table.string("source"), table.string("part", VALUE))
    if not is_known_source(found.source):
        table.problems.append(
            said("unknown_derivation", (*table.place, "source"), value=found.source, known=", ".join(SOURCES))
        )
    table.close()
    return found


def _cells(grid: _Grid, whole: Table) -> dict[str, Cell]:
    own: dict[str, tuple[Table, Parts]] = {}
    for table in whole.tables("cell"):
        own[table.string("key")] = (table, _parts(table))
        table.close()
    cells: dict[str, Cell] = {}
    for sheet, rows in grid.rows.items():
        columns = grid.columns.get(sheet, {VALUE: (ONLY_COLUMN, {})})
        for code, (_named, of_row, chosen) in rows.items():
            for column in chosen:
                key = f"{code}.{column}"
                single = own.pop(key, (None, {}))[1]
                parts = _placed(columns[column][1], code, "") | _placed(of_row, "", column) | single
                if parts.get("kind") in {TEXT, YES_NO} and "formula" not in of_row | single:
                    parts.pop("formula", None)  # what a column works out of others stops at a row of words
                cells[key] = _cell(key, parts)
    for key, (table, _parts_of) in own.items():
        whole.problems.append(said("unknown_cell", (*table.place, "key"), value=key))
    for cell in cells.values():
        of_its_row, of_its_column = grid.places.get(cell.row, whole), grid.places.get(f".{cell.column}")
        by_column = of_its_column is not None and "formula" not in of_its_row.values
        _check_names(cell, cells, of_its_column if by_column and of_its_column else of_its_row)
    return cells


def _placed(parts: Parts, row: str, column: str) -> Parts:
    """What a column (or a row) says of its cells, its formula's bare names made cells of the same row (or column)."""
    formula: Formula | None = parts.get("formula")
    if formula is None:
        return parts
    of = tuple(each if "." in each else f"{row or each}.{column or each}" for each in formula.of)
    return parts | {"formula": Formula(formula.operation, of, formula.times)}


def _cell(key: str, parts: Parts) -> Cell:
    row, _dot, column = key.partition(".")
    kind = parts.get("kind", WHOLE)
    is_words = kind in {TEXT, YES_NO}
    usual: Parts = {"decimals": 1 if kind in {SHARE, "decimal"} else 0}
    if is_words:
        usual |= {"up": APART, "least": None, "required": False}
    return Cell(key=key, row=row, column=column, **(usual | parts))


def _check_names(cell: Cell, cells: Mapping[str, Cell], table: Table) -> None:
    """That what a cell names is there and is a number."""
    named = [*(cell.formula.of if cell.formula else ()), *([cell.weight] if cell.up == MEAN and cell.weight else [])]
    for key in named:
        other = cells.get(key)
        if other is None:
            table.problems.append(said("unknown_cell", (*table.place, "formula"), value=key))
        elif not other.is_number:
            table.problems.append(said("words_added", (*table.place, "formula"), value=key))


def _comparisons(table: Table, cells: Mapping[str, Cell]) -> Iterator[Comparison]:
    """
    The comparisons of one [[check]]: of full keys `row.column` as they stand; of rows for each column, of `.columns` for each row.
    """
    left, right = table.strings("left"), table.strings("right")
    name, is_warning, sign = table.text("name"), table.yes("warning", default=False), table.string("is", "=")
    if sign not in SIGNS:
        table.problems.append(said("unknown_value", (*table.place, "is"), value=sign, known=" ".join(SIGNS)))
        sign = "="
    table.close()
    found = [(_keys(left, row, column), _keys(right, row, column)) for row, column in _spread((*left, *right), cells)]
    whole = [(one, other) for one, other in found if all(key in cells for key in (*one, *other))]
    if not whole:
        table.problems.append(said("unknown_cell", table.place, value=", ".join((*left, *right))))
    for one, other in whole:
        if words := [key for key in (*one, *other) if not cells[key].is_number]:
            table.problems.append(said("words_added", table.place, value=words[0]))
        else:
            yield Comparison(one, sign, other, name, is_warning)


def _spread(names: Iterable[str], cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    """For which row and column a comparison is made: once, for each row, or for each column without a formula."""
    names = tuple(names)
    if all("." in each.lstrip(".") or not each for each in names):
        return [("", "")]
    if all(each.startswith(".") for each in names):
        return [(row, "") for row in dict.fromkeys(cell.row for cell in cells.values())]
    return [("", column) for column in dict.fromkeys(cell.column for cell in cells.values())]


def _keys(names: Iterable[str], row: str, column: str) -> tuple[str, ...]:
    return tuple(
        f"{row}{each}" if each.startswith(".") else each if "." in each else f"{each}.{column}" for each in names
    )
