"""Time limits as the law writes them: a number and one of six units, never turned into another unit."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, Literal, Self

from tinhso.kernel.worktime.texts import DurationError, Text, number_text, plural

Unit = Literal["minute", "hour", "working_hour", "day", "working_day", "month"]

UNITS: Final[dict[str, Text]] = {
    "minute": Text("phút", "minute"),
    "hour": Text("giờ", "hour"),
    "working_hour": Text("giờ làm việc", "working hour"),
    "day": Text("ngày", "day"),
    "working_day": Text("ngày làm việc", "working day"),
    "month": Text("tháng", "month"),
}
LARGEST: Final = 100_000

# Which numbers a unit may carry: hours to the hundredth, so that they stay whole seconds; a working day also by halves.
_GRAIN: Final[dict[str, Decimal]] = {
    "minute": Decimal(1),
    "hour": Decimal("0.01"),
    "working_hour": Decimal("0.01"),
    "day": Decimal(1),
    "working_day": Decimal("0.5"),
    "month": Decimal(1),
}
_GRAIN_TEXT: Final[dict[str, Text]] = {
    "0.01": Text("tối đa hai chữ số thập phân", "at most two decimals"),
    "0.5": Text("số nguyên hoặc nửa ngày (0.5)", "whole or half days (0.5)"),
    "1": Text("số nguyên", "a whole number"),
}
# No more than two decimals: `1.000 ngày` is a thousand to a Vietnamese eye and must not pass for one.
_SHAPE: Final = re.compile(r"\s*([+-]?[0-9]+(?:[.,][0-9]{1,2})?)\s*([^\d.,]+?)\s*")


@dataclass(frozen=True, slots=True, init=False)
class Duration:
    """
    A limit such as two working days or one month. Two limits are equal only in the same unit.

    The number may come as it stands in TOML or JSON. Only `0 working_day` may be zero: on the very day of receipt.

    :raises DurationError: the unit is unknown, or the number is not one this unit can carry
    """

    amount: Decimal
    unit: Unit

    def __init__(self, amount: Decimal | float | str, unit: str) -> None:
        if unit not in UNITS:
            raise _unknown_unit(str(unit))
        number = _number(str(amount))
        _check_amount(number, unit)
        object.__setattr__(self, "amount", number)
        object.__setattr__(self, "unit", unit)

    @classmethod
    def parse(cls, written: str) -> Self:
        """
        Read `2 working_day`, `0.5 working_day` or, in words, `2 ngày làm việc`.

        :raises DurationError: it is not a number followed by a unit, or see the class
        """
        match = _SHAPE.fullmatch(written)
        if match is None:
            raise DurationError(
                f"Không hiểu thời hạn “{written}”: viết một số rồi đơn vị, ví dụ “2 working_day”.",
                f"The limit “{written}” is not understood: write a number and a unit, such as “2 working_day”.",
            )
        return cls(match[1], _unit(match[2]))

    @property
    def text(self) -> Text:
        """The limit in words: `2 ngày làm việc`, `2 working days`."""
        unit = UNITS[self.unit]
        return Text(f"{number_text(self.amount).vi} {unit.vi}", plural(self.amount, unit.en))

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit}"


def _number(written: str) -> Decimal:
    try:
        number = Decimal(written.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        return number
    raise DurationError(f"“{written}” không phải là một số.", f"“{written}” is not a number.")


def _unit(written: str) -> str:
    wanted = " ".join(written.lower().replace("_", " ").split())
    for unit, words in UNITS.items():
        if wanted in {words.vi, words.en, words.en + "s"}:
            return unit
    raise _unknown_unit(written)


def _unknown_unit(written: str) -> DurationError:
    known = ", ".join(UNITS)
    return DurationError(
        f"Không có đơn vị thời hạn “{written}”: dùng một trong {known}.",
        f"There is no unit “{written}” for a limit: use one of {known}.",
    )


def _check_amount(amount: Decimal, unit: str) -> None:
    limit = f"{amount:f} {unit}" if abs(amount.adjusted()) < 12 else unit
    if amount < 0 or amount > LARGEST:
        raise DurationError(
            f"Thời hạn “{limit}” phải từ 0 đến {LARGEST}.", f"The limit “{limit}” must lie between 0 and {LARGEST}."
        )
    if amount == 0 and unit != "working_day":
        raise DurationError(
            f"Thời hạn “{limit}” bằng không: muốn trả ngay trong ngày thì viết “0 working_day”.",
            f"The limit “{limit}” is nothing: write “0 working_day” for a result on the same day.",
        )
    grain = _GRAIN[unit]
    if amount % grain:
        allowed = _GRAIN_TEXT[str(grain)]
        raise DurationError(
            f"Thời hạn “{limit}”: đơn vị {unit} chỉ nhận {allowed.vi}.",
            f"The limit “{limit}”: the unit {unit} takes {allowed.en} only.",
        )
