"""Jobs: payments no message told of, refunds, and the statement of yesterday."""

from datetime import UTC, datetime, timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.payments import actions


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="tinhso.platform.payments.jobs.poll", queue="payments", queueing_lock="payments-poll", pass_context=False
)
def poll_each_five_minutes(timestamp: int) -> None:
    """Ask the gateway for payments it did not tell of, and go on with refunds under way."""
    actions.poll_payments(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="30 18 * * *")  # 01:30 in Vietnam
@app.task(
    name="tinhso.platform.payments.jobs.reconcile", queue="payments", queueing_lock="payments-reconcile",
    pass_context=False, retry=RetryStrategy(max_attempts=8, exponential_wait=5),
)  # fmt: skip
def reconcile_yesterday(timestamp: int) -> None:
    """Compare the statement of the day that is over in Vietnam with what was recorded."""
    now = datetime.fromtimestamp(timestamp, UTC)
    actions.reconcile_day(on=now.astimezone(VIETNAM).date() - timedelta(days=1), now=now)
