"""What is done at night: forgetting sessions that are over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.people import actions


@app.periodic(cron="7 3 * * *")
@app.task(name="tinhso.platform.people.jobs.forget_sessions", queue="night", queueing_lock="sessions")
def forget_sessions(timestamp: int) -> None:
    """Forget what was over at `timestamp` (seconds)."""
    actions.forget_sessions(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="29 3 * * *")
@app.task(name="tinhso.platform.people.jobs.forget_old_glimpses", queue="night", queueing_lock="old_glimpses")
def forget_old_glimpses(timestamp: int) -> None:
    """Forget whose names were seen in lists more than a year before `timestamp` (seconds)."""
    actions.forget_old_glimpses(now=datetime.fromtimestamp(timestamp, UTC))
