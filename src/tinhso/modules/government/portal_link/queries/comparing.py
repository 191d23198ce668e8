"""The comparisons kept: the newest, one day's, and the dossiers on which the two sides differ."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from tinhso.modules.government.portal_link.models import Comparison, Difference, Submission
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.units.queries import NoSuchUnit, get_agency_code, list_with_agency

MOST_DAYS, MOST_SHOWN = 30, 200


def list_comparisons() -> list[Comparison]:
    """The last comparisons, the newest first."""
    return list(Comparison.objects.order_by("-on", "-id")[:MOST_DAYS])


def find_comparison(comparison_id: int | None) -> Comparison | None:
    """That comparison, or the newest; None when there is none."""
    rows = Comparison.objects.order_by("-on", "-id")
    return rows.filter(pk=comparison_id).first() if comparison_id else rows.first()


def list_differences(comparison_id: int) -> list[Difference]:
    """The differences found then, by kind and code."""
    return list(Difference.objects.filter(comparison_id=comparison_id).order_by("standing", "portal_code")[:MOST_SHOWN])


def list_own_codes(on: date) -> tuple[dict[str, str], dict[str, str]]:
    """Names by code of the procedures that are filed here, and of the agencies that take them in."""
    procedures = [each for each in list_procedures(on) if each.service_level != "info_only" and each.states]
    kinds = sorted({kind for each in procedures for kind in each.handled_by})
    agencies = {}
    for unit in list_with_agency(on, kinds=kinds):
        with suppress(NoSuchUnit):
            agencies[get_agency_code(unit.key, on)] = unit.name
    return {each.code: each.name.vi for each in procedures}, agencies


def find_submissions(portal_codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Public id and state of the filings that the portal handed in under these codes, by code."""
    rows = Submission.objects.filter(portal_code__in=list(portal_codes), kind="filing").order_by("id")
    return {
        code: (public_id, state) for code, public_id, state in rows.values_list("portal_code", "public_id", "state")
    }
