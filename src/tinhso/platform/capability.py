"""How an app tells the host what it brings: menu entries, addresses, API, reactions, jobs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

from django.apps import AppConfig


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a face's menu; shown to actors who hold one of `roles` (everyone when empty)."""

    face: str
    title: Any
    url_name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    order: int = 100


class Capability(AppConfig):
    """
    An app of tinhso. The host finds `pages.urlpatterns`, `http.router`, `reactions` and `jobs` by themselves.

    `address` is the prefix of the pages; `api_address` that of the API below /api/v1/ (the label when empty).
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"
    menu: ClassVar[Sequence[MenuItem]] = ()
    address: ClassVar[str] = ""
    api_address: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let Django pick the subclass, not this base, where an apps.py imports it."""
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        """Load what registers itself: reactions and jobs."""
        for part in ("reactions", "jobs"):
            if find_spec(f"{self.name}.{part}"):
                import_module(f"{self.name}.{part}")

    def part(self, name: str) -> Any | None:
        """The module's file `name` (say "pages"), or None when it has none."""
        return import_module(f"{self.name}.{name}") if find_spec(f"{self.name}.{name}") else None
