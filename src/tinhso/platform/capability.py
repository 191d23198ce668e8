"""How an app tells the host what it brings: menu entries, addresses, API, reactions, jobs."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from django.apps import AppConfig, apps

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs

Progress = Callable[[str, int, int], None]  # what is being done, how many steps are done, of how many


@dataclass(frozen=True, slots=True)
class MenuItem:
    """
    One entry of a face's menu; shown to actors who hold one of `roles` (everyone when empty).

    `count` says how much waits there for the actor; it is asked only where the entry is drawn, so it must be quick.
    """

    face: str
    title: Any
    url_name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    order: int = 100
    count: Callable[[Any, datetime], int] | None = None


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


@dataclass(frozen=True, slots=True)
class Simulation:
    """A stretch of life that can be lived through: `pack` has to be loaded before, `run` tells in lines what came of it."""

    code: str
    title: str
    pack: str
    run: Callable[[Progress], Sequence[str]]


class Warehouse(Protocol):
    """
    Where figures over time come from; the host's command line works on it without knowing who keeps it.

    Each call raises RuntimeError, in words, when another process is at it.
    """

    def refresh(self, now: datetime, progress: Progress) -> str:
        """Take up what changed; one line about what was done."""
        ...

    def rebuild(self, now: datetime, progress: Progress) -> str:
        """Make everything anew from the database; one line about what was done."""
        ...

    def statements(self, dialect: str) -> Mapping[str, str]:
        """What computes each indicator's sums, by code, in the SQL of "duckdb" or "spark"."""
        ...

    def verify(self) -> Sequence[str]:
        """Every place where files or figures are not what the database says; empty when all is well."""
        ...


class Exchange(Protocol):
    """A link with an outside system; the host's command line works on it without knowing who keeps it."""

    def status(self, now: datetime) -> Sequence[str]:
        """How it fares, in lines."""
        ...

    def resend(self, now: datetime) -> int:
        """Let everything that is stuck be tried again; how many."""
        ...

    def reconcile(self, days: int, now: datetime) -> Sequence[str]:
        """Compare both sides for the last days, in lines. :raises RuntimeError: it cannot be done now, in words"""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """What scoring gave: for machines, as a table (its head first) for people, and remarks, one a line."""

    answer: Mapping[str, Any]
    table: list[list[str]]
    remarks: Sequence[str] = ()


class Scoring(Protocol):
    """Indices that files are scored by; the host's command line works on it without knowing who keeps it."""

    def editions(self) -> Sequence[tuple[str, str]]:
        """Code and name of each edition."""
        ...

    def score(self, content: bytes, edition: str, merge: str) -> Scored:
        """
        Score a sheet. `merge` is empty, or how former provinces become those of today.

        :raises ValueError: it cannot be done; says why in `vi` and `en`, with row, column and remedy
        """
        ...


@dataclass(frozen=True, slots=True)
class FigureRead:
    """
    A figure that an app derives from records: what it rests on, up to when, where its page is.

    `value` is in the unit of its card (percent for shares), None where nothing was counted or it may not be shown.
    """

    numerator: int
    denominator: int
    value: Decimal | None
    as_of: datetime | None
    address: str


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

    def warehouse(self) -> Warehouse | None:
        """The warehouse this app keeps, if it keeps one."""
        return None

    def read_figure(self, code: str, unit_key: str, period: str, *, public: bool) -> FigureRead | None:  # noqa: ARG002
        """
        The figure of that indicator, unit (with all below it) and period (2026, 2026-Q4, 2026-11), if this app derives it.

        With `public` only what everybody may see.
        """
        return None

    def exchange(self) -> Exchange | None:
        """The link with an outside system this app keeps, if it keeps one."""
        return None

    def scoring(self) -> Scoring | None:
        """The indices this app scores files by, if it keeps any."""
        return None


def capabilities() -> list[Capability]:
    """Every app of tinhso, in the order of the settings."""
    return [app for app in apps.get_app_configs() if isinstance(app, Capability)]


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
