"""For leaders, province to commune: open dossiers of each unit against their deadlines, what they wait for, what is warned of."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.desk import for_officers, names_seen, show
from tinhso.modules.government.onestop.pages.flags import badge_of, flags_of, said_measure
from tinhso.modules.government.onestop.pages.oversight import case_table
from tinhso.modules.government.onestop.pages.watching import address, frame_of, watched_unit
from tinhso.modules.government.onestop.queries import oversight
from tinhso.modules.government.onestop.rules import due_badge, in_words, tonight, waiting_since
from tinhso.modules.government.onestop.rules.progress import AWAITED, BUCKETS, Sum, parts_of, sums_by
from tinhso.platform.cases.queries import get_cases, list_open_cases
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.people.queries import get_role_names
from tinhso.platform.sheets import csv_answer, xlsx_answer
from tinhso.platform.units.queries import get_unit
from tinhso.platform.units.rules import UnitRow
from tinhso.platform.watch import queries as watch

MOST_URGENT, SOON_DAYS = 10, 3
SHEETS = {"Excel": "onestop:progress_xlsx", "CSV": "onestop:progress_csv"}


@for_officers
def progress(request: HttpRequest) -> HttpResponse:
    """A picture of all units below, the unit's own dossiers by step, and those that need a look first."""
    unit, at = watched_unit(request), now()
    below = oversight.units_below(unit.key, at.astimezone(VIETNAM).date())
    rows = _standing(below, at)
    own = [row for row in rows if row.unit_key == unit.key]
    rule = request.GET.get("rule", "")[:40]
    unit_names = {each.key: _name(each) for each in below}
    page = list_open_cases(unit.key, limit=MOST_URGENT, is_running=True)
    names_seen(request, "unit", page.rows)
    context = {
        **frame_of(request, unit, "onestop:progress", SHEETS),
        "bars": _bars(unit_names, sums_by(rows, "unit_key"), partial(address, "onestop:progress")),
        "legend": [("late", _("trễ")), ("soon", _("đến hạn trong ba ngày")), ("ok", _("còn hạn")), ("", _("chưa chạy, đang dừng, chờ trả"))],
        "table": _table(_("Đơn vị"), unit_names, sums_by(rows, "unit_key"), at),
        "state_bars": _bars(_state_names(own), sums_by(own, "state"), lambda code: address("onestop:unit", unit.key, state=code)),
        "states": _table(_("Đang ở bước"), _state_names(own), sums_by(own, "state"), at) if own else None,
        "awaited": _awaited(unit.key, at),
        "parts": _parts(unit.key, at),
        "warnings": _warnings([each.key for each in below], unit.key, rule, at),
        "warned": _warned([each.key for each in below], rule, at),
        "urgent": case_table(page.rows, get_role_names(), at, flags_of([row.public_id for row in page.rows], at)) if page.rows else None,
        "all_url": address("onestop:unit", unit.key),
        "load_url": address("onestop:load", unit.key),
    }  # fmt: skip
    return show(request, "onestop/desk_progress.html", context)


def _standing(units: Sequence[UnitRow], at: datetime) -> list[watch.Standing]:
    night = tonight(at)
    return watch.count_standing([unit.key for unit in units], at, tonight=night, soon=night + timedelta(days=SOON_DAYS))


def _name(unit: UnitRow) -> str:
    return unit.name_in(get_language() or "vi")


def _state_names(rows: Sequence[watch.Standing]) -> dict[str, str]:
    return {row.state.code: in_words(row.state.name) for row in rows}


def _bars(names: Mapping[str, str], sums: Mapping[str, Sum], url_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """One stacked bar for each unit or state that has open dossiers, the most late ones first."""
    most = max((each.total for each in sums.values()), default=0)
    return [
        {
            "text": names[key],
            "url": url_of(key),
            "value": _("%(total)s, trễ %(late)s") % {"total": counted.total, "late": counted.late},
            "parts": parts_of(counted, most),
        }
        for key, counted in sums.items()
    ]


def _head(first: str) -> list[str]:
    return [first, *(str(name) for name, _kind in BUCKETS.values()), _("Tổng"), _("Lâu nhất (ngày)")]


def _lines(first: str, names: Mapping[str, str], sums: Mapping[str, Sum], at: datetime) -> list[list[Any]]:
    """A head, then each unit or state with its counts."""
    lines = [
        [names[key], *(counted.buckets.get(each, 0) for each in BUCKETS), counted.total, counted.days(at)]
        for key, counted in sums.items()
    ]
    return [_head(first), *lines]


def _table(first: str, names: Mapping[str, str], sums: Mapping[str, Sum], at: datetime) -> dict[str, Any]:
    titles, *lines = _lines(first, names, sums, at)
    columns = [{"title": titles[0]}, *({"title": title, "kind": "num"} for title in titles[1:])]
    rows = [{"id": key, "cells": _cells(line, titles)} for key, line in zip(sums, lines, strict=True)]
    return {"caption": first, "caption_hidden": True, "columns": columns, "rows": rows}


def _cells(line: Sequence[Any], titles: Sequence[str]) -> list[dict[str, Any]]:
    first, *counts = line
    numbers = [
        {"text": str(count), "kind": "num", "label": title} for count, title in zip(counts, titles[1:], strict=True)
    ]
    return [{"text": first, "heads": True}, *numbers]


def _awaited(unit_key: str, at: datetime) -> dict[str, Any] | None:
    titles = [_("Chờ ai"), _("Hồ sơ"), _("Lâu nhất")]
    rows = [
        {
            "id": each.whom,
            "cells": [
                {"text": str(AWAITED.get(each.whom, each.whom)), "heads": True},
                {"text": str(each.count), "kind": "num", "label": titles[1]},
                {"text": waiting_since(each.since, at), "label": titles[2]},
            ],
        }
        for each in watch.count_awaited(unit_key)
    ]
    columns = [{"title": titles[0]}, {"title": titles[1], "kind": "num"}, {"title": titles[2]}]
    return {"caption": titles[0], "caption_hidden": True, "columns": columns, "rows": rows} if rows else None


def _parts(unit_key: str, at: datetime) -> dict[str, Any] | None:
    """What other agencies owe to the unit's dossiers, each with its own deadline."""
    titles = [_("Hồ sơ"), _("Việc được hỏi"), _("Cơ quan"), _("Đang ở bước"), _("Hạn riêng")]
    rows = [
        {
            "id": f"{each.parent_id}-{number}",
            "cells": [
                {"text": each.parent_code or each.parent_id, "url": reverse("onestop:case", args=[each.parent_id]), "heads": True},
                {"text": in_words(each.procedure.name), "label": titles[1]},
                {"text": _name(get_unit(each.unit_key)), "label": titles[2]},
                {"text": in_words(each.state.name), "label": titles[3]},
                {"badge": due_badge(each.due_at, at), "label": titles[4]},
            ],
        }
        for number, each in enumerate(watch.list_parts(unit_key))
    ]  # fmt: skip
    columns = [{"title": title} for title in titles]
    return {"caption": titles[1], "caption_hidden": True, "columns": columns, "rows": rows} if rows else None


def _warnings(keys: Sequence[str], unit_key: str, chosen: str, at: datetime) -> list[dict[str, Any]]:
    """How many warnings hold, by rule; each number leads to its dossiers."""
    return [
        {
            "value": str(count),
            "text": in_words(rule.name),
            "kind": rule.level,
            "url": address("onestop:progress", unit_key, rule=rule.code) + "#warned",
            "current": rule.code == chosen,
        }
        for rule, count in watch.count_warnings(keys, at)
    ]


def _warned(keys: Sequence[str], chosen: str, at: datetime) -> dict[str, Any] | None:
    """What one rule warns of: dossiers and units, without names, the oldest warning first."""
    found = watch.list_warnings_of(keys, at, rule=chosen) if chosen else []
    if not found:
        return None
    titles = [_("Hồ sơ, đơn vị"), _("Thủ tục"), _("Ở đâu"), _("Cảnh báo"), _("Mức")]
    cases = get_cases([each.subject for each in found])
    rows = []
    for each in found:
        case, unit = cases.get(each.subject), _name(get_unit(each.unit_key))
        url = reverse("onestop:case", args=[case.public_id]) if case else address("onestop:progress", each.unit_key)
        rows.append(
            {
                "id": each.subject,
                "cells": [
                    {"text": (case.code or case.public_id) if case else unit, "url": url, "heads": True},
                    {"text": in_words(case.procedure.name) if case else "", "label": titles[1]},
                    {"text": unit, "label": titles[2]},
                    {"badge": badge_of(each), "note": in_words(each.rule.advice), "label": titles[3]},
                    {"text": said_measure(each), "label": titles[4]},
                ],
            }
        )
    return {
        "caption": titles[3],
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": rows,
    }


@for_officers
def progress_csv(request: HttpRequest) -> HttpResponse:
    """The table behind the picture as CSV."""
    return csv_answer(_sheet(request), "tien-do")


@for_officers
def progress_xlsx(request: HttpRequest) -> HttpResponse:
    """The table behind the picture as a workbook."""
    return xlsx_answer({_("Tiến độ"): _sheet(request)}, "tien-do")


def _sheet(request: HttpRequest) -> list[list[Any]]:
    unit, at = watched_unit(request), now()
    below = oversight.units_below(unit.key, at.astimezone(VIETNAM).date())
    names = {each.key: _name(each) for each in below}
    return _lines(_("Đơn vị"), names, sums_by(_standing(below, at), "unit_key"), at)


urlpatterns = [
    path("work/progress/", progress, name="progress"),
    path("work/progress/csv/", progress_csv, name="progress_csv"),
    path("work/progress/xlsx/", progress_xlsx, name="progress_xlsx"),
]
