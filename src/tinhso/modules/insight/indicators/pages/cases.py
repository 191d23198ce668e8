"""The dossiers behind a figure, for officers who may open them."""

import re
from typing import Any, get_args

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.asking import Asked, read_request
from tinhso.modules.insight.indicators.pages.dressing import in_unit, seconds
from tinhso.modules.insight.indicators.rules import Card, Which, exact
from tinhso.platform.wording import moment, number

KEY = re.compile(r"(-?[0-9]{1,18})~(-?[0-9]{1,18})~([\w-]{1,40})", re.ASCII)
CASE_PAGE = "/work/cases/{}/"


def list_cases(request: HttpRequest, code: str) -> HttpResponse:
    """The dossiers of the numerator, of the denominator, or those that failed; 403 to whoever may open none of them."""
    if getattr(request, "actor", None) is None:
        return redirect_to_login(request.get_full_path())
    asked = read_request(request)
    card = asked.card(code)
    if card.drill == "none":
        raise PermissionDenied(card.note.in_language(asked.language) or _("Chỉ số này không mở đến từng hồ sơ."))
    units = asked.open_units
    if not units:
        raise PermissionDenied(
            _("Bạn chỉ mở được hồ sơ của đơn vị mình, hoặc của các đơn vị cấp dưới mà bạn lãnh đạo.")
        )
    which = _which(request, card)
    page = queries.list_drilled(code, units, asked.period, which, _after(request))
    title = card.title.in_language(asked.language)
    context = {
        "theme": asked.theme,
        "as_of": seconds(asked.board.as_of),
        "title": title,
        "crumbs": [
            {"url": asked.url("indicators:catalogue"), "text": _("Mọi chỉ số")},
            {"url": asked.url("indicators:indicator", code), "text": title},
            {"text": _("Hồ sơ")},
        ],
        "unit_title": asked.unit_name(),
        "period_name": asked.period.name,
        "only_own": units != asked.board.members(asked.unit_key),
        "counts": _counts(asked, card, which),
        "table": _table(asked, card, page) if page.rows else None,
        "first_url": asked.url("indicators:cases", code, which=which) if "after" in request.GET else "",
        "next_url": asked.url("indicators:cases", code, which=which, after="{}~{}~{}".format(*page.after))
        if page.after
        else "",
    }
    return render(request, "indicators/cases.html", context)


def _which(request: HttpRequest, card: Card) -> Which:
    asked = request.GET.get("which", "denominator")
    if asked not in get_args(Which) or not card.measure.is_share:
        return "denominator"
    which: Which = asked  # type: ignore[assignment]
    return which


def _after(request: HttpRequest) -> tuple[int, int, str] | None:
    asked = request.GET.get("after", "")
    if not asked:
        return None
    found = KEY.fullmatch(asked)
    if found is None:
        raise Http404
    return int(found[1]), int(found[2]), found[3]


def _counts(asked: Asked, card: Card, which: Which) -> list[dict[str, Any]]:
    """How many of each, as links; a mean has only one list."""
    numerator, denominator = asked.board.counts(card.code, asked.open_units, asked.period)
    rows: list[tuple[Which, str, int]] = [("denominator", card.denominator.in_language(asked.language), denominator)]
    if card.measure.is_share:
        rows.append(("numerator", card.numerator.in_language(asked.language), numerator))
        rows.append(("failed", _("số còn lại"), denominator - numerator))
    return [
        {
            "value": number(count),
            "text": text,
            "url": asked.url("indicators:cases", card.code, which=each),
            "current": each == which,
        }
        for each, text, count in rows
    ]


def _table(asked: Asked, card: Card, page: queries.DrillPage) -> dict[str, Any]:
    titles = [_("Hồ sơ"), _("Đơn vị"), _("Nộp"), _("Tiếp nhận"), _("Hẹn trả"), _("Xong")]
    titles += [] if card.measure.is_share else [_("Mất")]
    rows = []
    for case in page.rows:
        moments = [moment(each) for each in (case.filed_at, case.accepted_at, case.due_at, case.resolved_at)]
        texts = [asked.board.name_of(case.unit_key, asked.language), *moments]
        if not card.measure.is_share:
            texts.append(in_unit(exact(case.value, card.measure), card.measure))
        head = {"text": case.code or case.public_id, "url": CASE_PAGE.format(case.public_id), "heads": True}
        name = case.procedure_name
        head["note"] = name.in_language(asked.language) if hasattr(name, "in_language") else name
        cells: list[dict[str, Any]] = [
            {"text": text, "label": title} for title, text in zip(titles[1:], texts, strict=True)
        ]
        if case.due_at and case.resolved_at and case.resolved_at > case.due_at:
            days = (case.resolved_at.date() - case.due_at.date()).days
            cells[4]["badge"] = {"kind": "late", "text": _late(days)}
            cells[4]["note"] = moments[3]
        rows.append({"cells": [head, *cells]})
    caption = card.title.in_language(asked.language)
    return {"caption": caption, "caption_hidden": True, "columns": [{"title": title} for title in titles], "rows": rows}


def _late(days: int) -> str:
    return ngettext("trễ %(days)s ngày", "trễ %(days)s ngày", days) % {"days": days} if days else _("trễ trong ngày")
