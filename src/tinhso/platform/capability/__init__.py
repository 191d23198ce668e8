"""How an app tells the host what it brings: menu entries, addresses, API, reactions, jobs, panels."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig, apps
from django.urls import reverse

from tinhso.platform.capability.ports import (
    CasePage,
    Companion,
    Event,
    Exchange,
    FigureRead,
    Finding,
    MenuItem,
    Panel,
    PanelAsked,
    Progress,
    Reading,
    Scored,
    Scoring,
    SignIn,
    Simulation,
    Topic,
    Warehouse,
)

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs

__all__ = [
    "Capability",
    "CasePage",
    "Companion",
    "Event",
    "Exchange",
    "FigureRead",
    "Finding",
    "MenuItem",
    "Panel",
    "PanelAsked",
    "Progress",
    "Reading",
    "Scored",
    "Scoring",
    "SignIn",
    "Simulation",
    "Topic",
    "Warehouse",
    "capabilities",
    "case_address",
    "case_kinds",
    "list_events",
    "list_files_in_use",
    "list_headlines",
    "list_readings",
    "list_topics",
    "read_figure",
]


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
    case_pages: ClassVar[
        Mapping[str, CasePage]
    ] = {}  # by kind of case; without one the workspace shows the case itself

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

    def simulations(self) -> Iterable[Simulation]:
        """What `tinhso simulate` can live through with this app."""
        return ()

    def sign_ins(self) -> Iterable[SignIn]:
        """The ways to sign in that `tinhso run` prints for a demonstration."""
        return ()

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002 - for those who override it
        """What `tinhso doctor` should know about this app: whether something hangs, is missing or disagrees."""
        return ()

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":  # noqa: ARG002 - for those who override it
        """What only this app can tell is wrong with the packs, each with file and line; asked by `tinhso packs check`."""
        return ()

    def files_in_use(self, hashes: Collection[str]) -> set[str]:
        """
        Those of these files (SHA-256) that this app refers to; the others may be removed when nobody else does.

        By default what stands in its tables in columns whose names hold `sha256`. Where hashes lie elsewhere, say in
        JSON, the app says so itself.
        """
        found = set[str]()
        for model in self.get_models():
            names = [field.name for field in model._meta.concrete_fields if "sha256" in field.name]  # noqa: SLF001
            for name in names:
                rows = model._default_manager.filter(**{f"{name}__in": list(hashes)})  # noqa: SLF001
                found.update(rows.values_list(name, flat=True).distinct())
        return found

    def headline(self, now: datetime) -> Sequence[Mapping[str, Any]]:  # noqa: ARG002 - for those who override it
        """The few figures that everybody may see on the first page, as the component `figure` takes them."""
        return ()

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """What this app can draw on boards, by name ("indicators.figures"); None where it has nothing to draw."""
        return {}

    def warehouse(self) -> Warehouse | None:
        """The warehouse this app keeps, if it keeps one."""
        return None

    def read_figure(self, code: str, unit_key: str, period: str, *, public: bool) -> FigureRead | None:  # noqa: ARG002
        """
        The figure of that indicator, unit (with all below it) and period (2026, 2026-Q4, 2026-11), if this app derives it.

        With `public` only what everybody may see.
        """
        return None

    def topics(self) -> Mapping[str, Topic]:
        """What one can subscribe to, by code ("indicators.on_time_rate", "boards.province")."""
        return {}

    def readings(self, source: str, now: datetime) -> Iterable[Reading]:  # noqa: ARG002 - for those who override it
        """
        What is measured under that name at this moment, one for each unit or device; empty when not this app's source.

        Raise what went wrong where the source is this app's and cannot be read: those who watch it are told.
        """
        return ()

    def events(self, unit_key: str, first: date, last: date) -> Iterable[Event]:  # noqa: ARG002
        """What happened between these days that explains figures of that unit (empty: of everything); for everybody."""
        return ()

    def companions(self) -> Iterable[Companion]:
        """What listens or speaks outside for as long as the worker lives, beside its jobs."""
        return ()

    def exchange(self) -> Exchange | None:
        """The link with an outside system this app keeps, if it keeps one."""
        return None

    def scoring(self) -> Scoring | None:
        """The indices this app scores files by, if it keeps any."""
        return None


def capabilities() -> list[Capability]:
    """Every app of tinhso, in the order of the settings."""
    return [app for app in apps.get_app_configs() if isinstance(app, Capability)]


def case_kinds() -> dict[str, CasePage]:
    """The kinds of case that have a page of their own, with what people call them."""
    return {kind: page for app in capabilities() for kind, page in app.case_pages.items()}


def case_address(kind: str, public_id: str) -> str:
    """The address of the page that shows and acts on a case of that kind; empty where it has none of its own."""
    page = case_kinds().get(kind)
    return reverse(page.url_name, args=[public_id]) if page else ""


def list_files_in_use(hashes: Collection[str]) -> set[str]:
    """Those of these files (SHA-256) that any app refers to."""
    return set[str]().union(*(app.files_in_use(hashes) for app in capabilities()))


def read_figure(code: str, unit_key: str, period: str, *, public: bool) -> FigureRead | None:
    """The figure as the first app that derives it tells it; None where none does."""
    found = (app.read_figure(code, unit_key, period, public=public) for app in capabilities())
    return next((each for each in found if each is not None), None)


def list_headlines(now: datetime) -> list[Mapping[str, Any]]:
    """The headline figures of all apps, in the order of the settings."""
    return [each for app in capabilities() for each in app.headline(now)]


def list_readings(source: str, now: datetime) -> list[Reading]:
    """What all apps measure under that name; empty where none knows it. What goes wrong in one is raised as it is."""
    return [each for app in capabilities() for each in app.readings(source, now)]


def list_events(unit_key: str, first: date, last: date) -> list[Event]:
    """What happened between these days (the last included) that explains figures of that unit, the earliest first."""
    found = [each for app in capabilities() for each in app.events(unit_key, first, last)]
    return sorted(found, key=lambda each: (each.first_on, str(each.title)))


def list_topics() -> dict[str, Topic]:
    """Everything one can subscribe to, by code."""
    return {code: topic for app in capabilities() for code, topic in app.topics().items()}
