"""Finding a procedure over the whole catalogue, and the page that says all about one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.fees import fee_notes, say_cost
from tinhso.kernel.flow import Procedure, Text, draw_svg
from tinhso.modules.government.onestop.pages.described import described
from tinhso.modules.government.onestop.queries.filing import NoSuchProcedure, get_shown
from tinhso.modules.government.onestop.rules.saying import say_deadline
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.catalogue import queries as catalogue
from tinhso.platform.catalogue.actions import note_miss
from tinhso.platform.catalogue.rules.entries import Entry, LifeEvent, Narrowing
from tinhso.platform.clock import now
from tinhso.platform.payments.queries import fees_of
from tinhso.platform.people.queries import get_role_names

ON_A_PAGE, MOST_PAGES = 20, 200
AUDIENCES = (("citizen", lazy("Người dân")), ("business", lazy("Doanh nghiệp, tổ chức")))
LEVELS = (("commune", lazy("Xã, phường")), ("province", lazy("Tỉnh")), ("ministry", lazy("Bộ, ngành")))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: the words, what narrows them, and which page of the list."""

    words: str
    narrowing: Narrowing
    page: int

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """What the address asks for; what it does not offer counts as nothing."""
        said = {name: request.GET.get(name, "") for name in ("q", "audience", "level", "event", "page")}
        audience = said["audience"] if said["audience"] in dict(AUDIENCES) else ""
        level = said["level"] if said["level"] in dict(LEVELS) else ""
        page = int(said["page"]) if said["page"].isascii() and said["page"].isdigit() and len(said["page"]) < 4 else 1
        narrowing = Narrowing(audience, level, said["event"][:40])  # type: ignore[arg-type]
        return cls(" ".join(said["q"].split())[:200], narrowing, min(max(page, 1), MOST_PAGES))

    def url(self, **other: str) -> str:
        """The address of the same search with something changed."""
        own = {"q": self.words, "audience": self.narrowing.audience, "level": self.narrowing.level, "event": self.narrowing.life_event}  # fmt: skip
        told = {name: value for name, value in {**own, **other}.items() if value}
        return f"{reverse('onestop:find')}?{urlencode(told)}" if told else reverse("onestop:find")


def find(request: HttpRequest) -> HttpResponse:
    """What answers the words typed, page by page; without words everything there is."""
    asked, moment = Asked.of(request), now()
    today, language = moment.astimezone(VIETNAM).date(), get_language() or "vi"
    events = catalogue.list_life_events()
    found = _entries(asked, today)
    if asked.words and not found and asked.narrowing.is_open:
        note_miss(typed=asked.words, now=moment)
    first = (asked.page - 1) * ON_A_PAGE
    more = len(found) > first + ON_A_PAGE
    context = {
        "asked": asked,
        "words": asked.words,
        "title": _title(asked, found, events, language),
        "rows": [_row(entry, language) for entry in found[first : first + ON_A_PAGE]],
        "filters": list(_filters(asked, events, language)),
        "event": asked.narrowing.life_event,
        "count": ngettext("%(count)s thủ tục", "%(count)s thủ tục", len(found)) % {"count": len(found)},
        "next_url": asked.url(page=str(asked.page + 1)) if more and asked.page < MOST_PAGES else "",
        "first_url": asked.url() if asked.page > 1 else "",
        "open_url": "" if asked.narrowing.is_open else asked.url(audience="", level="", event=""),
        "events": [{"text": event.name.in_language(language), "url": f"{reverse('onestop:find')}?event={event.code}"} for event in events],
    }  # fmt: skip
    return render(request, "onestop/find.html", context)


def _entries(asked: Asked, today: date) -> list[Entry]:
    if asked.words:
        return [each.entry for each in catalogue.find_procedures(asked.words, today, asked.narrowing)]
    return catalogue.list_entries(today, asked.narrowing)


def _title(asked: Asked, found: Sequence[Entry], events: Sequence[LifeEvent], language: str) -> str:
    if asked.words:
        said = _("Kết quả cho “%(words)s”") if found else _("Chưa tìm thấy “%(words)s”")
        return said % {"words": asked.words}
    event = next((event for event in events if event.code == asked.narrowing.life_event), None)
    return event.name.in_language(language) if event else _("Mọi thủ tục")


def _filters(asked: Asked, events: Sequence[LifeEvent], language: str) -> Iterator[dict[str, Any]]:
    named = [(event.code, event.name.in_language(language)) for event in events]
    for name, label, options, chosen in (
        ("audience", _("Dành cho"), AUDIENCES, asked.narrowing.audience),
        ("level", _("Nơi giải quyết"), LEVELS, asked.narrowing.level),
        ("event", _("Về việc"), named, asked.narrowing.life_event),
    ):
        shown = [{"value": "", "text": _("Tất cả")}, *({"value": code, "text": text} for code, text in options)]
        yield {"kind": "select", "name": name, "id": f"id_{name}", "label": label, "value": chosen, "options": shown, "no_blank": True}  # fmt: skip


def _row(entry: Entry, language: str) -> dict[str, Any]:
    return {
        "name": entry.name.in_language(language),
        "summary": entry.summary.in_language(language),
        "sector": entry.sector,
        "levels": ", ".join(str(text) for code, text in LEVELS if code in entry.levels),
        "fileable": entry.fileable,
        "url": reverse("onestop:procedure", args=[entry.code]),
    }


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Who may, what it takes, how long, what it costs, and the way a dossier goes; one only described says where to go."""
    today, language = now().astimezone(VIETNAM).date(), get_language() or "vi"
    try:
        text = get_shown(code, today)
    except NoSuchProcedure as missing:
        if page := described(request, code, today, language):
            return page
        raise Http404(_("Không có thủ tục này. Hãy tìm lại theo tên.")) from missing
    context = {
        "code": code,
        "name": text.name.in_language(language),
        "summary": text.summary.in_language(language),
        "facts": _facts(text, today, language),
        "papers": _papers(text, language),
        "fee_note": "; ".join(fee_notes(fees_of(text), today, language)),
        # Drawn by our own kernel from the pack's table; every word in it is escaped there.
        "picture": mark_safe(draw_svg(text, language, _roles())),  # noqa: S308
        "sources": text.sources,
        "start_url": reverse("onestop:start", args=[code]),
    }
    return render(request, "onestop/procedure.html", context)


def _roles() -> dict[str, Text]:
    return {code: Text(name, name) for code, name in get_role_names().items()}


def _facts(text: Procedure, on: date, language: str) -> list[dict[str, Any]]:
    rows = [
        {"key": _("Thời hạn"), "value": say_deadline(text.deadline, language)},
        {"key": _("Lệ phí"), "value": say_cost(fees_of(text), on, language), "note": "; ".join(fee_notes(fees_of(text), on, language))},
        {"key": _("Kết quả"), "value": text.result.name.in_language(language) if text.result else ""},
        {"key": _("Lĩnh vực"), "value": text.sector.in_language(language)},
        {"key": _("Mã thủ tục"), "value": text.code},
    ]  # fmt: skip
    return [row for row in rows if row["value"]]


def _papers(text: Procedure, language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": paper.name.in_language(language),
            "note": paper.note.in_language(language),
            "always": paper.required and paper.when is None,
        }
        for paper in text.papers
    ]


urlpatterns = [path("find/", find, name="find"), path("procedures/<str:code>/", procedure, name="procedure")]
