"""What the pages of the link share: the frame with the three tabs, moments in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.portal_link.queries.incoming import count_quarantined
from tinhso.modules.government.portal_link.queries.outbox import count_stuck
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.people.pages import work

CASE_PAGE = "/work/cases/{}/"


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page in the frame of the workspace, under the three tabs of the link."""
    return work.show(request, template, {"tabs": _tabs(request), **context})


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    stuck, quarantined = count_stuck(), count_quarantined()
    rows = [
        ("portal_link:outbox", _("Gửi lên Cổng"), stuck),
        ("portal_link:incoming", _("Từ Cổng về"), quarantined),
        ("portal_link:comparison", _("Đối soát"), 0),
    ]
    return [
        {"url": reverse(name), "text": f"{text} ({count})" if count else text, "current": request.path == reverse(name)}
        for name, text, count in rows
    ]


def moment(at: datetime | None) -> str:
    """A moment as people read it here."""
    return f"{at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}" if at else "–"
