"""What all pages share: numbers and names in the reader's language, tables, links, bars, refusals."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.rules.published import Published
from tinhso.modules.insight.dti.rules.standing import Bounded, Standing
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import number

NONE = "–"


def told(value: Decimal | None) -> str:
    """A share with four places as people write it, 0,5786; a dash for none."""
    return NONE if value is None else number(value, at_least=4)


def money(value: int) -> str:
    """An amount of money."""
    return f"{number(value)}\u00a0đ"


def signed(value: Decimal) -> str:
    """A difference with its sign."""
    return ("+" if value >= 0 else "−") + number(abs(value))


def rank_of(figure: Published | None) -> str:
    """A published rank, "38 trên 63", or a range."""
    rank = bare_rank(figure)
    of = figure.of if figure and figure.rank else None
    return _("%(rank)s trên %(of)s") % {"rank": rank, "of": of} if of else rank


def bare_rank(figure: Published | None) -> str:
    """A published rank alone, for a column whose title says of how many."""
    if figure is None or figure.rank is None:
        return NONE
    return str(figure.rank) if figure.rank == figure.rank_to else f"{figure.rank}–{figure.rank_to}"


def standing(found: Standing | None) -> str:
    """A rank on paper, or the ranks it lies between."""
    if found is None:
        return NONE
    if found.is_certain:
        return str(found.best)
    return _("từ %(best)s đến %(worst)s") % {"best": found.best, "worst": found.worst}


def bounds(found: Bounded) -> str:
    """A composite, or what it lies between."""
    if found.is_known:
        return told(found.low)
    return _("%(low)s đến %(high)s") % {"low": told(found.low), "high": told(found.high)}


def metric_note(figure: Published | None) -> str:
    """What a table says beneath a figure that was not simply published."""
    return "" if figure is None or figure.status == "published" else figure.status.removeprefix("published; ")


def table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]], caption: str = "") -> dict[str, Any]:
    """
    A table as its component takes it: columns are (title, kind), cells are text or what the component knows.

    The first cell heads its row; on a phone rows become cards, whose lines bear the columns' titles.
    """
    shown = []
    for row in rows:
        cells = []
        for place, ((title, kind), cell) in enumerate(zip(columns, row, strict=True)):
            own = dict(cell) if isinstance(cell, Mapping) else {"text": cell}
            cells.append({"kind": kind, "label": title, **own} if place else {**own, "heads": True})
        shown.append({"cells": cells})
    heads = [{"title": title, "kind": kind} for title, kind in columns]
    return {"columns": heads, "rows": shown, "caption": caption, "caption_hidden": True}


def url(name: str, *args: str, **asked: object) -> str:
    """An address of this app with what is asked for."""
    said = urlencode({key: value for key, value in asked.items() if value not in {"", None}})
    return reverse(name, args=args) + (f"?{said}" if said else "")


def crumbs(*rows: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page: the overview, then (text, address); the last without an address."""
    return [
        {"url": reverse("dti:overview"), "text": _("Chỉ số chuyển đổi số")},
        *({"text": t, "url": u} for t, u in rows),
    ]


def show(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page; dark where the address asks for it."""
    theme = "dark" if request.GET.get("theme") == "dark" else ""
    return render(request, f"dti/{template}.html", {"theme": theme, **context}, status=status)


def typed(request: HttpRequest, key: str) -> str:
    """What was typed into a field, without the sign that no database takes."""
    return request.POST.get(key, "").replace("\x00", "").strip()


def actor_in(request: HttpRequest) -> Actor | None:
    """Who asks, if anybody is signed in."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def percent(value: Decimal | None) -> str:
    """A share as a place in a picture, never with a comma."""
    return "0%" if value is None else f"{min(max(value, Decimal(0)), Decimal(1)) * 100:.2f}%"
