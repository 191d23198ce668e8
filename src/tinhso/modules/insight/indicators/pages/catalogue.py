"""The catalogue: every indicator of a unit and a period, by group."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators.pages.asking import Asked, read_request
from tinhso.modules.insight.indicators.pages.drafts import may_try
from tinhso.modules.insight.indicators.pages.dressing import basis, in_unit, kind_of, opens_down, seconds, told
from tinhso.modules.insight.indicators.rules import GROUPS, Card


def show_catalogue(request: HttpRequest) -> HttpResponse:
    """All figures of the unit and period asked for, each with what it rests on; the names lead to the definitions."""
    asked = read_request(request)
    title = _("Mọi chỉ số")
    context = {
        "theme": asked.theme,
        "as_of": seconds(asked.board.as_of),
        "title": title,
        "unit_title": asked.unit_name(),
        "fields": asked.fields(),
        "kept": {"theme": asked.theme},
        "table": _table(asked),
        "count": len(asked.board.cards),
        "may_try": may_try(asked.actor),
        "period_name": asked.period.name,
    }
    return render(request, "indicators/catalogue.html", context)


def _table(asked: Asked) -> dict[str, Any]:
    titles = [_("Chỉ số"), _("Con số"), _("Dựa trên"), _("Mục tiêu")]
    groups = []
    for code, name in GROUPS.items():
        rows = [_row(asked, card, titles) for card in asked.board.cards if card.group == code]
        if rows:
            groups.append({"id": code, "title": name, "count": len(rows), "rows": rows})
    columns = [{"title": title, "kind": "num" if place == 1 else ""} for place, title in enumerate(titles)]
    return {
        "caption": _("Mọi chỉ số"), "caption_hidden": True, "columns": columns, "groups": groups, "width": len(titles),
    }  # fmt: skip


def _row(asked: Asked, card: Card, titles: list[str]) -> dict[str, Any]:
    figure = asked.figure(card)
    rests = {"text": basis(figure, asked.language), "label": titles[2]}
    if opens_down(asked, figure):
        rests["url"] = asked.url("indicators:cases", card.code)
    told_now: dict[str, Any] = {"text": told(figure), "kind": "num", "label": titles[1]}
    if kind := kind_of(figure):
        told_now |= {"badge": {"text": told(figure), "kind": kind}, "text": ""}
    return {
        "cells": [
            {
                "text": card.title.in_language(asked.language),
                "url": asked.url("indicators:indicator", card.code),
                "heads": True,
            },
            told_now,
            rests,
            {"text": in_unit(card.target, card.measure) if card.target is not None else "", "label": titles[3]},
        ]
    }
