"""The cache: what all processes must agree on lies in a table, everything else in the memory of each process."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache

TABLE = "people_remembered"
AGREED = ("allauth", "vneid.", "registers.")  # failed sign-ins and used codes of allauth; codes, faults of simulators
MOST_ROWS = 20_000  # past that Django throws out rows that are over, then others


class Memory(BaseCache):
    """
    Django's DatabaseCache for keys that begin with one of AGREED, its LocMemCache for the others.

    Failed sign-ins counted per process would allow as many tries as there are processes, and a code would open once in
    each of them. Signing in asks a handful of times, so the round trips do not matter there; they would for figures
    of a page, about which processes need not agree. A cache server would be one more thing to run.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._own = LocMemCache(name, params)
        self._agreed = DatabaseCache(TABLE, {**params, "OPTIONS": {"MAX_ENTRIES": MOST_ROWS}})

    def _of(self, key: str) -> BaseCache:
        return self._agreed if key.startswith(AGREED) else self._own

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value unless there is one; whether it was kept."""
        return bool(self._of(key).add(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return self._of(key).get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value for so many seconds."""
        self._of(key).set(key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is there for so many seconds from now; whether there is anything."""
        return bool(self._of(key).touch(key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value; whether there was one."""
        return bool(self._of(key).delete(key, version))

    def clear(self) -> None:
        """Forget what this process remembers; what processes agreed on stays until it is over."""
        self._own.clear()
