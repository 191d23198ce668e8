"""What files need to know of others: who acts."""

from typing import Protocol


class Actor(Protocol):
    """Whoever hands in or asks for files."""

    @property
    def code(self) -> str:
        """The public code, unique and stable."""
        ...

    @property
    def kind(self) -> str:
        """ "citizen", "officer", "machine" or "system"; a person's quota goes by it."""
        ...


class Readable(Protocol):
    """Something that gives bytes piece by piece: an open file, an upload."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...
