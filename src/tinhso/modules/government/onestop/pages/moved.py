"""Dossiers that went from one unit to another: what left an officer's units, what came, why, and where it stands now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.rules import brief_moment, in_words
from tinhso.platform.cases.queries import Transfer, list_transfers
from tinhso.platform.people.rules import HELPER
from tinhso.platform.units.queries import get_unit


@for_officers
def moved(request: HttpRequest) -> HttpResponse:
    """The last hand-overs from and to the officer's units, without names; what came can be opened, what went is only told of."""
    keys = list(dict.fromkeys(post.unit_key for post in officer_in(request).posts if post.role != HELPER))
    rows = list_transfers(keys)
    gone = [row for row in rows if row.from_unit in keys]
    come = [row for row in rows if row.to_unit in keys]
    context = {
        "gone": _table(_("Đã chuyển đi"), gone, opens=False) if gone else None,
        "come": _table(_("Đã nhận về"), come, opens=True) if come else None,
    }
    return show(request, "onestop/desk_moved.html", context)


def _table(caption: str, rows: list[Transfer], *, opens: bool) -> dict[str, Any]:
    titles = [
        _("Mã"),
        _("Thủ tục"),
        _("Chuyển tới") if not opens else _("Từ đơn vị"),
        _("Lúc"),
        _("Lý do"),
        _("Nay ở bước"),
    ]
    return {
        "caption": caption,
        "columns": [{"title": title} for title in titles],
        "rows": [{"id": f"{row.public_id}-{row.moved_at:%s}", "cells": _cells(row, titles, opens)} for row in rows],
    }


def _cells(row: Transfer, titles: list[str], opens: bool) -> list[dict[str, Any]]:  # noqa: FBT001 - made in two places
    unit = get_unit(row.from_unit if opens else row.to_unit).name_in(get_language() or "vi")
    url = {"url": reverse("onestop:case", args=[row.public_id])} if opens else {}
    return [
        {"text": row.code or row.public_id, "kind": "code", "label": titles[0]},
        {"text": in_words(row.procedure.name), "heads": True, **url},
        {"text": unit, "label": titles[2]},
        {"text": brief_moment(row.moved_at), "label": titles[3]},
        {"text": row.reasons, "label": titles[4]},
        {"badge": {"kind": "ok" if row.closed_at else "", "text": in_words(row.state.name)}, "label": titles[5]},
    ]


urlpatterns = [path("work/moved/", moved, name="moved")]
