"""What watching does by itself: warn every five minutes, count the usual pace every hour."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.watch import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="tinhso.platform.watch.jobs.evaluate", queue="cases", lock="watch", queueing_lock="watch")
def evaluate_every_five_minutes(timestamp: int) -> None:
    """Raise and end warnings as of the moment the run was due, `timestamp` (seconds)."""
    actions.evaluate_rules(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="7 * * * *")
@app.task(name="tinhso.platform.watch.jobs.count", queue="cases", queueing_lock="watch-paces")
def count_every_hour(timestamp: int) -> None:
    """Count how long dossiers stood where in the last weeks."""
    actions.count_paces(now=datetime.fromtimestamp(timestamp, UTC))
