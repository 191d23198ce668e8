"""The page that says when something is due and why."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel import worktime
from tinhso.platform.units import queries

EXAMPLE = {
    "received": "2026-02-13T15:30",
    "amount": "2",
    "unit": "working_day",
    "cut_off": "15:00",
    "calendar": "national",
}


def due(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt and a limit, answer with the due date step by step; everything is in the address."""
    asked = {name: str(request.GET.get(name, example)) for name, example in EXAMPLE.items()}
    context: dict[str, Any] = {"errors": [], "asked": asked}
    try:
        calendar = queries.get_calendar_by_code(asked["calendar"])
        question = worktime.read_due_question(asked["received"], f"{asked['amount']} {asked['unit']}", asked["cut_off"])
        context["found"] = _shown(question.answer(calendar))
    except (worktime.WorktimeError, queries.NoSuchUnit) as wrong:
        context["errors"] = [{"text": _in_language(wrong), "href": "#id_received"}]
    context["fields"] = _fields(asked)
    return render(request, "units/due.html", context, status=400 if context["errors"] else 200)


def _in_language(words: Any) -> str:
    return str(words.en if (get_language() or "vi").startswith("en") else words.vi)


def _shown(found: worktime.Due) -> dict[str, Any]:
    last = found.steps[-1]
    steps = [{"state": "done", "title": _in_language(step), "text": ""} for step in found.steps[:-1]]
    return {"title": _in_language(last), "steps": [*steps, {"state": "now", "title": _in_language(last), "text": ""}]}


def _fields(asked: Mapping[str, str]) -> list[dict[str, Any]]:
    english = (get_language() or "vi").startswith("en")
    units = [{"value": code, "text": text.en if english else text.vi} for code, text in worktime.UNITS.items()]
    calendars = [queries.get_calendar_by_code(code) for code in queries.list_calendar_codes()]
    desks = [{"value": each.code, "text": each.name[english]} for each in calendars]
    return [
        {"id": "id_received", "name": "received", "label": _("Nhận lúc (giờ Việt Nam)"), "kind": "datetime-local", "value": asked["received"], "width": "20"},
        {"id": "id_amount", "name": "amount", "label": _("Thời hạn"), "value": asked["amount"], "inputmode": "decimal", "width": "5"},
        {"id": "id_unit", "name": "unit", "label": _("Tính bằng"), "kind": "select", "value": asked["unit"], "options": units, "no_blank": True},
        {"id": "id_cut_off", "name": "cut_off", "label": _("Giờ chốt nhận trong ngày"), "hint": _("Để trống nếu thủ tục không quy định"), "kind": "time", "value": asked["cut_off"], "width": "10", "optional": True},
        {"id": "id_calendar", "name": "calendar", "label": _("Lịch làm việc"), "kind": "select", "value": asked["calendar"], "options": desks, "no_blank": True},
    ]  # fmt: skip


urlpatterns = [path("due/", due, name="due")]
