"""Reading a sheet with one row a province and one column an index; headers may be codes, Vietnamese or English."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from tinhso.kernel.flow import Problem
from tinhso.kernel.vietnamese import fold
from tinhso.modules.insight.dti.rules.editions import COMPOSITE, Edition, MainIndex
from tinhso.modules.insight.dti.rules.merging import KEPT_PLACES
from tinhso.modules.insight.dti.rules.rounding import half_up, read_number
from tinhso.modules.insight.dti.rules.scoring import Row
from tinhso.modules.insight.dti.rules.wording import Said

Line = tuple[int, Sequence[Any]]  # its number as a spreadsheet shows it, and its cells

PROVINCE: Final = "province"
POPULATION: Final = "population"
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    PROVINCE: ("province", "tinh", "tinh thanh", "tinh thanh pho", "ten tinh", "dia phuong", "don vi", "name", "unit"),
    POPULATION: ("population", "dan so"),
    COMPOSITE: ("composite", "dti", "pdti", "dti index", "pdti index", "diem tong", "diem dti", "gia tri dti", "tong"),
}
MOST_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is understood: what it holds, its header as written, whether it gives points and not shares."""

    metric: str
    header: str
    place: int
    in_points: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds: its rows, and the headers that were not used."""

    rows: list[Row]
    ignored: list[str] = field(default_factory=list)


def plain(header: object) -> str:
    """A header without marks, capitals and signs between the words: "Tỉnh/Thành phố" is "tinh thanh pho"."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(str(header or "")).lower()).split())


def read_sheet(edition: Edition, lines: Sequence[Line]) -> Sheet:
    """
    The rows of a sheet for this edition.

    Values are shares of the maximum, 0 to 1 (or "85%"); a header that ends in "points" or "điểm" holds points.
    :raises Said: every column that is missing and every cell that cannot be used, each with row, column and remedy
    """
    filled = [line for line in lines if any(str(cell or "").strip() for cell in line[1])]
    if not filled:
        raise Said(Problem("dti_empty", "Tệp không có dòng nào.", "The file has no rows."))
    columns, ignored = _columns(edition, filled[0][1])
    problems = _missing(edition, columns)
    if len(filled) == 1:
        vi, en = (
            "Tệp chỉ có dòng tiêu đề; mỗi tỉnh là một dòng.",
            "The file has a header only; each province is one row.",
        )
        problems.append(Problem("dti_no_rows", vi, en))
    rows = [] if problems else [_row(edition, columns, line, problems) for line in filled[1:]]
    problems += _twice(rows)
    if problems:
        raise Said(*problems[:MOST_TOLD])
    return Sheet(rows, ignored)


def _columns(edition: Edition, headers: Sequence[Any]) -> tuple[dict[str, Column], list[str]]:
    """The columns by what they hold; of two that say the same the first counts."""
    known = names_of(edition)
    found: dict[str, Column] = {}
    ignored = []
    for place, header in enumerate(headers):
        said = plain(header)
        bare = re.sub(r" (points?|diem)$", "", said)
        metric = known.get(said) or known.get(bare)
        if metric and metric not in found:
            found[metric] = Column(metric, str(header).strip(), place, in_points=metric != known.get(said))
        elif said:
            ignored.append(str(header).strip())
    return found, ignored


def names_of(edition: Edition) -> dict[str, str]:
    """What each header means, by its plain form; indices go before pillars of the same name."""
    names = {name: metric for metric, all_names in NAMES.items() for name in all_names}
    for pillar in edition.pillars:
        names |= dict.fromkeys((plain(pillar.code), plain(pillar.name.vi), plain(pillar.name.en)), pillar.code)
    for index in edition.indices:
        names |= dict.fromkeys((plain(index.code), plain(index.name.vi), plain(index.name.en)), index.code)
    return names


def _missing(edition: Edition, columns: Mapping[str, Column]) -> list[Problem]:
    wanted = [(PROVINCE, "Tỉnh", "province")] if PROVINCE not in columns else []
    wanted += [(index.code, index.name.vi, index.code) for index in edition.scored if index.code not in columns]
    return [
        Problem(
            "dti_missing_column",
            f"Dòng 1: thiếu cột “{vi}” ({code}). Thêm một cột có tiêu đề “{vi}” hoặc “{code}”.",
            f"Row 1: the column “{en}” is missing. Add a column headed “{vi}” or “{code}”.",
        )
        for code, vi, en in wanted
    ]


def _row(edition: Edition, columns: Mapping[str, Column], line: Line, problems: list[Problem]) -> Row:
    number, cells = line
    name = _cell(columns[PROVINCE], cells)
    if not name:
        vi = f"Dòng {number}, cột “{columns[PROVINCE].header}”: trống. Ghi tên tỉnh, hoặc bỏ cả dòng."
        en = f"Row {number}, column “{columns[PROVINCE].header}”: empty. Write the province's name, or drop the row."
        problems.append(Problem("dti_no_name", vi, en))
    values = {}
    for index in edition.scored:
        if (value := _value(index, columns[index.code], line, problems)) is not None:
            values[index.code] = value
    return Row(name, values, _published(edition, columns, cells), _population(columns, line, problems), number)


def _value(index: MainIndex, column: Column, line: Line, problems: list[Problem]) -> Decimal | None:
    """The value of an index in a cell, as a share; None with a problem where it cannot be used."""
    number, cells = line
    text = _cell(column, cells)
    value = read_number(cells[column.place]) if text else None
    most = Decimal(index.max_points or 0) if column.in_points else Decimal(1)
    where_vi, where_en = f"Dòng {number}, cột “{column.header}”", f"Row {number}, column “{column.header}”"
    if not text:
        vi, en = (
            f"{where_vi}: trống. Ghi một số từ 0 đến {most}.",
            f"{where_en}: empty. Write a number from 0 to {most}.",
        )
    elif value is None:
        vi = f"{where_vi}: “{text}” không phải là số. Ghi một số như 0.8575."
        en = f"{where_en}: “{text}” is no number. Write one like 0.8575."
    elif not 0 <= value <= most:
        vi = f"{where_vi}: {text} nằm ngoài khoảng 0 đến {most}. Ghi phần đạt được (0.8575 hoặc 85,75%); điểm thì thêm “điểm” vào tiêu đề."
        en = f"{where_en}: {text} is outside 0 to {most}. Write the share (0.8575 or 85.75%); for points end the header in “points”."
    else:
        return half_up(Fraction(value) / int(most), KEPT_PLACES).normalize() if column.in_points and most else value
    problems.append(Problem("dti_wrong_value", vi, en))
    return None


def _published(edition: Edition, columns: Mapping[str, Column], cells: Sequence[Any]) -> dict[str, Decimal]:
    """What stands beside the indices: a printed composite and printed pillars, to compare with."""
    codes = [COMPOSITE, *(pillar.code for pillar in edition.pillars if edition.index(pillar.code) is None)]
    found = {code: read_number(cells[columns[code].place]) for code in codes if _has(columns.get(code), cells)}
    return {code: value for code, value in found.items() if value is not None}


def _population(columns: Mapping[str, Column], line: Line, problems: list[Problem]) -> int | None:
    column = columns.get(POPULATION)
    text = _cell(column, line[1]) if column else ""
    if not text:
        return None
    digits = re.sub(r"[ .,\u00a0]", "", text.removesuffix(".0"))
    if digits.isdecimal() and int(digits) > 0:
        return int(digits)
    header = column.header if column else ""
    vi = f"Dòng {line[0]}, cột “{header}”: “{text}” không phải là số dân. Ghi một số nguyên như 790000."
    en = f"Row {line[0]}, column “{header}”: “{text}” is no population. Write a whole number like 790000."
    problems.append(Problem("dti_wrong_population", vi, en))
    return None


def _has(column: Column | None, cells: Sequence[Any]) -> bool:
    return column is not None and bool(_cell(column, cells))


def _cell(column: Column, cells: Sequence[Any]) -> str:
    if column.place >= len(cells) or cells[column.place] is None:
        return ""
    return str(cells[column.place]).strip()


def _twice(rows: Sequence[Row]) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        key = plain(row.name)
        if key and key in first:
            vi = f"Dòng {row.line}: “{row.name}” đã có ở dòng {first[key]}. Mỗi tỉnh chỉ một dòng."
            en = f"Row {row.line}: “{row.name}” is already in row {first[key]}. One row for each province."
            found.append(Problem("dti_province_twice", vi, en))
        first.setdefault(key, row.line)
    return found
