"""What the catalogue's pages share: who may enter, refusals as sentences, tabs between them."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.platform.catalogue.rules.deciding import is_controller
from tinhso.platform.people.pages.work import for_officers, officer_in

View = Callable[..., HttpResponse]
CHANNELS = {"online": lazy("trực tuyến"), "counter": lazy("trực tiếp"), "post": lazy("bưu chính")}
UNITS = {
    "working_day": lazy("ngày làm việc"),
    "calendar_day": lazy("ngày"),
    "hour": lazy("giờ"),
    "month": lazy("tháng"),
}
_CODES = re.compile(rf"\b({'|'.join([*CHANNELS, *UNITS])})\b")


def for_controllers(view: View) -> View:
    """Open the page to controllers of procedures and administrators."""

    @wraps(view)
    @for_officers
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_controller(officer_in(request)):
            raise PermissionDenied(_("Chỉ người kiểm soát thủ tục hành chính hoặc quản trị được mở trang này."))
        return view(request, *args, **kwargs)

    return guarded


def tabs() -> list[dict[str, str]]:
    """The pages of the catalogue, for the line on top of each of them."""
    return [
        {"text": _("Kết quả kiểm tra"), "url": reverse("catalogue:report")},
        {"text": _("So sánh hai bản"), "url": reverse("catalogue:compare_list")},
        {"text": _("Rà soát cắt giảm"), "url": reverse("catalogue:cutting")},
        {"text": _("Từ thường dùng"), "url": reverse("catalogue:words")},
        {"text": _("Tìm không thấy"), "url": reverse("catalogue:misses")},
    ]


def in_words(text: str) -> str:
    """What the portal says of ways and units, in words instead of its codes: "online 5 working_day"."""
    words = {
        **{code: str(name) for code, name in CHANNELS.items()},
        **{code: str(name) for code, name in UNITS.items()},
    }
    return _CODES.sub(lambda found: words[found[0]], text)


def said_in(vi: str, en: str) -> str:
    """The words in the language of whoever reads."""
    return en if (get_language() or "vi").startswith("en") else vi


def said(refusal: Any) -> str:
    """A refusal as a sentence in the language of whoever reads."""
    return said_in(refusal.vi, refusal.en) if hasattr(refusal, "vi") else str(refusal)
