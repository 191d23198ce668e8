"""Delivery of facts to reactions, and the sealing of what is new, every minute."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tinhso.platform.ledger import actions, queries
from tinhso.platform.ledger.facts import reactions_to


@app.task(
    name="tinhso.platform.ledger.jobs.deliver_fact",
    queue="facts",
    retry=RetryStrategy(max_attempts=20, exponential_wait=2),
)
def deliver_fact(fact_id: int) -> None:
    """Run every reaction to that fact; a failure is tried again, so reactions must be safe to run twice."""
    fact = queries.get_fact(fact_id)
    for reaction in reactions_to(fact.kind):
        reaction(fact)


@app.periodic(cron="* * * * *")
@app.task(name="tinhso.platform.ledger.jobs.seal_facts", queue="seals", queueing_lock="seal", pass_context=False)
def seal_each_minute(timestamp: int) -> None:
    """Seal all facts up to the minute that began at `timestamp` (seconds)."""
    actions.seal_facts(now=datetime.fromtimestamp(timestamp, UTC))
