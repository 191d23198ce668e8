"""The portal's first page: find, life events, how the province serves."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.flow import Procedure
from tinhso.modules.government.onestop.queries.finding import by_life_event
from tinhso.platform.capability import Capability
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now

EVENTS = {
    "child": ("child", lazy("Có con nhỏ")),
    "marriage": ("people", lazy("Kết hôn, gia đình")),
    "land": ("land", lazy("Nhà và đất")),
    "business": ("shop", lazy("Làm ăn, buôn bán")),
    "vehicle": ("vehicle", lazy("Xe cộ, đi lại")),
    "other": ("paper", lazy("Việc khác")),
}
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
        "help": {
            "text": _(
                "Tổ công nghệ số cộng đồng ở thôn, khối phố của bạn có thể làm cùng bạn. Hồ sơ vẫn đứng tên bạn."
            ),
            "note": _("Hoặc đến Trung tâm Phục vụ hành chính công của xã, phường."),
        },
    }
    return render(request, "home.html", context)


def _capabilities() -> Iterator[Capability]:
    return (config for config in apps.get_app_configs() if isinstance(config, Capability))


def _events() -> Iterator[dict[str, Any]]:
    today = now().astimezone(VIETNAM).date()
    for event, procedures in by_life_event(list_procedures(today)).items():
        icon, title = EVENTS.get(event, EVENTS["other"])
        yield {"icon": icon, "title": title, "links": [_link(procedure) for procedure in procedures]}


def _link(procedure: Procedure) -> dict[str, str]:
    name = procedure.name.in_language(get_language() or "vi")
    return {"text": name, "url": reverse("onestop:procedure", args=[procedure.code])}


def _mine() -> dict[str, Any]:
    links = [
        {"text": _("Hồ sơ của tôi"), "url": reverse("onestop:mine")},
        {"text": _("Tra cứu một hồ sơ"), "url": reverse("onestop:track")},
        {"text": _("Ai đã xem dữ liệu của tôi"), "url": reverse("people:sights")},
        {"text": _("Kiểm tra chứng thực"), "url": reverse("ledger:check")},
    ]
    return {"icon": "paper", "title": _("Giấy tờ của tôi"), "links": links}


urlpatterns = [path("", home, name="home")]
