"""The one place that reads the clock, for pages, jobs and the host; everything further in takes `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251
