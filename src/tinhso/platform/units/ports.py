"""What the units module asks of others."""

from typing import Protocol


class HasCode(Protocol):
    """Whoever acts: an officer, a machine, the system."""

    @property
    def code(self) -> str:
        """The public code."""
        ...
