"""Exact numbers and the one way of rounding them: half up, at four places unless said otherwise."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

PLACES: Final = 4
TOLERANCE: Final = Decimal("0.0001")  # what rounded components may shift a printed sum by


def half_up(value: Fraction | Decimal | int, places: int = PLACES) -> Decimal:
    """
    The number at that many places, halves away from zero: 0.40965 is 0.4097, as it was published, and never 0.4096.

    It works on whole numbers, so no binary fraction comes near.
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def read_number(text: object) -> Decimal | None:
    """
    A number as people and sheets write it ("0.8575", "0,8575", 0.8575, "85,75%"), or None where it is none.

    A float of a sheet is read by its shortest digits, so 0.8575 is exactly that.
    """
    said = repr(text) if isinstance(text, float) else str(text).strip().replace("\u00a0", "").replace(" ", "")
    share = said.endswith("%")
    said = said.removesuffix("%")
    if "," in said and "." not in said:
        said = said.replace(",", ".")
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return number / 100 if share else number
