"""A draft of an indicator tried on the latest months: the page where it is pasted in, and the same as lines for a terminal."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.dressing import told
from tinhso.modules.insight.indicators.rules import Figure
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.rules import ADMINISTRATOR, Actor
from tinhso.platform.wording import language, number, said

CODE, LONGEST, MONTHS = "draft", 20_000, ("1", "3", "6", "12", "24")


@needs_officer
@require_http_methods(["GET", "POST"])
def try_draft(request: HttpRequest) -> HttpResponse:
    """Administrators paste a card with its select and read what it would give; nothing is kept."""
    if not may_try(actor_in(request)):
        raise PermissionDenied
    text, code = _typed(request, "text")[:LONGEST], _typed(request, "code").strip() or CODE
    months = _typed(request, "months") if _typed(request, "months") in MONTHS else "3"
    context: dict[str, Any] = {"fields": _fields(text, code, months)}
    if request.method == "POST":
        try:
            context |= _told(queries.try_draft(text, code, int(months)))
        except queries.DraftFailed as failed:
            lines = [{"text": _("Dòng %(line)s: %(said)s") % {"line": each.line, "said": said(each)}, "href": "#id_text"} for each in failed.problems]  # fmt: skip
            context["errors"] = lines
    return render(request, "indicators/draft.html", context, status=400 if context.get("errors") else 200)


def may_try(actor: Actor | None) -> bool:
    """Whether somebody may try drafts: what they give is not hidden where it is few."""
    return actor is not None and any(post.role == ADMINISTRATOR for post in actor.posts)


def list_trial(trial: queries.Trial | None) -> Sequence[str]:
    """The same for a terminal, a line for each month, the whole last."""
    if trial is None:
        return [_("Kho số liệu chưa có gì để thử. Hãy chạy: tinhso warehouse refresh")]
    heads, rows = _table(trial)
    return ["\t".join(row) for row in [heads, *rows]] + [_sampled(trial)]


def _told(trial: queries.Trial | None) -> dict[str, Any]:
    if trial is None:
        return {"nothing": True}
    heads, rows = _table(trial)
    columns = [{"title": title, "kind": "num" if place else ""} for place, title in enumerate(heads)]
    cells = [
        [
            {"text": text, "label": heads[place], "kind": "num" if place else "", "heads": not place}
            for place, text in enumerate(row)
        ]
        for row in rows
    ]
    table = {"caption": _("Kết quả thử"), "caption_hidden": True, "columns": columns, "rows": [{"cells": row} for row in cells]}  # fmt: skip
    return {"table": table, "title": trial.definition.card.title.in_language(language()), "sampled": _sampled(trial)}


def _table(trial: queries.Trial) -> tuple[list[str], list[list[str]]]:
    heads = [_("Tháng"), _("Bản thử"), _("Tử số"), _("Mẫu số"), _("Đang dùng")]
    rows = [[draft.period.name, *_cells(draft, known)] for draft, known in trial.rows]
    return heads, [*rows, [_("Cả mẫu"), *_cells(*trial.whole)]]


def _cells(draft: Figure, known: Figure | None) -> list[str]:
    return [
        told(draft),
        number(draft.numerator),
        number(draft.denominator),
        told(known) if known else _("chưa có"),
    ]


def _sampled(trial: queries.Trial) -> str:
    found = {"cases": number(trial.sampled), "period": trial.sample.name, "seconds": f"{trial.took_seconds:.2f}"}
    return _("Thử trên %(cases)s hồ sơ nộp trong %(period)s, chạy %(seconds)s giây. Không có gì được lưu.") % found


def _fields(text: str, code: str, months: str) -> list[dict[str, Any]]:
    choices = [{"value": each, "text": _("%(count)s tháng gần nhất") % {"count": each}} for each in MONTHS]
    return [
        {"name": "code", "label": _("Mã chỉ số"), "value": code, "hint": _("Trùng mã chỉ số đang dùng thì hai bên đứng cạnh nhau.")},
        {"name": "months", "kind": "select", "no_blank": True, "label": _("Mẫu"), "options": choices, "value": months},
        {"name": "text", "kind": "textarea", "rows": 18, "label": _("Thẻ và câu SQL"), "value": text, "hint": _("Nội dung một tệp packs/*/indicators/<mã>.sql: thẻ ở các dòng “-- mục: giá trị”, rồi một câu select trên cases hoặc facts.")},
    ]  # fmt: skip


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")
