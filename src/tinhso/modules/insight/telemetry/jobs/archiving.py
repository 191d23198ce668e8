"""Moving values into files every five minutes, tidying the archive every hour."""

from contextlib import suppress

from procrastinate.contrib.django import app

from tinhso.modules.insight.telemetry import actions
from tinhso.modules.insight.telemetry.adapters.archive import ArchiveBusy
from tinhso.platform.clock import now

MUCH = 400_000


@app.periodic(cron="*/5 * * * *")
@app.task(name="tinhso.modules.insight.telemetry.jobs.write", queue="warehouse", lock="telemetry", queueing_lock="telemetry-write")  # fmt: skip
def write_waiting(timestamp: int) -> None:  # noqa: ARG001 - a late run takes up what is there by then
    """Write what waits; as long as it is much, again at once."""
    with suppress(ArchiveBusy):
        while actions.archive_waiting(now=now()) >= MUCH:
            pass


@app.periodic(cron="41 * * * *")
@app.task(name="tinhso.modules.insight.telemetry.jobs.tidy", queue="warehouse", lock="telemetry", queueing_lock="telemetry-tidy")  # fmt: skip
def tidy(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Make one of many files; drop what is past its time."""
    with suppress(ArchiveBusy):
        actions.tidy_archive(now=now())
        actions.forget_past(now=now())
