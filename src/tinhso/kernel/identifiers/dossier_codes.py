"""Dossier codes: agency, reception day and number of the day, written by the rule in force when they were issued."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from tinhso.kernel.identifiers.errors import NotReadable

LAST_SEQUENCE = 99_999

_AGENCY = re.compile(r"[A-Z]\d{2}(?:\.[0-9A-Z]{2}){0,2}|[A-Z]\d{2}(?:\.[0-9A-Z]{2}){2}\.[0-9A-Z]{3}", re.ASCII)
_AGENCY_NARROW_FIRST = re.compile(r"([0-9A-Z]{3})\.([0-9A-Z]{2})\.([0-9A-Z]{2})\.([A-Z]\d{2})", re.ASCII)
# Four figures, or five from 10,000 on: never a five-figure number with a nought in front, so each has one form.
_CODE = re.compile(r"(?P<agency>[0-9A-Z.]{3,35})-(?P<day>\d{6})-(?P<sequence>\d{4}|[1-9]\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DossierCodeRule:
    """
    One version of the rule that writes dossier codes.

    `template` takes agency, day and sequence; `write_agency` turns "H37.15.02" into the order the rule wants.
    """

    code: str
    template: str
    write_agency: Callable[[str], str]
    source: str


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code taken apart; `agency` always stands broad first ("H37.15.02"), whichever way it was written."""

    agency: str
    received_on: date
    sequence: int
    rule: DossierCodeRule

    def __str__(self) -> str:
        """The code as issued."""
        return format_dossier_code(self.agency, self.received_on, self.sequence, rule=self.rule)


def narrow_first(agency: str) -> str:
    """The agency as QCVN 102:2016 writes it, from the smallest part to the province: "000.02.15.H37"."""
    broad, *parts = agency.split(".")
    parts += ["00", "00", "000"][len(parts) :]
    return ".".join([*reversed(parts), broad])


def broad_first(agency: str) -> str:
    """The agency as QĐ 20/2020/QĐ-TTg writes it, from the province down: "H37.15.02"; unchanged when it stands so."""
    match = _AGENCY_NARROW_FIRST.fullmatch(agency)
    if match is None:
        return agency
    third, second, first, broad = match.groups()
    parts = [broad, first, second, third]
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return ".".join(parts)


RULE_2018 = DossierCodeRule(
    code="tt-01-2018",
    template="{agency}-{day:%y%m%d}-{sequence:04d}",
    write_agency=narrow_first,
    source="TT 01/2018/TT-VPCP, Điều 19, với mã cơ quan theo QCVN 102:2016/BTTTT",
)
RULE_2020 = DossierCodeRule(
    code="qd-20-2020",
    template="{agency}-{day:%y%m%d}-{sequence:04d}",
    write_agency=broad_first,
    source="Mã cơ quan theo QĐ 20/2020/QĐ-TTg, sửa bởi QĐ 09/2025/QĐ-TTg; chưa đối chiếu nguyên văn TT 03/2025/TT-VPCP",
)
DOSSIER_CODE_RULES = (RULE_2018, RULE_2020)


def format_dossier_code(agency: str, received_on: date, sequence: int, *, rule: DossierCodeRule = RULE_2020) -> str:
    """
    Write a dossier code.

    The law gives the number of the day four figures. A day with more than 9,999 dossiers at one agency goes on with
    five figures, 10000 to 99999, so that codes stay distinct and no sequence starts again.

    :param agency: agency code in either order, "H37.15.02" or "000.02.15.H37"
    :param received_on: day of reception in Vietnam
    :param sequence: number of the day at the agency, from 1
    :raises ValueError: the agency code is malformed, or the sequence is not between 1 and 99,999
    """
    broad = _checked_agency(agency)
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise ValueError(f"Số thứ tự hồ sơ trong ngày phải từ 1 đến {LAST_SEQUENCE}, không phải {sequence}")
    return rule.template.format(agency=rule.write_agency(broad), day=received_on, sequence=sequence)


def parse_dossier_code(text: str) -> DossierCode:
    """
    Read a dossier code of either rule; spaces and small letters are forgiven.

    :raises NotReadable: it is no dossier code, or its day does not exist
    """
    match = _CODE.fullmatch("".join(text.split()).upper())
    if match is None:
        raise NotReadable(
            "Mã hồ sơ có dạng H37.15.02-260721-0042 hoặc 000.02.15.H37-260721-0042.",
            "A dossier code looks like H37.15.02-260721-0042 or 000.02.15.H37-260721-0042.",
        )
    rule = RULE_2018 if _AGENCY_NARROW_FIRST.fullmatch(match["agency"]) else RULE_2020
    sequence = int(match["sequence"])
    if not sequence:
        raise NotReadable("Số thứ tự trong mã hồ sơ bắt đầu từ 0001.", "The sequence in a dossier code begins at 0001.")
    return DossierCode(_checked_agency(match["agency"]), _day(match["day"]), sequence, rule)


def _checked_agency(agency: str) -> str:
    """The agency, broad first, when it has the form of one."""
    broad = broad_first(agency)
    if not _AGENCY.fullmatch(broad):
        raise NotReadable(
            "Mã cơ quan có dạng H37, H37.15 hoặc H37.15.02.", "An agency code looks like H37, H37.15 or H37.15.02."
        )
    return broad


def _day(figures: str) -> date:
    """The day behind "260721"; codes exist only in this century."""
    try:
        return datetime.strptime(f"20{figures}", "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        raise NotReadable(
            f"Ngày {figures} (năm, tháng, ngày) trong mã hồ sơ không có thật.",
            f"There is no such day as {figures} (year, month, day) in a dossier code.",
        ) from None
