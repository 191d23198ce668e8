"""The job that hands one letter to its gateway."""

from procrastinate.contrib.django import app

from tinhso.platform.clock import now
from tinhso.platform.notices import actions


@app.task(name=actions.DELIVER, queue="notices")
def deliver(delivery_id: int) -> None:
    """Attempt one delivery; the action itself defers the next attempt where one is due."""
    actions.attempt_delivery(delivery_id=delivery_id, now=now())
