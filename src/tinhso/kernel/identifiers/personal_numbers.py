"""The twelve-digit personal number with its hints about the holder, and the nine-digit identity card before it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from tinhso.kernel.identifiers.errors import NotReadable

# Provinces as they were numbered when people were registered: all 63 of before 2025-07-01. A merger changes no number.
_PROVINCES = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 "
    "60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
)
BIRTH_PROVINCES = frozenset(f"0{code}" for code in _PROVINCES.split())
_FIRST_FOREIGN_CODE = 100
Sex = Literal["male", "female"]


class PersonalNumberWarning(StrEnum):
    """Why a number may be mistyped. Sex is re-determined and registers err, so a warning never blocks."""

    SEX_DIFFERS = "sex_differs"
    BIRTH_YEAR_DIFFERS = "birth_year_differs"
    BIRTHPLACE_UNKNOWN = "birthplace_unknown"
    CENTURY_TO_COME = "century_to_come"


WARNING_TEXTS: dict[PersonalNumberWarning, tuple[str, str]] = {
    PersonalNumberWarning.SEX_DIFFERS: (
        "Giới tính trong số định danh khác giới tính đã khai. Hãy xem lại.",
        "The personal number tells another sex than the one declared. Please look again.",
    ),
    PersonalNumberWarning.BIRTH_YEAR_DIFFERS: (
        "Năm sinh trong số định danh khác ngày sinh đã khai. Hãy xem lại.",
        "The personal number tells another year of birth than the one declared. Please look again.",
    ),
    PersonalNumberWarning.BIRTHPLACE_UNKNOWN: (
        "Ba chữ số đầu không phải mã tỉnh hay mã nước đã biết. Hãy xem lại.",
        "The first three digits are no known province or country. Please look again.",
    ),
    PersonalNumberWarning.CENTURY_TO_COME: (
        "Chữ số thứ tư chỉ một thế kỷ chưa tới. Hãy xem lại.",
        "The fourth digit tells a century still to come. Please look again.",
    ),
}


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """
    Số định danh cá nhân: place of birth registration (3), century and sex (1), year (2), random (6). No check digit.

    Source: NĐ 137/2015/NĐ-CP Điều 13.
    """

    digits: str

    @property
    def birthplace(self) -> str:
        """Code of the province (001 to 096) or the country where the birth was registered."""
        return self.digits[:3]

    @property
    def sex(self) -> Sex:
        """What the fourth digit says: even male, odd female."""
        return "female" if int(self.digits[3]) % 2 else "male"

    @property
    def birth_year(self) -> int:
        """Year of birth: 0 and 1 count from 1900, 2 and 3 from 2000, and so on."""
        return 1900 + int(self.digits[3]) // 2 * 100 + int(self.digits[4:6])

    @property
    def masked(self) -> str:
        """The number for pages where the whole of it is not needed: the last three digits stay."""
        return "•" * 9 + self.digits[-3:]

    def __str__(self) -> str:
        """The twelve digits."""
        return self.digits

    def warnings(self, *, birth_on: date | None = None, sex: Sex | None = None) -> tuple[PersonalNumberWarning, ...]:
        """What does not fit what else is declared; empty when all is well or nothing is known."""
        foreign = int(self.birthplace) >= _FIRST_FOREIGN_CODE
        doubts = {
            PersonalNumberWarning.SEX_DIFFERS: sex is not None and sex != self.sex,
            PersonalNumberWarning.BIRTH_YEAR_DIFFERS: birth_on is not None and birth_on.year != self.birth_year,
            PersonalNumberWarning.BIRTHPLACE_UNKNOWN: not foreign and self.birthplace not in BIRTH_PROVINCES,
            PersonalNumberWarning.CENTURY_TO_COME: self.birth_year >= 2100,
        }
        return tuple(doubt for doubt, holds in doubts.items() if holds)


@dataclass(frozen=True, slots=True)
class OldIdentityCard:
    """Chứng minh nhân dân of nine digits: no longer issued, still found in older papers."""

    digits: str

    def __str__(self) -> str:
        """The nine digits."""
        return self.digits


def parse_personal_number(text: str) -> PersonalNumber:
    """
    Read a personal number; spaces, dots and dashes between the digits are forgiven.

    :raises NotReadable: it does not have twelve digits
    """
    digits = _digits(text)
    if not re.fullmatch(r"\d{12}", digits, re.ASCII):
        raise NotReadable("Số định danh cá nhân gồm 12 chữ số.", "A personal number has 12 digits.")
    return PersonalNumber(digits)


def parse_identity_number(text: str) -> PersonalNumber | OldIdentityCard:
    """
    Read what stands on an identity paper, of today (12 digits) or of before (9).

    :raises NotReadable: it has neither length
    """
    digits = _digits(text)
    if re.fullmatch(r"\d{9}", digits, re.ASCII):
        return OldIdentityCard(digits)
    if not re.fullmatch(r"\d{12}", digits, re.ASCII):
        raise NotReadable(
            "Số giấy tờ gồm 12 chữ số (căn cước, số định danh) hoặc 9 chữ số (chứng minh nhân dân cũ).",
            "An identity number has 12 digits, or 9 on an old identity card.",
        )
    return PersonalNumber(digits)


def _digits(text: str) -> str:
    """The text without what people put between digits."""
    return re.sub(r"[\s.\-]", "", text)
