"""How an app tells the host what it brings: menu entries, addresses, API, reactions, jobs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.apps import AppConfig

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a face's menu; shown to actors who hold one of `roles` (everyone when empty)."""

    face: str
    title: Any
    url_name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    order: int = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: well, to be watched, or broken; `text` says what, `remedy` what to do."""

    level: Literal["well", "warning", "trouble"]
    text: Any
    remedy: Any = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to sign in to the demonstration: who one is then, and where."""

    title: Any
    url_name: str
    account: str = ""
    secret: str = ""


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

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Bring what this app keeps of the packs up to date; called in the order of the settings, safe to repeat."""

    def load_demonstration(self, now: datetime) -> None:
        """Make this app's invented people and cases, once; called only for a demonstration, safe to repeat."""

    def sign_ins(self) -> Iterable[SignIn]:
        """The ways to sign in that `tinhso run` prints for a demonstration."""
        return ()

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002 - for those who override it
        """What `tinhso doctor` should know about this app: whether something hangs, is missing or disagrees."""
        return ()
