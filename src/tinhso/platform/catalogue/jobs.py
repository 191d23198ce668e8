"""What is done at night: forgetting words that were asked once and found nothing."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.catalogue import actions


@app.periodic(cron="41 3 * * *")
@app.task(name="tinhso.platform.catalogue.jobs.forget_misses", queue="night", queueing_lock="search_misses")
def forget_misses(timestamp: int) -> None:
    """Forget what was asked once, a month before `timestamp` (seconds)."""
    actions.forget_misses(now=datetime.fromtimestamp(timestamp, UTC))
