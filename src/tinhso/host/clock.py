"""The clock, as the host knows it."""

from tinhso.platform.clock import now

__all__ = ["now"]
