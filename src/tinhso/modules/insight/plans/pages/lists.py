"""The texts that set targets, each with its strip; and the register of measures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.pages.strips import strip_of
from tinhso.modules.insight.plans.pages.words import badge, counted, is_public, name_of, today
from tinhso.modules.insight.plans.rules.definitions import PILLARS, TEXT_KINDS
from tinhso.modules.insight.plans.rules.powers import is_typist
from tinhso.modules.insight.plans.rules.states import STATES, count_states
from tinhso.platform.people.pages.doors import actor_in
from tinhso.platform.wording import day, language


def show_list(request: HttpRequest) -> HttpResponse:
    """Every resolution with its counts by state; above them those of all together."""
    found = queries.list_resolutions(today(), public=is_public(request))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        if row.rows or not is_public(request) or row.resolution.results:
            groups.setdefault(row.subject.name_in(language()), []).append(_card(row))
    going_on = [row for row in found if not row.subject.ended_on]
    everything = count_states(each.standing.state for row in going_on for each in row.rows)
    own = sorted(groups.items(), key=lambda pair: -sum(bool(card["strip"]) for card in pair[1]))
    context = {
        "groups": [{"name": name, "cards": cards} for name, cards in own],
        "counts": _counts(everything),
        "said": counted(everything) if sum(everything.values()) else "",
        "as_of": day(today()),
        "links": _links(request),
    }
    return render(request, "plans/list.html", context)


def _card(row: queries.ResolutionRow) -> dict[str, Any]:
    text = row.resolution
    under = queries.get_definitions().resolutions.get(text.under)
    about = [str(TEXT_KINDS[text.kind]), text.issuer.in_language(language()), day(text.issued_on)]
    return {
        "url": reverse("plans:resolution", args=[text.code]),
        "name": name_of(text),
        "title": text.title.in_language(language()) if text.number else "",
        "about": " · ".join(part for part in about if part),
        "under": _("Thi hành %(text)s") % {"text": name_of(under)} if under else "",
        "strip": strip_of(row.counts),
        "said": counted(dict(row.counts)) if row.rows else _("không có chỉ tiêu, chỉ có số liệu đã công bố"),
        "results": len(text.results),
    }


def _counts(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"value": counts[state], "text": str(STATES[state]), "kind": badge(state)["kind"] if counts[state] else ""}
        for state in STATES
        if counts[state] or state in {"missed", "behind", "reached", "no_data"}
    ]


def _links(request: HttpRequest) -> list[dict[str, str]]:
    links = [{"url": reverse("plans:measures"), "text": _("Sổ các chỉ tiêu đo")}]
    if is_typist(actor_in(request)):
        links += [
            {"url": reverse("plans:enter"), "text": _("Nhập một số liệu")},
            {"url": reverse("plans:imports"), "text": _("Nhập từ tệp Excel")},
        ]
    return links


def show_measures(request: HttpRequest) -> HttpResponse:
    """Every measure by pillar: unit, which way is better, how many figures there are."""
    known, figures = queries.get_definitions(), queries.count_figures(public=is_public(request))
    aims: dict[str, int] = {}
    for text in known.resolutions.values():
        for each in text.targets:
            aims[each.measure] = aims.get(each.measure, 0) + 1
    titles = [_("Chỉ tiêu đo"), _("Đơn vị tính"), _("Chiều tốt"), _("Số chỉ tiêu đặt ra"), _("Số liệu đã có")]
    tables = []
    for pillar, name in PILLARS.items():
        rows = []
        for measure in (each for each in known.measures.values() if each.pillar == pillar):
            held = _("hệ thống tự tính") if measure.indicator else str(figures.get(measure.code, 0) or _("chưa có"))
            cells = [
                {"text": measure.title.in_language(language()), "url": reverse("plans:measure", args=[measure.code]), "heads": True, "note": measure.code},
                {"text": measure.unit.in_language(language()), "label": titles[1]},
                {"text": _("càng cao càng tốt") if measure.better == "higher" else _("càng thấp càng tốt"), "label": titles[2]},
                {"text": str(aims.get(measure.code, 0)), "label": titles[3], "kind": "num"},
                {"text": held, "label": titles[4], "kind": "num"},
            ]  # fmt: skip
            rows.append({"cells": cells})
        columns = [{"title": title, "kind": "num" if at > 2 else ""} for at, title in enumerate(titles)]
        tables.append({"caption": str(name), "columns": columns, "rows": rows})
    crumbs = [{"url": reverse("plans:list"), "text": _("Chỉ tiêu")}, {"text": _("Sổ các chỉ tiêu đo")}]
    return render(request, "plans/measures.html", {"tables": tables, "crumbs": crumbs})
