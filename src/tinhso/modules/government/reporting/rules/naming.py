"""What people call periods, days, values and units of reports, in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from tinhso.modules.government.reporting.rules.filling import Value
from tinhso.modules.government.reporting.rules.templates import Cell, Column, Row, Sheet, Template
from tinhso.platform.wording import day, number

ROMAN: Final = ("I", "II", "III", "IV")


def period_name(code: str) -> str:
    """How people call a period: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm 2026", "năm 2026", "01/11 đến 30/11/2026"."""
    if ".." in code:
        first, last = (datetime.fromisoformat(part).date() for part in code.split(".."))
        return _("%(first)s đến %(last)s") % {"first": day(first), "last": day(last)}
    year, _dash, part = code.partition("-")
    if not part:
        return _("năm %(year)s") % {"year": year}
    if part.startswith("Q"):
        return _("quý %(quarter)s/%(year)s") % {"quarter": ROMAN[int(part[1:]) - 1], "year": year}
    if part.startswith("H"):
        half = _("6 tháng đầu năm %(year)s") if part == "H1" else _("6 tháng cuối năm %(year)s")
        return half % {"year": year}
    if part.startswith("W"):
        return _("tuần %(week)s/%(year)s") % {"week": int(part[1:]), "year": year}
    return _("tháng %(month)s/%(year)s") % {"month": int(part), "year": year}


def days_name(first: date, last: date) -> str:
    """The days a report speaks of."""
    return _("số liệu từ %(first)s đến %(last)s") % {"first": day(first), "last": day(last)}


def value_text(cell: Cell, value: Value | None) -> str:
    """A value as people read it, without its unit; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, Decimal):
        return number(value, cell.decimals, cell.decimals if cell.kind == "share" else 0)
    return value


def unit_of_row(template: Template, sheet: Sheet, row: Row, language: str) -> str:
    """The unit that all cells of a row share; empty where they do not."""
    found = {
        cell.unit.in_language(language) for each in sheet.columns if (cell := template.cell_at(row.code, each.code))
    }
    return found.pop() if len(found) == 1 else ""


def unit_of_column(template: Template, sheet: Sheet, column: Column, language: str) -> str:
    """The unit that all cells of a column share, where the rows do not say it."""
    cells = [(row, cell) for row in sheet.rows if (cell := template.cell_at(row.code, column.code))]
    found = {cell.unit.in_language(language) for _row, cell in cells}
    said = all(unit_of_row(template, sheet, row, language) for row, _cell in cells)
    return found.pop() if len(found) == 1 and not said else ""
