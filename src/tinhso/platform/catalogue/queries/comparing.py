"""The texts of a procedure that can be laid side by side: versions of packs, versions of the portal's record."""

from datetime import date

from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.cases.queries import get_procedure
from tinhso.platform.catalogue.queries.records import NoSuchRecord, get_version, list_versions
from tinhso.platform.catalogue.rules.comparing import Part, Side, compare, side_of_pack, side_of_record

PACK, PORTAL = "pack", "portal"


def list_texts(code: str) -> list[tuple[str, date | None]]:
    """The keys of all texts of that code ("pack:2025-07-01", "portal:1") and from when each holds, newest first."""
    days = ProcedureVersion.objects.filter(code=code).order_by("-version").values_list("version", flat=True)
    texts: list[tuple[str, date | None]] = [(f"{PACK}:{day.isoformat()}", day) for day in days]
    try:
        return texts + [(f"{PORTAL}:{row.number}", row.effective_on) for row in list_versions(code)]
    except NoSuchRecord:
        return texts


def get_side(code: str, key: str, language: str) -> Side:
    """
    One text of that code.

    :raises LookupError: there is no such text
    """
    kind, _, number = key.partition(":")
    if key not in {text for text, _on in list_texts(code)}:
        raise NoSuchRecord(key)
    if kind == PACK:
        return side_of_pack(get_procedure(code, date.fromisoformat(number)), language)
    row = get_version(code, int(number))
    return side_of_record(row.text, row.number, row.effective_on, language)


def get_comparison(code: str, left: str, right: str, language: str) -> tuple[Side, Side, tuple[Part, ...]]:
    """Both texts and what differs. :raises LookupError: one of them is not there"""
    one, other = get_side(code, left, language), get_side(code, right, language)
    return one, other, compare(one, other)


def list_comparable(on: date) -> list[tuple[str, str, int]]:
    """Procedures of which there is more than one text: code, name in the newest pack, how many texts."""
    codes = ProcedureVersion.objects.filter(version__lte=on).order_by("code", "-version").distinct("code")
    rows = [(row.code, get_procedure(row.code, row.version).name.vi) for row in codes]
    return [(code, name, count) for code, name in rows if (count := len(list_texts(code))) > 1]
