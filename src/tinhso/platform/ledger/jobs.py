"""Delivery of facts to reactions, and the sealing of what is new, every minute."""

from datetime import UTC, datetime

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tinhso.platform.ledger import actions, queries
from tinhso.platform.ledger.facts import reactions_to


@app.task(
    name="tinhso.platform.ledger.jobs.deliver_fact",
    queue="facts",
    retry=RetryStrategy(max_attempts=20, linear_wait=15),
)
def deliver_fact(fact_id: int) -> None:
    """
    Run every reaction to that fact; a failure is tried again, so reactions must be safe to run twice.

    One that fails does not keep the others from theirs: a letter without a template is no reason to tell nobody.
    """
    fact, failed = queries.get_fact(fact_id), list[Exception]()
    for reaction in reactions_to(fact.kind):
        try:
            reaction(fact)
        except (OperationalError, InterfaceError):
            raise  # the database is away: nothing else would work either
        except Exception as trouble:  # noqa: BLE001 - told below, when the others had their turn
            failed.append(trouble)
    if failed:
        raise failed[0]


@app.periodic(cron="* * * * *")
@app.task(name="tinhso.platform.ledger.jobs.seal_facts", queue="seals", queueing_lock="seal", pass_context=False)
def seal_each_minute(timestamp: int) -> None:
    """Seal all facts up to the minute that began at `timestamp` (seconds), and write the seal down outside."""
    now = datetime.fromtimestamp(timestamp, UTC)
    actions.seal_facts(now=now)
    actions.anchor_seals(now=now)
