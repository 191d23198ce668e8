"""Editions and lists of criteria as they were loaded."""

from collections.abc import Sequence

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.rules import Edition, Said, read_edition
from tinhso.modules.insight.dti.rules.criteria import FRAME, CriteriaList, frame_of, read_criteria


def get_editions() -> dict[str, Edition]:
    """Every edition by code, in the packs' order; one statement."""
    rows = models.Edition.objects.order_by("place").values_list("content", flat=True)
    return {edition.code: edition for edition in map(read_edition, rows)}


def get_edition(code: str) -> Edition:
    """The edition of that code. :raises LookupError: there is none"""
    found = get_editions().get(code)
    if found is None:
        raise LookupError(code)
    return found


def list_criteria(edition: Edition, provinces: Sequence[str] = ()) -> list[CriteriaList]:
    """The lists for an edition that a province may use: main indices only, those of the packs, its own ones."""
    if not edition.is_weighted:
        return []
    rows = models.CriteriaList.objects.filter(edition_code=edition.code, unit_key__in=["", *provinces])
    editions = {edition.code: edition}
    return [frame_of(edition), *(read_criteria(row.content, editions) for row in rows.order_by("unit_key", "code"))]


def get_criteria_table(edition: Edition, code: str, provinces: Sequence[str]) -> dict[str, object]:
    """
    The table of a list, to be pinned to an assessment; empty for main indices only.

    :raises Said: the province has no such list
    """
    if code == FRAME:
        return {}
    rows = models.CriteriaList.objects.filter(code=code, edition_code=edition.code, unit_key__in=["", *provinces])
    table: dict[str, object] | None = rows.values_list("content", flat=True).first()
    if table is None:
        raise Said(Problem("dti_no_list", f"Không có danh sách tiêu chí “{code}”.", f"There is no list “{code}”."))
    return table
