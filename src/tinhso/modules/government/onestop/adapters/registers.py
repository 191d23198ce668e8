"""A register as a file: a sheet written line by line, or a PDF/A joined from parts; neither is held in memory whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pikepdf
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from tinhso.kernel.worktime import VIETNAM

MOMENT: Final = "dd/mm/yyyy hh:mm"
LINES_OF_A_PART: Final = 400
Column = tuple[str, float]  # title, width in signs


def write_sheet(path: Path, heading: Sequence[str], columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """Write an xlsx file: the heading's lines, the titles of the columns, then the rows as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sổ theo dõi")
    sheet.freeze_panes = f"A{len(heading) + 2}"
    for number, (_title, width) in enumerate(columns):
        sheet.column_dimensions[_letter(number)].width = width
    for line in heading:
        sheet.append([_cell(sheet, line, bold=True)])
    sheet.append([_cell(sheet, title, bold=True) for title, _width in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(path)


def _cell(sheet: WriteOnlyWorksheet, value: Any, *, bold: bool = False) -> Any:
    """Text stays text, whatever it begins with: a name like "=1+1" is no formula."""
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=value.astimezone(VIETNAM).replace(tzinfo=None))
        cell.number_format = MOMENT
        return cell
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)
        return cell
    return value


def _letter(number: int) -> str:
    return chr(ord("A") + number)


def write_pdf(
    path: Path,
    fields: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]],
    draw: Callable[[Mapping[str, Any]], bytes],
) -> None:
    """Write a PDF/A: parts of 400 lines, each laid out by itself with its numbers going on, joined page by page."""
    first, pages = 1, 0
    with ExitStack() as opened:
        joined: pikepdf.Pdf | None = None
        for part in _parts(lines):
            drawn = path.with_suffix(f".{first}.pdf")
            drawn.write_bytes(draw({**fields, "lines": part, "first": first, "pages_before": pages}))
            read = opened.enter_context(pikepdf.open(drawn))
            pages += len(read.pages)
            if joined is None:
                joined = read
                _leave_out_tags(joined)
            else:
                joined.pages.extend(read.pages)
            first += len(part)
        if joined is not None:
            joined.save(path)


def _leave_out_tags(document: pikepdf.Pdf) -> None:
    """The tree of tags speaks of the first part alone; PDF/A at level b does without."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in document.Root:
            del document.Root[name]


def _parts(lines: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    part: list[Mapping[str, Any]] = []
    is_first = True
    for line in lines:
        part.append(line)
        if len(part) == LINES_OF_A_PART:
            yield part
            part, is_first = [], False
    if part or is_first:
        yield part
