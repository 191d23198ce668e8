"""What is done at night: forgetting drafts that were sent or discarded a month ago."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.platform.forms import actions


@app.periodic(cron="27 3 * * *")
@app.task(name="tinhso.platform.forms.jobs.forget_old_drafts", queue="night", queueing_lock="old_drafts")
def forget_old_drafts(timestamp: int) -> None:
    """Forget what was settled thirty days before `timestamp` (seconds)."""
    actions.forget_old_drafts(now=datetime.fromtimestamp(timestamp, UTC))
