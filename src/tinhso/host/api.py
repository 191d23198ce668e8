"""The root of the API: every app's router below /api/v1/."""

from django.apps import apps
from ninja import NinjaAPI

from tinhso.platform.capability import Capability

api = NinjaAPI(title="tinhso", version="1", docs_url="docs", openapi_url="openapi.json", urls_namespace="api")


def _mount() -> None:
    for config in apps.get_app_configs():
        if isinstance(config, Capability) and (http := config.part("http")):
            api.add_router(config.api_address or f"/{config.label}/", http.router)


_mount()
