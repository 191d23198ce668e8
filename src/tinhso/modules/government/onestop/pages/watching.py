"""What the pages of those who watch over units share: which unit is looked at, and the way up."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from tinhso.modules.government.onestop.pages.desk import officer_in
from tinhso.modules.government.onestop.queries import oversight
from tinhso.platform.units.queries import get_unit
from tinhso.platform.units.rules import UnitRow


def watched_unit(request: HttpRequest) -> UnitRow:
    """The unit that was asked for, or the first the officer watches over. :raises PermissionDenied: it is none of theirs"""
    actor = officer_in(request)
    unit_key = request.GET.get("unit", "")[:64] or next(iter(oversight.watched_units(actor)), "")
    if not oversight.may_watch(actor, unit_key):
        raise PermissionDenied
    return get_unit(unit_key)


def frame_of(request: HttpRequest, unit: UnitRow, url_name: str, downloads: Mapping[str, str]) -> dict[str, Any]:
    """Heading, way up, and the downloads of such a page, the name of its address by what the link says."""
    may_go_up = oversight.may_watch(officer_in(request), unit.parent_key)
    return {
        "heading": unit.name_in(get_language() or "vi"),
        "above_url": address(url_name, unit.parent_key) if may_go_up else "",
        "downloads": [{"text": text, "url": address(name, unit.key)} for text, name in downloads.items()],
    }


def address(url_name: str, unit_key: str, **asked: str) -> str:
    """A page about that unit."""
    return f"{reverse(url_name)}?{urlencode({'unit': unit_key, **asked})}"
