"""What the link does by itself: send what waits, take in what came, compare once a night."""

from random import SystemRandom
from time import monotonic

from procrastinate.contrib.django import app

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters import find_portal
from tinhso.modules.government.portal_link.ports import Unreachable
from tinhso.modules.government.portal_link.queries.incoming import list_due_submissions
from tinhso.platform.clock import now
from tinhso.platform.people.rules import SYSTEM

RANDOM = SystemRandom()
LONGEST_SECONDS = 20.0
DAYS_COMPARED = 3


@app.periodic(cron="* * * * * */2")
@app.task(
    name="tinhso.modules.government.portal_link.jobs.send_waiting",
    queue="portal",
    lock="portal",
    queueing_lock="portal",
)
def send_every_two_seconds(timestamp: int) -> None:  # noqa: ARG001 - a late run sends what waits by then
    """Send what waits, round after round, until nothing is due or others should have their turn."""
    portal = find_portal()
    if portal is None:
        return
    begun = monotonic()
    while monotonic() - begun < LONGEST_SECONDS:
        done = actions.send_round(portal=portal, random=RANDOM, now=now())
        if not done.delivered:
            return


@app.periodic(cron="* * * * * */5")
@app.task(
    name="tinhso.modules.government.portal_link.jobs.take_in_submissions",
    queue="portal",
    lock="portal-submissions",
    queueing_lock="portal-submissions",
)
def take_in_every_five_seconds(timestamp: int) -> None:  # noqa: ARG001
    """Make cases and acts of what the portal sent."""
    portal = find_portal()
    if portal is None:
        return
    for public_id in list_due_submissions(now()):
        actions.take_in(public_id=public_id, portal=portal, random=RANDOM, now=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="tinhso.modules.government.portal_link.jobs.alert", queue="portal", queueing_lock="portal-alert")
def alert_every_five_minutes(timestamp: int) -> None:  # noqa: ARG001
    """Tell administrators when messages have been waiting for too long."""
    actions.alert_when_old(now=now())


@app.periodic(cron="30 19 * * *")
@app.task(name="tinhso.modules.government.portal_link.jobs.compare", queue="portal", queueing_lock="portal-compare")
def compare_each_night(timestamp: int) -> None:  # noqa: ARG001
    """
    Compare at half past two at night in Vietnam, and forget what was delivered long ago.

    Where the portal is away, the page says when it was last compared.
    """
    actions.forget_settled(now=now())
    portal = find_portal()
    if portal is None:
        return
    try:
        actions.compare_with_portal(portal=portal, days=DAYS_COMPARED, actor=SYSTEM, now=now())
    except Unreachable:
        return
