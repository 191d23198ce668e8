"""What reporting does by itself: open what falls due."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from tinhso.modules.government.reporting import actions


@app.periodic(cron="5 0,6,17 * * *")  # five past midnight, seven and one in Vietnam
@app.task(
    name="tinhso.modules.government.reporting.jobs.open_reports", queue="cases", queueing_lock="reporting_open_reports"
)
def open_reports_each_day(timestamp: int) -> None:
    """Open the reports that fall due by the moment `timestamp` (seconds); what is open already stays as it is."""
    actions.open_reports(now=datetime.fromtimestamp(timestamp, UTC))
