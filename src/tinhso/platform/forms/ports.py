"""What forms need to know of others: who acts."""

from typing import Protocol


class Actor(Protocol):
    """Whoever fills in a form."""

    @property
    def code(self) -> str:
        """The public code, unique and stable."""
        ...
