"""What every template knows: the province, the menu of the face, whether this is a demonstration."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tinhso.platform.capability import Capability


def face(request: HttpRequest) -> dict[str, Any]:
    """Province name and mark, demonstration flag, menu entries of all modules in order."""
    entries = sorted(
        (item for config in apps.get_app_configs() if isinstance(config, Capability) for item in config.menu),
        key=lambda item: item.order,
    )
    actor = getattr(request, "actor", None)
    held = {post.role for post in actor.posts} if actor else set()
    menu = [
        {"face": item.face, "url": reverse(item.url_name), "title": item.title}
        for item in entries
        if not item.roles or item.roles & held
    ]
    for entry in menu:
        entry["current"] = request.path == entry["url"]
    return {
        "province": {"name": "Tỉnh Lạng Sơn", "mark": "LS"},
        "demo": settings.DEMO,
        "menu": menu,
        "actor": actor,
        "sign_in_url": settings.LOGIN_URL,
        "account_url": reverse("people:account") if actor else "",
    }
