"""For leaders and administrators: all open dossiers of a unit by state, and those of which nobody knows who holds them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.desk import for_officers, names_seen, officer_in, show
from tinhso.modules.government.onestop.pages.flags import flags_of
from tinhso.modules.government.onestop.queries import oversight
from tinhso.modules.government.onestop.rules import TROUBLES, brief_moment, case_badge, in_words, moment
from tinhso.platform.cases.queries import OpenCase, count_open_states, list_hanging, list_open_cases
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.people.queries import administers, get_role_names
from tinhso.platform.people.rules import ADMINISTRATOR
from tinhso.platform.units.queries import get_unit

LONGEST_KEY = 60


@for_officers
def unit(request: HttpRequest) -> HttpResponse:
    """The open dossiers of a unit, by state, and for a unit above those of the units below it."""
    actor, at = officer_in(request), now()
    watched = oversight.watched_units(actor)
    unit_key = request.GET.get("unit", "") or next(iter(watched), "")
    if not oversight.may_watch(actor, unit_key):
        raise PermissionDenied
    state, after = request.GET.get("state", "")[:40], request.GET.get("after", "")
    counts = oversight.by_state(count_open_states([unit_key], at))
    page = list_open_cases(unit_key, state=state, after=_read_key(after))
    names_seen(request, "unit", page.rows)
    row, language = get_unit(unit_key), get_language() or "vi"
    below = oversight.count_below(unit_key, at.astimezone(VIETNAM).date(), at)
    asked = {"unit": unit_key, "state": state}
    context = {
        "heading": row.name_in(language),
        "counts": _state_counts(counts, unit_key, state),
        "below": _below_table(below, language) if below else None,
        "table": case_table(page.rows, get_role_names(), at, flags_of([row.public_id for row in page.rows], at)),
        "is_empty": not page.rows,
        "shown": _("%(count)s hồ sơ đang mở") % {"count": len(page.rows)},
        "first_url": f"{request.path}?{urlencode(asked)}" if after else "",
        "next_url": f"{request.path}?{urlencode(asked | {'after': f'{page.after[0]}~{page.after[1]}'})}" if page.after else "",
        "above_url": f"{request.path}?{urlencode({'unit': row.parent_key})}" if oversight.may_watch(actor, row.parent_key) else "",
    }  # fmt: skip
    return show(request, "onestop/desk_unit.html", context)


def _read_key(written: str) -> tuple[str, int] | None:
    """The key of a page of open cases; None for the first page, or for what is no key."""
    at, _sign, number = written[:LONGEST_KEY].rpartition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if at != "infinity":
        try:
            at = datetime.fromisoformat(at).isoformat()  # PostgreSQL knows fewer ways to write a moment, say no weeks
        except ValueError:
            return None
    return at, int(number)


def _state_counts(counts: Mapping[str, Any], unit_key: str, state: str) -> list[dict[str, Any]]:
    def item(code: str, text: str, count: int, late: int) -> dict[str, Any]:
        url = f"{reverse('onestop:unit')}?{urlencode({'unit': unit_key, 'state': code})}"
        said = _("%(text)s (%(late)s trễ)") % {"text": text, "late": late} if late else text
        return {"value": str(count), "text": said, "kind": "late" if late else "", "url": url, "current": code == state}

    total, late = sum(each[1] for each in counts.values()), sum(each[2] for each in counts.values())
    return [
        item("", _("tất cả đang mở"), total, late),
        *(item(code, in_words(each[0].state.name), each[1], each[2]) for code, each in counts.items()),
    ]


def case_table(
    rows: Sequence[OpenCase], names: Mapping[str, str], at: datetime, flags: Mapping[str, Any]
) -> dict[str, Any]:
    """Open cases as the component `table` takes them, with their early warnings."""
    titles = [_("Mã"), _("Việc"), _("Đang ở bước"), _("Ai giữ"), _("Nộp lúc"), _("Hạn")]
    shown = [
        {
            "id": row.public_id,
            "cells": [
                {"text": row.code or row.public_id, "kind": "code", "label": titles[0]},
                {"text": in_words(row.procedure.name), "url": reverse("onestop:case", args=[row.public_id]), "note": row.title or row.applicant_name, "heads": True, "flags": flags.get(row.public_id)},
                {"text": in_words(row.state.name), "label": titles[2]},
                {"text": _holder(row, names), "label": titles[3]},
                {"text": brief_moment(row.filed_at), "label": titles[4]},
                {"badge": case_badge(row, at), "label": titles[5]},
            ],
        }
        for row in rows
    ]  # fmt: skip
    return {
        "caption": _("Hồ sơ đang mở"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": shown,
    }


def _holder(row: OpenCase, names: Mapping[str, str]) -> str:
    if row.state.holder:
        return names.get(row.state.holder, row.state.holder)
    if row.state.sub_cases:
        return _("chờ cơ quan được hỏi")
    return _("chờ người nộp") if row.state.wait else ""


def _below_table(below: list[oversight.UnitCount], language: str) -> dict[str, Any]:
    titles = [_("Đơn vị"), _("Đang mở"), _("Đã trễ")]
    rows = [
        {
            "id": each.unit.key,
            "cells": [
                {"text": each.unit.name_in(language), "url": f"{reverse('onestop:unit')}?{urlencode({'unit': each.unit.key})}", "heads": True},
                {"text": str(each.count), "kind": "num", "label": titles[1]},
                {"badge": {"kind": "late" if each.late else "ok", "text": str(each.late)}, "label": titles[2]},
            ],
        }
        for each in below
    ]  # fmt: skip
    columns = [{"title": titles[0]}, {"title": titles[1], "kind": "num"}, {"title": titles[2]}]
    return {"caption": _("Các đơn vị trực thuộc"), "columns": columns, "rows": rows}


@for_officers
def hanging(request: HttpRequest) -> HttpResponse:
    """Open dossiers that nobody holds and that wait for nobody, in the units the officer administers, and what to do."""
    actor, at, language = officer_in(request), now(), get_language() or "vi"
    if not any(post.role == ADMINISTRATOR for post in actor.posts):
        raise PermissionDenied
    found = [case for case in list_hanging(at) if administers(actor, case["unit_key"])]
    titles = [_("Hồ sơ"), _("Đơn vị"), _("Vướng gì"), _("Cách gỡ"), _("Từ lúc")]
    rows = [
        {
            "id": case["public_id"],
            "cells": [
                {"text": case["code"] or case["public_id"], "url": reverse("onestop:case", args=[case["public_id"]]), "heads": True},
                {"text": get_unit(case["unit_key"]).name_in(language), "label": titles[1]},
                {"text": _trouble(case, language), "label": titles[2]},
                {"text": str(TROUBLES[case["trouble"]][1]), "label": titles[3]},
                {"text": moment(case["since"], at), "label": titles[4]},
            ],
        }
        for case in found
    ]  # fmt: skip
    table = {
        "caption": _("Không rõ ai giữ"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": rows,
    }
    return show(request, "onestop/desk_hanging.html", {"table": table if rows else None})


def _trouble(case: Mapping[str, Any], language: str) -> str:
    """What is wrong with a case that hangs, and why the system could not move it when it tried."""
    said = str(TROUBLES[case["trouble"]][0])
    return f"{said}: {case['refusal'][language]}" if case["refusal"] else said


urlpatterns = [
    path("work/unit/", unit, name="unit"),
    path("work/hanging/", hanging, name="hanging"),
]
