"""What the pages of alerts say: levels and states as badges, ages, values against thresholds, who is asking."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.insight.alerts.queries import AlertRow, words_of
from tinhso.modules.insight.alerts.rules.definitions import URGENT
from tinhso.platform import wording
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import language, moment, said

View = Callable[..., HttpResponse]
STATE_KINDS = {"new": "late", "escalated": "late", "acknowledged": "soon", "dispatched": "soon", "on_site": "soon", "resolved": "ok", "reviewed": "ok"}  # fmt: skip


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind a door for officers."""
    actor = actor_in(request)
    assert actor
    return actor


def for_roles(*roles: str) -> Callable[[View], View]:
    """Open the page to officers who hold one of these roles somewhere (any post when none is named)."""

    def guard(view: View) -> View:
        @wraps(view)
        @never_cache
        @needs_officer
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if roles and not any(post.role in roles for post in officer_in(request).posts):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def level_badge(level: str) -> dict[str, str]:
    """A level as the badge component takes it."""
    return {"kind": "late", "text": _("Khẩn")} if level == URGENT else {"kind": "soon", "text": _("Theo dõi")}


def state_badge(row: AlertRow) -> dict[str, str]:
    """The state of the alert's case as a badge."""
    state = row.case.state
    return {"kind": STATE_KINDS.get(state.code, ""), "text": said(state.name)}


def unit_name(row: AlertRow) -> str:
    """What the unit that answers is called."""
    return row.unit.name_in(language()) if row.unit else row.alert.unit_key


def against(row: AlertRow) -> str:
    """The value with the threshold it was held against: 84,2% (ngưỡng 90%)."""
    told = {"value": in_measure(row, row.alert.value), "threshold": in_measure(row, row.alert.threshold)}
    return _("%(value)s (ngưỡng %(threshold)s)") % told


def in_measure(row: AlertRow, value: Decimal) -> str:
    """A value in the unit of the rule, or in that of the reading where the rule names none."""
    return words_of(value, row.rule.measure if row.rule and row.rule.measure.vi else row.alert.measure)


def span(length: timedelta | None) -> str:
    """A stretch of time as people say it; a dash for none."""
    return "–" if length is None else wording.span(length)


def due_cell(due_at: datetime | None, now: datetime) -> tuple[str, str]:
    """When something is due and how to colour it."""
    return moment(due_at), "late" if due_at and due_at < now else ""
