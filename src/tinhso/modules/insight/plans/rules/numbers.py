"""Quantities as papers write them (at least 20, about 15, 5 to 10), numbers as people type them, and what meets what."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

EQUAL, AT_LEAST, ABOVE, BELOW, AT_MOST, ABOUT, RANGE = "=", ">=", ">", "<", "<=", "~", "range"
COMPARATORS: Final = (EQUAL, AT_LEAST, ABOVE, BELOW, AT_MOST, ABOUT, RANGE)
SIGNS: Final = {EQUAL: "", AT_LEAST: "≥ ", ABOVE: "> ", BELOW: "< ", AT_MOST: "≤ ", ABOUT: "≈ ", RANGE: ""}
HIGHER, LOWER = "higher", "lower"
ABOUT_MEANS: Final = Decimal("0.05")  # "about 15" is met from 14,25 on; ours, no text says how near is near
MOST_DIGITS, MOST_DECIMALS = 18, 6


class NoNumber(ValueError):
    """A text that is no number; the message says how one is written."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its comparator; `high` only for a range. :raises NoNumber: the two do not fit"""

    comparator: str
    low: Decimal
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.comparator not in COMPARATORS:
            raise NoNumber("Dấu so sánh phải là một trong " + " ".join(COMPARATORS), "The comparator is not known")
        if (self.comparator == RANGE) != (self.high is not None):
            raise NoNumber("Khoảng cần số đầu và số cuối; dấu khác chỉ có một số.", "Only a range has a second number.")
        if self.high is not None and self.high <= self.low:
            raise NoNumber("Số cuối của khoảng phải lớn hơn số đầu.", "A range must end above its beginning.")

    def bound(self, better: str) -> Decimal:
        """The number that has to be met, or that is surely so: of a range the end that is less good."""
        if self.high is not None:
            return self.low if better == HIGHER else self.high
        return self.low


def meets(value: Quantity, target: Quantity, better: str) -> bool:
    """
    Whether a value meets a target; where the words leave it open (nearly 80 against 80) it does not.

    Monotone: a better number never meets less.
    """
    sign = 1 if better == HIGHER else -1
    bound, number = target.bound(better), value.bound(better)
    if target.comparator == ABOUT:
        bound -= sign * abs(bound) * ABOUT_MEANS
    if number != bound:
        return (number - bound) * sign > 0
    worse, beyond = (BELOW, ABOVE) if better == HIGHER else (ABOVE, BELOW)
    if value.comparator == worse:
        return False
    return target.comparator != beyond or value.comparator == beyond


def is_worse(one: Quantity, other: Quantity, better: str) -> bool:
    """Whether the first is less good than the second."""
    first, second = one.bound(better), other.bound(better)
    return first < second if better == HIGHER else first > second


def read_number(text: str, *, whole: bool = False) -> Decimal:
    """
    The number somebody typed in Vietnamese or English writing: 116.000, 98,96, 98.96, 1.234,5.

    :param whole: the measure counts things, so 12.345 can only be twelve thousand
    :raises NoNumber: it is none, or 12.345 could be two numbers
    """
    typed = text.strip().replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if not re.fullmatch(r"-?[0-9][0-9.,]*", typed):
        raise NoNumber(f"“{text.strip()[:30]}” không phải là số.", f"“{text.strip()[:30]}” is no number.")
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", typed) and not whole:
        clear = typed.replace(".", "")
        raise NoNumber(
            f"“{typed}” có thể là hai số. Hãy viết {clear} hoặc {typed.replace('.', ',')}.",
            f"“{typed}” may be two numbers. Write {clear} or {typed.replace('.', ',')}.",
        )
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", typed):
        typed = typed.replace(".", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?", typed):
        typed = typed.replace(",", "")
    return exact_number(typed.replace(",", "."))


def exact_number(text: str) -> Decimal:
    """The number in plain decimal writing, within what is kept. :raises NoNumber: it is none, too long or too fine"""
    wrong = NoNumber(f"“{text[:30]}” không phải là số.", f"“{text[:30]}” is no number.")
    if not re.fullmatch(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", text):
        raise wrong
    try:
        number = Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern lets none through
        raise wrong from None
    if abs(number) >= Decimal(10) ** (MOST_DIGITS - MOST_DECIMALS) or _decimals(number) > MOST_DECIMALS:
        raise NoNumber(
            f"Số quá dài: nhiều nhất {MOST_DIGITS - MOST_DECIMALS} chữ số trước và {MOST_DECIMALS} sau dấu phẩy.",
            f"Too long: at most {MOST_DIGITS - MOST_DECIMALS} digits before and {MOST_DECIMALS} after the point.",
        )
    return number


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def plain(number: Decimal) -> str:
    """A number without zeros behind and without an exponent: 98.96, 116000."""
    return f"{number.normalize():f}"
