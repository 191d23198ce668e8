"""One cell as a spreadsheet holds it, and the value it stands for: numbers, percent, texts in Vietnamese writing, errors."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from tinhso.modules.government.reporting.rules.filling import NO, YES, NoValue, Value, fit_number, read_value
from tinhso.modules.government.reporting.rules.sheets import clean
from tinhso.modules.government.reporting.rules.templates import SHARE, TEXT, YES_NO, Cell

ERROR: Final = re.compile(r"#[A-Z0-9/!?]+")


@dataclass(frozen=True, slots=True)
class Raw:
    """One cell as the file holds it; `value` of a formula is what it gave when the file was saved."""

    value: Any = None
    is_formula: bool = False
    is_percent: bool = False
    is_merged: bool = False


def read_raw(cell: Cell, raw: Raw) -> Value | None:
    """
    The value in one cell of a file.

    :raises NoValue: an error of the spreadsheet, a formula that was never reckoned, a day, or no value of its kind
    """
    value = raw.value
    if raw.is_formula and value is None:
        raise NoValue(
            "Công thức chưa được tính. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại, hoặc gõ số.",
            "The formula was never reckoned. Open the file in Excel or LibreOffice, save it, or type the number.",
        )
    if isinstance(value, str) and ERROR.fullmatch(value.strip()) and cell.kind != TEXT:
        raise NoValue(
            f"Ô báo lỗi {value.strip()[:12]}. Hãy gõ số.", f"The cell says {value.strip()[:12]}. Type a number."
        )
    if isinstance(value, datetime | date | time):
        raise NoValue(
            "Ô này chứa ngày giờ, không phải số. Hãy đặt lại định dạng ô là số rồi gõ lại.",
            "This cell holds a day, no number. Format it as a number and type it again.",
        )
    if cell.kind == YES_NO:
        return read_value(cell, _yes_or_no(value))
    if isinstance(value, bool):
        raise NoValue("Ô này ghi đúng/sai, cần ghi số.", "This cell says true or false; a number is needed.")
    if isinstance(value, int | float):
        number = _number(cell, value, is_percent=raw.is_percent)
        return (
            f"{number:f}" if cell.kind == TEXT else fit_number(cell, number)
        )  # never by way of a text: 1,125 is two numbers
    return read_value(cell, clean(str(value or "")))


def _yes_or_no(value: Any) -> str:
    """What people and programs write for yes and no."""
    if isinstance(value, bool | int | float):
        return "1" if value else "0"
    text = str(value or "").strip().lower()
    return "1" if text in YES | {"true()"} else "0" if text in NO | {"false()"} else text


def _number(cell: Cell, value: float, *, is_percent: bool) -> Decimal:
    """A number of a spreadsheet in the fifteen digits that are sure; a share that is shown in percent as such."""
    if not isfinite(value):
        raise NoValue("Ô này không phải là số (NaN). Hãy gõ số.", "This cell is no number (NaN). Type one.")
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if is_percent and cell.kind == SHARE:
        number *= 100
    return number
