"""Tax codes of enterprises, their branches, and persons."""

import re
from dataclasses import dataclass

from tinhso.kernel.identifiers.errors import NotReadable

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class TaxCode:
    """Mã số thuế: `root` of ten digits (the tenth checks the rest) or a personal number; `branch` from 001, or none."""

    root: str
    branch: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether a personal number serves as tax code, as it does for persons and households from 2025-07-01."""
        return len(self.root) == 12

    def __str__(self) -> str:
        """The code as it is printed: "0100109106" or "0100109106-001"."""
        return f"{self.root}-{self.branch}" if self.branch else self.root


def parse_tax_code(text: str) -> TaxCode:
    """
    Read a tax code: ten digits, ten and three, or a personal number of twelve (TT 86/2024/TT-BTC).

    :raises NotReadable: the length is another, the check digit is wrong, or the branch is 000
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{10}|\d{12}|\d{13}", digits, re.ASCII):
        raise NotReadable(
            "Mã số thuế gồm 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc số định danh 12 chữ số.",
            "A tax code has 10 digits, 13 for a branch, or is a personal number of 12.",
        )
    if len(digits) == 12:
        return TaxCode(digits)
    root, branch = digits[:10], digits[10:]
    if check_digit(root[:9]) != root[9]:
        raise NotReadable(
            "Mã số thuế có chữ số sai: chữ số thứ mười không khớp chín chữ số đầu.",
            "A digit of the tax code is wrong: the tenth does not fit the first nine.",
        )
    if branch == "000":
        raise NotReadable(
            "Ba chữ số cuối của mã số thuế đơn vị phụ thuộc từ 001 đến 999.",
            "The last three digits of a branch's tax code run from 001 to 999.",
        )
    return TaxCode(root, branch)


def check_digit(first_nine: str) -> str | None:
    """The tenth digit that belongs to nine others; None where no code exists, since ten has no digit."""
    check = 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True)) % 11
    return str(check) if check < 10 else None
