"""Where the simulated portal keeps what it knows: in memory for tests, in a table that all processes share for the demonstration."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from threading import RLock
from typing import Any, Protocol

from django.db import connection, transaction

from tinhso.modules.government.portal_link.models import SimulatedRecord

Content = Mapping[str, Any]


class Shelves(Protocol):
    """Named things on named shelves."""

    def find(self, shelf: str, name: str) -> Content | None:
        """That thing, or None."""
        ...

    def put(self, shelf: str, name: str, content: Content) -> None:
        """Keep it, instead of what lay there."""
        ...

    def add(self, shelf: str, name: str, content: Content) -> bool:
        """Keep it unless something lies there; whether it was kept."""
        ...

    def take_first(self, shelf: str) -> Content | None:
        """Take away the thing whose name comes first; None when the shelf is empty."""
        ...

    def list(self, shelf: str) -> list[tuple[str, Content]]:
        """Everything on a shelf, by name."""
        ...

    def remove(self, shelf: str, name: str) -> None:
        """Take a thing away, if it is there."""
        ...

    def alone_with(self, name: str) -> AbstractContextManager[None]:
        """While nobody else is at the things of that name."""
        ...


class MemoryShelves:
    """Shelves of one process; one call at a time."""

    def __init__(self) -> None:
        self._things: dict[str, dict[str, Content]] = {}
        self._lock = RLock()

    def find(self, shelf: str, name: str) -> Content | None:
        """That thing, or None."""
        return self._things.get(shelf, {}).get(name)

    def put(self, shelf: str, name: str, content: Content) -> None:
        """Keep it."""
        with self._lock:
            self._things.setdefault(shelf, {})[name] = dict(content)

    def add(self, shelf: str, name: str, content: Content) -> bool:
        """Keep it unless something lies there."""
        with self._lock:
            if self.find(shelf, name) is not None:
                return False
            self.put(shelf, name, content)
            return True

    def take_first(self, shelf: str) -> Content | None:
        """Take away the first."""
        with self._lock:
            things = self._things.get(shelf)
            return things.pop(min(things)) if things else None

    def list(self, shelf: str) -> list[tuple[str, Content]]:
        """Everything on a shelf."""
        with self._lock:
            return sorted(self._things.get(shelf, {}).items())

    def remove(self, shelf: str, name: str) -> None:
        """Take a thing away."""
        with self._lock:
            self._things.get(shelf, {}).pop(name, None)

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:  # noqa: ARG002 - one lock for all names
        """While no other thread is at the shelves."""
        with self._lock:
            yield


class TableShelves:
    """Shelves in the database."""

    def find(self, shelf: str, name: str) -> Content | None:
        """That thing, or None."""
        return SimulatedRecord.objects.filter(shelf=shelf, name=name).values_list("content", flat=True).first()

    def put(self, shelf: str, name: str, content: Content) -> None:
        """Keep it."""
        SimulatedRecord.objects.update_or_create(shelf=shelf, name=name, defaults={"content": content})

    def add(self, shelf: str, name: str, content: Content) -> bool:
        """Keep it unless something lies there."""
        row = SimulatedRecord.objects.get_or_create(shelf=shelf, name=name, defaults={"content": content})
        return row[1]

    def take_first(self, shelf: str) -> Content | None:
        """Take away the first that nobody else takes."""
        with transaction.atomic():
            rows = SimulatedRecord.objects.select_for_update(skip_locked=True).filter(shelf=shelf)
            row = rows.order_by("name").first()
            if row is None:
                return None
            row.delete()
        found: Content = row.content
        return found

    def list(self, shelf: str) -> list[tuple[str, Content]]:
        """Everything on a shelf."""
        return list(SimulatedRecord.objects.filter(shelf=shelf).order_by("name").values_list("name", "content"))

    def remove(self, shelf: str, name: str) -> None:
        """Take a thing away."""
        SimulatedRecord.objects.filter(shelf=shelf, name=name).delete()

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:
        """While no other process is at the things of that name."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", ["simulated " + name])
            yield
