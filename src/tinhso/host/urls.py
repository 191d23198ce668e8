"""All addresses: each app brings its own pages and API; the host adds health, languages, sign-in."""

from typing import Any

from django.conf import settings
from django.urls import include, path

from tinhso.host import gallery, health
from tinhso.host.api import api
from tinhso.platform.capability import capabilities


def _pages() -> list[Any]:
    return [
        path(config.address, include((pages.urlpatterns, config.label)))
        for config in capabilities()
        if (pages := config.part("pages"))
    ]


handler500 = "tinhso.host.trouble.answer"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("tinhso.platform.people.pages.addresses")),
    *_pages(),
]

if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("design/", gallery.gallery, name="gallery"))
