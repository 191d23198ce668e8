"""The search of the workspace: from a code to its case, from a personal number to that person's dossiers here."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.queries.casefile import open_case_for
from tinhso.modules.government.onestop.queries.searching import list_of_person, read_number
from tinhso.modules.government.onestop.rules import in_words
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.queries import find_case, get_procedure
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.people.actions import record_sight


@for_officers
def search(request: HttpRequest) -> HttpResponse:
    """From a dossier code, tracking id or personal number, however it was typed, to what it names."""
    typed = request.GET.get("q", "").strip()[:100]
    if number := read_number(typed):
        return _of_person(request, number)
    found = find_case(typed) if typed else None
    if found:
        open_case_for(found.public_id, officer_in(request))
        return HttpResponseRedirect(reverse("onestop:case", args=[found.public_id]))
    return show(request, "onestop/desk_search.html", {"query": typed}, status=404 if typed else 200)


def _of_person(request: HttpRequest, number: str) -> HttpResponse:
    actor, moment = officer_in(request), now()
    person, cases = list_of_person(number, actor)
    if person is None:
        return show(request, "onestop/desk_search.html", {"number": True}, status=404)
    record_sight(actor=actor, subject_code=person.code, purpose="search", unit_key=cases[0].unit_key, now=moment)
    titles = [_("Hồ sơ"), _("Thủ tục"), _("Nộp ngày"), _("Trạng thái")]
    rows = [{"cells": [{**cell, "heads": not at, "label": titles[at]} for at, cell in enumerate(_row(each))]} for each in cases]  # fmt: skip
    table = {"columns": [{"title": title} for title in titles], "rows": rows, "caption": _("Hồ sơ tại đơn vị của bạn")}
    return show(request, "onestop/desk_search.html", {"person": person.name, "table": table})


def _row(case: Case) -> list[dict[str, Any]]:
    procedure = get_procedure(case.procedure_code, case.procedure_version)
    return [
        {
            "text": case.code or case.public_id,
            "url": reverse("onestop:case", args=[case.public_id]),
            "note": case.title,
        },
        {"text": in_words(procedure.name)},
        {"text": f"{case.filed_at.astimezone(VIETNAM):%d/%m/%Y}"},
        {"text": in_words(procedure.state(case.state).name)},
    ]


urlpatterns = [path("work/find/", search, name="search")]
