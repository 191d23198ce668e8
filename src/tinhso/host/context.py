"""What every template knows: the province, the menu of the face, whether this is a demonstration."""

import tomllib
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tinhso.platform.capability import Capability, MenuItem
from tinhso.platform.clock import now
from tinhso.platform.people.rules import Actor, roles_of


@cache
def _province(pack: str, language: str) -> dict[str, str]:
    """Name and mark of the province whose pack this installation runs on; the mark is the name's own initials."""
    names = tomllib.loads((settings.PACKS_ROOT / pack / "pack.toml").read_text(encoding="utf-8"))["name"]
    own = names["vi"].removeprefix("Tỉnh ").removeprefix("Thành phố ")
    return {"name": names.get(language, names["vi"]), "mark": "".join(word[0] for word in own.split()[:2]).upper()}


def _count(item: MenuItem, actor: Actor | None) -> Any:
    """How much waits behind the entry, counted when a page shows it; None where nothing is counted."""
    count = item.count
    return SimpleLazyObject(lambda: count(actor, now())) if count and actor else None


def face(request: HttpRequest) -> dict[str, Any]:
    """Province name and mark, demonstration flag, menu entries of all modules in order."""
    entries = sorted(
        (item for config in apps.get_app_configs() if isinstance(config, Capability) for item in config.menu),
        key=lambda item: item.order,
    )
    actor = getattr(request, "actor", None)
    held = roles_of(actor) if actor else frozenset()
    menu = [
        {"face": item.face, "url": reverse(item.url_name), "title": item.title, "count": _count(item, actor)}
        for item in entries
        if not item.roles or item.roles & held
    ]
    for entry in menu:
        entry["current"] = request.path == entry["url"]
    return {
        "province": _province(settings.PACKS[-1].strip(), get_language() or "vi"),
        "demo": settings.DEMO,
        "menu": menu,
        "actor": actor,
        "sign_in_url": settings.LOGIN_URL,
        "account_url": reverse("people:account") if actor else "",
    }
