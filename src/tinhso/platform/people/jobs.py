"""What is done at night: forgetting sessions that are over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.people import actions


@app.periodic(cron="7 3 * * *")
@app.task(name="tinhso.platform.people.jobs.forget_sessions", queue="night", queueing_lock="sessions")
def forget_sessions(timestamp: int) -> None:
    """Forget what was over at `timestamp` (seconds)."""
    actions.forget_sessions(now=datetime.fromtimestamp(timestamp, UTC))
