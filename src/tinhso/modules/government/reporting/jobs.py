"""What reporting does by itself: open what falls due, ask for what has not come, send what goes up."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.actions import chasing, sending
from tinhso.modules.government.reporting.adapters.receiver import find_receiver
from tinhso.platform.clock import now


@app.periodic(cron="5 0,6,17 * * *")  # five past midnight, seven and one in Vietnam
@app.task(
    name="tinhso.modules.government.reporting.jobs.open_reports", queue="cases", queueing_lock="reporting_open_reports"
)
def open_reports_each_day(timestamp: int) -> None:
    """Open the reports that fall due by the moment `timestamp` (seconds); those nobody has begun take what the records say now."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    actions.open_reports(now=moment)
    actions.refresh_untouched(now=moment)


@app.task(name=sending.SEND, queue="exchange")
def send_parcel(key: str) -> None:
    """Hand one version of a report to the level above; where that fails, another try is deferred."""
    sending.attempt_parcel(key=key, receiver=find_receiver(), now=now())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="tinhso.modules.government.reporting.jobs.send_waiting",
    queue="exchange",
    queueing_lock="reporting_send_waiting",
)
def send_waiting_each_ten_minutes(timestamp: int) -> None:  # noqa: ARG001 - a late run sends what waits by then
    """Try what waits and has no job any more, as after a restore, or since an address was set."""
    sending.send_waiting(receiver=find_receiver(), now=now())


@app.periodic(cron="15 1-9 * * *")  # a quarter past each hour from eight to four in Vietnam
@app.task(
    name="tinhso.modules.government.reporting.jobs.chase_reports", queue="notices", queueing_lock="reporting_chase"
)
def chase_reports_each_hour(timestamp: int) -> None:  # noqa: ARG001
    """Ask for the reports that have not come, on the days that their regimes name; told once."""
    chasing.chase_reports(now=now())
