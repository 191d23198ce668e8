"""What alerts do by themselves: look each minute, hand on what nobody answers."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.modules.insight.alerts import actions


@app.periodic(cron="* * * * *")
@app.task(name="tinhso.modules.insight.alerts.jobs.evaluate", queue="cases", lock="alerts", queueing_lock="alerts")
def evaluate_every_minute(timestamp: int) -> None:
    """Raise, clear and escalate as of the moment the run was due, `timestamp` (seconds)."""
    now = datetime.fromtimestamp(timestamp, UTC)
    actions.evaluate_alerts(now=now)
    actions.escalate_unanswered(now=now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="tinhso.modules.insight.alerts.jobs.send", queue="notices", lock="letters", queueing_lock="letters")
def send_every_five_minutes(timestamp: int) -> None:
    """Write the letters to subscribers that are due."""
    actions.send_due(now=datetime.fromtimestamp(timestamp, UTC))
