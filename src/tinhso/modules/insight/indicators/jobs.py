"""Keeping the warehouse a few seconds behind the acts."""

from procrastinate.contrib.django import app

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.actions import WarehouseBusy
from tinhso.platform.clock import now


@app.periodic(cron="* * * * * */5")
@app.task(
    name="tinhso.modules.insight.indicators.jobs.refresh_warehouse",
    queue="warehouse",
    lock="warehouse",
    queueing_lock="warehouse",
)
def refresh_every_five_seconds(timestamp: int) -> None:  # noqa: ARG001 - a late run takes up what is there by then
    """Take up what changed; two short statements when nothing did. After a long refresh it rests twice as long."""
    moment = now()
    if queries.get_manifest().may_rest(moment):
        return
    try:
        actions.refresh_warehouse(now=moment)
    except WarehouseBusy:
        return
