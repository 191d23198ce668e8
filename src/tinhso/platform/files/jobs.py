"""What is done at night: forgetting uploads that nobody came back to, removing files that nobody refers to."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.files import actions


@app.periodic(cron="17 3 * * *")
@app.task(name="tinhso.platform.files.jobs.forget_abandoned_uploads", queue="night", queueing_lock="abandoned_uploads")
def forget_abandoned_uploads(timestamp: int) -> None:
    """Forget what was left half sent a week before `timestamp` (seconds)."""
    actions.discard_abandoned_uploads(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="41 3 * * *")
@app.task(name="tinhso.platform.files.jobs.sweep_unused_files", queue="night", queueing_lock="unused_files")
def sweep_unused_files(timestamp: int) -> None:
    """Remove what nobody referred to a month after it was handed in, as of `timestamp` (seconds)."""
    actions.sweep_unused(now=datetime.fromtimestamp(timestamp, UTC))
