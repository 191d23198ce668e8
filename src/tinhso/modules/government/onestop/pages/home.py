"""The portal's first page: find, life events, how the province serves."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tinhso.platform.capability import Capability
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.catalogue import queries as catalogue
from tinhso.platform.catalogue.rules.entries import Entry
from tinhso.platform.clock import now

LINKS_IN_A_TILE = 4
POPULAR = {"vi": ("khai sinh", "xác nhận độc thân"), "en": ("birth certificate", "single certificate")}


def home(request: HttpRequest) -> HttpResponse:
    """Everything a person may come for, and the province's own figures."""
    figures = chain.from_iterable(config.headline(now()) for config in _capabilities())
    words_in_use = POPULAR["en" if (get_language() or "vi").startswith("en") else "vi"]
    popular = [{"text": words, "url": f"{reverse('onestop:find')}?q={words}"} for words in words_in_use]
    context = {
        "search_url": reverse("onestop:find"),
        "search_name": "q",
        "popular": popular,
        "events": [*_events(), _mine()],
        "figures": list(figures)[:4],
        "help": _help(),
    }
    return render(request, "home.html", context)


def _capabilities() -> Iterator[Capability]:
    return (config for config in apps.get_app_configs() if isinstance(config, Capability))


def _events() -> Iterator[dict[str, Any]]:
    """A tile for each life event with procedures: those that can be filed here first; all of them are one click away."""
    language = get_language() or "vi"
    entries = catalogue.list_entries(now().astimezone(VIETNAM).date())
    placed = catalogue.by_life_event(entries)
    for event in catalogue.list_life_events():
        if found := placed.pop(event.code, []):
            address = f"{reverse('onestop:find')}?event={event.code}"
            yield _tile(event.icon, event.name.in_language(language), _by_words(found, event.words), address)
    unplaced = [entry for entry in entries if entry.fileable and (not entry.life_event or entry.life_event in placed)]
    if unplaced:
        yield _tile("paper", _("Việc khác"), unplaced, "")


def _by_words(entries: list[Entry], words: Sequence[str]) -> list[Entry]:
    """Those named by the event's first words stand first: the pack puts the most usual word at the head."""

    def rank(entry: Entry) -> int:
        name = entry.name.vi.lower()
        return next((place for place, word in enumerate(words) if word.lower() in name), len(words))

    return sorted(entries, key=lambda entry: (not entry.fileable, rank(entry), len(entry.name.vi)))


def _tile(icon: str, title: str, entries: list[Entry], address: str) -> dict[str, Any]:
    links = [_link(entry) for entry in entries[: LINKS_IN_A_TILE if address else None] if entry.fileable]
    if address and len(entries) > len(links):
        count = ngettext("Cả %(count)s việc", "Cả %(count)s việc", len(entries)) % {"count": len(entries)}
        links.append({"text": count, "url": address})
    return {"icon": icon, "title": title, "url": address, "links": links}


def _link(entry: Entry) -> dict[str, str]:
    return {
        "text": entry.name.in_language(get_language() or "vi"),
        "url": reverse("onestop:procedure", args=[entry.code]),
    }


def _mine() -> dict[str, Any]:
    links = [
        {"text": _("Hồ sơ của tôi"), "url": reverse("onestop:mine")},
        {"text": _("Tra cứu một hồ sơ"), "url": reverse("onestop:track")},
        {"text": _("Ai đã xem dữ liệu của tôi"), "url": reverse("people:sights")},
        {"text": _("Kiểm tra chứng thực"), "url": reverse("ledger:check")},
    ]
    return {"icon": "paper", "title": _("Giấy tờ của tôi"), "links": links}


def _help() -> list[dict[str, str]]:
    """Where somebody gets help, the nearest first; who helps never becomes the applicant."""
    return [
        {
            "icon": "people",
            "text": _(
                "Tổ công nghệ số cộng đồng ở thôn, khối phố của bạn có thể làm cùng bạn. Hồ sơ vẫn đứng tên bạn."
            ),
        },
        {
            "icon": "paper",
            "text": _(
                "Trung tâm Phục vụ hành chính công của xã, phường nhận hồ sơ tại quầy. Hãy mang theo căn cước; bạn được trả biên nhận giấy."
            ),
        },
        {
            "icon": "clock",
            "text": _("Đã nộp rồi và muốn biết tới đâu? Người nhà cũng tra được bằng mã trên biên nhận."),
            "url": reverse("onestop:track"),
            "link": _("Tra cứu hồ sơ"),
        },
    ]


urlpatterns = [path("", home, name="home")]
