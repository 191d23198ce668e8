"""What the engine does by itself: end the waits whose time is over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.cases import actions


@app.periodic(cron="* * * * *")
@app.task(name="tinhso.platform.cases.jobs.expire_waits", queue="cases", queueing_lock="expire_waits")
def expire_waits_each_minute(timestamp: int) -> None:
    """End all waits that were over at the minute that began at `timestamp` (seconds)."""
    actions.expire_waits(now=datetime.fromtimestamp(timestamp, UTC))
